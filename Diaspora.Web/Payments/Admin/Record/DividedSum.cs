using Diaspora.Domain.Dues;
using Diaspora.Domain.Payments;

namespace Diaspora.Web.Payments.Admin.Record;

/// <summary>How one sum stands against the months chosen for it.</summary>
public enum Balance
{
    /// <summary>No sum yet, or no month.</summary>
    Open,

    Even,

    /// <summary>The months cost more than there is.</summary>
    Missing,

    /// <summary>Something is left over, and nobody has said that it stays.</summary>
    Left,

    /// <summary>Something is left over and stays with the payer.</summary>
    Kept,
}

/// <summary>
/// One sum, divided over months of one member or of several. It does not know the pages.
/// It fills the form that is sent, and can be restored from a form.
/// </summary>
/// <param name="suggestsSum">The chosen months say what the sum is, until the cashier types another.</param>
public sealed class DividedSum(bool suggestsSum = false)
{
    private readonly List<DividedSumPart> _parts = [];
    private Guid? _payerId;
    private Money? _kept;
    private long? _typed;
    private bool _suggests = suggestsSum;

    /// <summary>What the cashier typed. Once something was typed the months suggest no sum any more, even if it is deleted again.</summary>
    public long? Typed
    {
        get => _typed;
        set => (_typed, _suggests) = (value, false);
    }

    public IReadOnlyList<DividedSumPart> Parts => _parts;

    /// <summary>Whose transfer it is, and who keeps what is left over: the first member, unless another is chosen.</summary>
    public DividedSumPart? Payer => _parts.Find(part => part.Member.Id == _payerId) ?? _parts.FirstOrDefault();

    /// <summary>What came, as typed or as the months suggest.</summary>
    public long? Received => Typed ?? (_suggests && Chosen.Count > 0 ? Math.Max(0, (Total - FromCredits).Tenge) : null);

    public Money Total => Money.Sum(_parts.Select(part => part.Total));

    public Money FromCredits => Money.Sum(Credits.Select(credit => credit.Amount));

    /// <summary>Left over, or missing where it is negative.</summary>
    public Money Remainder => There - Total;

    public Balance Balance =>
        Received is null or < 0 || (Chosen.Count == 0 && There.IsZero) ? Balance.Open
        : Remainder < Money.Zero ? Balance.Missing
        : Remainder.IsZero ? Balance.Even
        : KeepsRemainder ? Balance.Kept
        : Balance.Left;

    /// <summary>Said of one remainder; another one is to be said again.</summary>
    public bool KeepsRemainder
    {
        get => _kept is { } kept && kept == Remainder && Money.Zero < kept;
        set => _kept = value ? Remainder : null;
    }

    /// <summary>Every tenge has its place.</summary>
    public bool CanSave => Balance is Balance.Even or Balance.Kept;

    /// <summary>There is money that a month could still be paid with.</summary>
    public bool CanFill => Typed > 0 && _parts.Exists(part => part.Months.Count > 0);

    public IReadOnlyList<ChosenMonth> Chosen => [.. _parts.SelectMany(part => part.Chosen.Select(tile => new ChosenMonth(part.Member.Id, tile.Period)))];

    public void Add(PayableMember member, IEnumerable<MonthTile>? claimed = null)
    {
        if (Find(member.Id) is null)
        {
            _parts.Add(new DividedSumPart(member, claimed));
        }
    }

    public void Remove(Guid memberId) => _parts.RemoveAll(part => part.Member.Id == memberId);

    public void PaidBy(Guid memberId) => _payerId = memberId;

    public void Toggle(Guid memberId, Period period) => Find(memberId)?.Toggle(period);

    public void ToggleCredit(Guid memberId, Guid creditId) => Find(memberId)?.Toggle(creditId);

    /// <summary>Chooses anew: what was claimed first, then the oldest months, from one member to the next, as far as the money reaches.</summary>
    public void FillOldest()
    {
        var left = There;
        var all = _parts.SelectMany(part => part.Months.Select(tile => (part, tile)))
            .OrderBy(month => month.tile.State != MonthState.Pending)
            .ThenBy(month => month.tile.Period)
            .ThenBy(month => _parts.IndexOf(month.part));
        var chosen = all.TakeWhile(month => (left -= month.tile.Amount) >= Money.Zero).ToLookup(month => month.part, month => month.tile.Period);
        _parts.ForEach(part => part.ChooseOnly(chosen[part]));
    }

    /// <summary>The same member as read now; what was chosen and can still be paid stays chosen.</summary>
    public void Refresh(PayableMember member)
    {
        if (_parts.FindIndex(part => part.Member.Id == member.Id) is >= 0 and var index)
        {
            var (old, fresh) = (_parts[index], new DividedSumPart(member));
            fresh.Choose(old.Chosen.Select(tile => tile.Period), old.UsedCredits.Select(credit => credit.Id));
            _parts[index] = fresh;
        }
    }

    /// <summary>Chooses what the form says; its members and the sum are to be there already.</summary>
    public void Restore(DivideSumForm form)
    {
        foreach (var part in _parts)
        {
            part.Choose(form.Months.Where(month => month.MemberId == part.Member.Id).Select(month => month.Period), form.Credits);
        }

        KeepsRemainder = form.KeepsRemainder;
    }

    /// <summary>Writes all of it into the form.</summary>
    public void Fill(DivideSumForm form) =>
        (form.Received, form.Months, form.Credits, form.KeepsRemainder) = (Received, [.. Chosen], [.. Credits.Select(credit => credit.Id)], KeepsRemainder);

    private Money There => new Money(Math.Max(0, Received ?? 0)) + FromCredits;

    private IEnumerable<CreditRow> Credits => _parts.SelectMany(part => part.UsedCredits);

    private DividedSumPart? Find(Guid memberId) => _parts.Find(part => part.Member.Id == memberId);
}
