using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Kaspi;

/// <summary>
/// One piece of evidence beside the book: who has such a name, what the message says. Likelihoods are counted in decibels: what would happen a thousand times as often
/// has thirty more, and independent signs add up.
/// </summary>
internal sealed class Likeness
{
    /// <summary>So often somebody else pays for a member.</summary>
    private const double Relatives = 0.2;

    private const double RelativesWhoSay = 0.4;

    /// <summary>So many letters surnames begin with, more or less.</summary>
    private static readonly double OfInitial = Decibels(12);

    private const double Rarest = 0.25;

    private readonly MatchIndex _index;
    private readonly Dictionary<Guid, NameFit> _fits = [];
    private readonly Dictionary<Guid, NameFit> _initials = [];
    private readonly Dictionary<Guid, int> _history;
    private readonly Dictionary<Guid, string> _named = [];
    private readonly NameWords _payer;
    private readonly double _stranger;
    private readonly double _relative;

    public Likeness(EvidenceFacts facts, MatchIndex index)
    {
        _index = index;
        Facts = facts;
        Message = new ReadMessage(facts.Message);
        _payer = new NameWords(facts.Payer);
        foreach (var member in index.WithWordOf(_payer))
        {
            if (_payer.Fits(index.NameOf(member.Id)!) is var fit and > NameFit.Initial)
            {
                _fits[member.Id] = fit;
            }
        }

        _history = index.Paid(NameSkeleton.Of(facts.Payer)).GroupBy(payer => payer.MemberId).ToDictionary(payers => payers.Key, payers => payers.Sum(payer => payer.Times));
        HasName = !_payer.IsEmpty;

        // A name that many have is one that a stranger has too.
        _stranger = HasName ? Decibels(_payer.Keys.Take(2).Min(key => (index.CountWithWord(key) + 1d) / (index.Members + 20))) : 0;
        _relative = Decibels(Message.NamesKin ? RelativesWhoSay : Relatives / 2) + _stranger;
        SumShare = Decibels(Math.Max(Rarest, (index.Of(facts.Tiyn % 100 == 0 ? new Money(facts.Tiyn / 100) : Money.Zero).Count() + 1d) / (index.Claims + 2)));
        foreach (var word in Message.Others)
        {
            foreach (var member in index.Named(word))
            {
                _named.TryAdd(member.Id, word);
            }
        }
    }

    public EvidenceFacts Facts { get; }

    /// <summary>How many of the claims are of this sum, in decibels: hardly anybody sends 24 000 tenge by chance.</summary>
    public double SumShare { get; }

    public ReadMessage Message { get; }

    public bool HasName { get; }

    public bool NamesSomebody => _named.Count > 0;

    /// <summary>Whether each word of the message is known: one that is not may say whose money it is.</summary>
    public bool IsPlain => Message.NotDues is null && Message.Others.All(word => _index.Named(word).Count > 0);

    /// <summary>Those with such a name, and those whom the payer paid for before.</summary>
    public IEnumerable<Guid> Likely => _fits.Keys.Concat(_history.Keys).Concat(_named.Keys).Distinct();

    public int Namesakes => _fits.Count;

    /// <summary>Those beside these members whose name it may be, or whom the payer paid for.</summary>
    public IEnumerable<Guid> LikelyBeside(Guid[] members) => _fits.Keys.Concat(_history.Keys).Where(id => !members.Contains(id));

    /// <summary>Whether the payer's name is one of theirs, or known as one who pays for them.</summary>
    public bool Knows(Guid[] members) => Array.Exists(members, id => _fits.ContainsKey(id) || _history.ContainsKey(id));

    /// <summary>That the money is no member's, or a stranger's who pays for a member without a claim. Of these there are so many for each that fits a claim.</summary>
    public double Nobody => Decibels(Math.Max(2, _index.Claims * 0.03)) + (HasName ? _stranger - OfInitial : Unnamed) + SumShare + (Message.NotDues is null ? 0 : 15);

    private const double Unnamed = -15;

    public NameFit FitOf(Guid member)
    {
        if (!_fits.TryGetValue(member, out var fit) && !_initials.TryGetValue(member, out fit))
        {
            fit = HasName && _index.NameOf(member) is { } name && _payer.SharesInitial(name) ? NameFit.Initial : NameFit.None;
            _initials.Add(member, fit);
        }

        return fit;
    }

    public bool HasHistory => _history.Count > 0;

    public int TimesFor(Guid member) => _history.GetValueOrDefault(member);

    public string? NamedAs(Guid member) => _named.GetValueOrDefault(member);

    /// <summary>How likely a payer of this name is, where the money is for this member.</summary>
    public double NamePoints(Guid member)
    {
        if (!HasName)
        {
            return Unnamed;
        }

        var byName = FitOf(member) switch
        {
            NameFit.Exact => Message.NamesKin ? -7 : -1.2,
            NameFit.Loose => Message.NamesKin ? -12 : -7,
            NameFit.Initial => _relative,
            _ => _relative - OfInitial,
        };
        return TimesFor(member) switch { 0 => byName, 1 => Math.Max(byName, -3), 2 => Math.Max(byName, -1.5), _ => Math.Max(byName, -1) };
    }

    /// <summary>What the message adds, where the money is for these members and months.</summary>
    public double MessagePoints(Guid[] members, IReadOnlyList<IntentLine> months) =>
        (NamesSomebody ? Array.Exists(members, _named.ContainsKey) ? 12 : -25 : 0)
        + (Message.Months.Count > 0 ? months.Any(line => Message.Months.Contains(line.Period.Month)) ? 4 : -10 : 0);

    public static double Decibels(double ratio) => 10 * Math.Log10(ratio);
}
