using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;

namespace Diaspora.Bench.Matching;

/// <summary>
/// A month in time order, through the real matcher. On each morning at ten a cashier uploads the statement up to the evening before. Everything that still waits is looked
/// at with the claims there are by then; what is sure is booked. Whatever the matcher left for two days the cashier decides by the truth, and the payer's name is
/// remembered as the portal remembers it.
/// </summary>
internal sealed class MonthReplay
{
    private const int HourOfUpload = 10;
    private const int DaysOfWaiting = 2;
    private const int LapseAfterDays = 14;
    private const int MonthsAhead = 12;

    private readonly BenchMonth _month;
    private readonly BenchFees _fees;
    private readonly Dictionary<string, Guid> _ids;
    private readonly Dictionary<Guid, BenchClaim> _free = [];
    private readonly Dictionary<string, HashSet<Period>> _paid;
    private readonly Dictionary<(string Payer, Guid Member), int> _history = [];
    private MatchingScore _score = MatchingScore.Nothing;

    /// <param name="report">Hears of each line that was booked wrongly or left.</param>
    public MonthReplay(BenchMonth month, Action<BenchLine, MatchVerdict, BenchTruth, bool>? report = null)
    {
        (_month, _report) = (month, report);
        _fees = new BenchFees(month);
        _ids = month.Members.Select((member, index) => (member.Phone, Id(1, index))).ToDictionary();
        _paid = month.Members.ToDictionary(member => member.Phone, member => member.Paid.Keys.ToHashSet());
        foreach (var (claim, index) in month.Claims.Select((claim, index) => (claim, index)).Where(each => _ids.ContainsKey(each.claim.Phone)))
        {
            _free.Add(Id(2, index), claim);
        }
    }

    private readonly Action<BenchLine, MatchVerdict, BenchTruth, bool>? _report;

    public MatchingScore Run()
    {
        var waiting = new List<BenchLine>();
        var coming = new Queue<BenchLine>(_month.Lines.OrderBy(line => line.On).ThenBy(line => line.At).ThenBy(line => line.Number));
        _score = _score with { Lines = _month.Lines.Count, NotOurs = _month.Lines.Count(line => TruthOf(line).Phone is null) };
        for (var day = coming.Count > 0 ? coming.Peek().On : default; coming.Count + waiting.Count > 0; day = day.AddDays(1))
        {
            while (coming.TryPeek(out var line) && line.On <= day)
            {
                waiting.Add(coming.Dequeue());
            }

            if (waiting.Count > 0)
            {
                waiting = Upload(day.AddDays(1).ToDateTime(new TimeOnly(HourOfUpload, 0)), waiting);
            }
        }

        return _score;
    }

    /// <returns>What waits for more.</returns>
    private List<BenchLine> Upload(DateTime now, List<BenchLine> lines)
    {
        var verdicts = MatchRound.Look(Book(now), [.. lines.Select(Facts)]);
        var left = new List<BenchLine>();
        foreach (var (line, verdict) in lines.Zip(verdicts))
        {
            if (verdict.IsSure)
            {
                Confirm(line, verdict);
            }
            else if (DateOnly.FromDateTime(now).DayNumber - line.On.DayNumber > DaysOfWaiting)
            {
                Decide(line, verdict);
            }
            else
            {
                left.Add(line);
            }
        }

        return left;
    }

    private void Confirm(BenchLine line, MatchVerdict verdict)
    {
        var (guess, truth) = (verdict.First!, TruthOf(line));
        var isRight = IsRight(guess, truth);
        _score = _score with { Automatic = _score.Automatic + 1, Wrong = _score.Wrong + (isRight ? 0 : 1) };
        if (!isRight)
        {
            _report?.Invoke(line, verdict, truth, true);
        }

        Book(guess.IntentId, guess.Months.Select(month => (_month.Members[IndexOf(month.MemberId)].Phone, month.Period)));
    }

    private void Decide(BenchLine line, MatchVerdict verdict)
    {
        var truth = TruthOf(line);
        _report?.Invoke(line, verdict, truth, false);
        if (truth.Phone is not { } phone)
        {
            _score = _score with { KeptOut = _score.KeptOut + 1 };
            return;
        }

        var isRight = verdict.First is { } first && IsRight(first, truth);
        _score = _score with { Left = _score.Left + 1, FirstRight = _score.FirstRight + (isRight ? 1 : 0) };
        var claim = _free.Where(free => free.Value.Phone == phone && free.Value.Periods.Intersect(truth.Periods).Any())
            .OrderByDescending(free => free.Value.Periods.SequenceEqual(truth.Periods)).ThenBy(free => free.Value.Created).Select(free => (Guid?)free.Key).FirstOrDefault();
        Book(claim, truth.Periods.Select(period => (phone, period)));
        if (_ids.TryGetValue(phone, out var member) && NameSkeleton.Of(line.Payer) is { Length: > 0 } payer)
        {
            _history[(payer, member)] = _history.GetValueOrDefault((payer, member)) + 1;
        }
    }

    /// <summary>
    /// The right member, and no month of a claim that is not paid by this line. A line without a claim pays the oldest open months, which is a rule and nothing that a
    /// line could show; money beyond the months is the member's credit.
    /// </summary>
    private bool IsRight(MatchGuess guess, BenchTruth truth) =>
        truth.Phone is { } phone && _ids.TryGetValue(phone, out var id) && guess.MemberId == id
        && (guess.IntentId is null || guess.Months.All(month => truth.Periods.Contains(month.Period)));

    private void Book(Guid? claim, IEnumerable<(string Phone, Period Period)> months)
    {
        if (claim is { } id)
        {
            _came += _free.Remove(id) ? 1 : 0;
        }

        foreach (var (phone, period) in months)
        {
            if (_paid.TryGetValue(phone, out var paid))
            {
                paid.Add(period);
            }
        }
    }

    private MatchBook Book(DateTime now)
    {
        var known = _free.Where(free => free.Value.Created <= now && (free.Value.Claimed <= now || free.Value.Created > now.AddDays(-LapseAfterDays))).ToList();
        var pending = known.SelectMany(free => free.Value.Periods.Select(period => (free.Value.Phone, period))).ToHashSet();
        var current = Period.Of(DateOnly.FromDateTime(now).AddDays(-1));
        return new MatchBook(
            [.. _month.Members.Select(member => Member(member, pending, current))],
            [.. known.Select(free => new MatchClaim(
                free.Key, _ids[free.Value.Phone], free.Value.Code, Lines(free.Value.Phone, free.Value.Periods), false, free.Value.Created, free.Value.Claimed <= now ? free.Value.Claimed : null, []))],
            [.. _history.Select(known => new PayerHistory(known.Key.Payer, known.Key.Member, known.Value))])
        {
            Came = _came,
        };
    }

    private int _came;

    private MatchMember Member(BenchMember member, HashSet<(string Phone, Period Period)> pending, Period current)
    {
        var months = member.Joined is { } joined ? Period.Range(joined, current.AddMonths(MonthsAhead)) : [];
        var open = Lines(member.Phone, [.. months.Where(month => !_paid[member.Phone].Contains(month) && !pending.Contains((member.Phone, month)))]);
        return new MatchMember(_ids[member.Phone], member.Number, member.Name, member.Phone, member.IsBlocked, open, open.Count(line => line.Period <= current));
    }

    private List<IntentLine> Lines(string phone, IReadOnlyList<Period> periods) => [.. periods.Select(period => new IntentLine(_ids[phone], period, _fees.Of(period)))];

    private static EvidenceFacts Facts(BenchLine line) => new(EvidenceSource.Statement, line.On, line.At, line.Tiyn, line.Payer, line.Message, null);

    private BenchTruth TruthOf(BenchLine line) => _month.Truth.GetValueOrDefault(line.Number, BenchTruth.Nobody);

    /// <summary>Random to look at, so that nothing can come from the order of ids, and the same each time.</summary>
    private static Guid Id(int kind, int index) => new(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(((long)kind << 32) + index)).AsSpan(0, 16));

    private int IndexOf(Guid member) => _indexes.TryGetValue(member, out var index) ? index : _indexes[member] = _month.Members.ToList().FindIndex(each => _ids[each.Phone] == member);

    private readonly Dictionary<Guid, int> _indexes = [];
}
