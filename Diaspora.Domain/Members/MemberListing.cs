using Diaspora.Domain.Dues;

namespace Diaspora.Domain.Members;

/// <summary>
/// What the list of members is searched, filtered and sorted by, for one member as of one day. A copy, because a hundred thousand
/// ledgers cannot be computed for one page: written in the commit that changes the member or a payment, made anew when the day or
/// the settings change. No page shows it: what a page shows is computed by <see cref="Ledger"/>. A file of many members does, where it is of the day.
/// </summary>
public sealed class MemberListing
{
    /// <summary>How many months the strip of the list has; the last is the current one.</summary>
    public const int StripMonths = 12;

    private MemberListing()
    {
    }

    public MemberListing(Guid memberId) => MemberId = memberId;

    public Guid MemberId { get; private set; }

    public string SortKey { get; private set; } = "";

    public string NameKey { get; private set; } = "";

    public PhoneNumber Phone { get; private set; } = null!;

    public MemberNumber Number { get; private set; }

    public string? City { get; private set; }

    public Standing Standing { get; private set; }

    /// <summary>In tenge.</summary>
    public Money Debt { get; private set; }

    public int DebtMonths { get; private set; }

    /// <summary>A letter for each month of the strip, the oldest first; see <see cref="LetterOf"/>. Empty without a ledger.</summary>
    public string Strip { get; private set; } = "";

    /// <summary>How many months of the strip are paid.</summary>
    public int PaidMonths { get; private set; }

    /// <summary>No payment of theirs was ever confirmed: nobody has proved that the phone is theirs.</summary>
    public bool IsNew { get; private set; }

    public DateTime? LastPaidAt { get; private set; }

    /// <summary>The local day this is true of.</summary>
    public DateOnly AsOf { get; private set; }

    /// <summary>When the settings it was computed with were stored; missing for those of the configuration.</summary>
    public DateTime? RulesAt { get; private set; }

    public static string LetterOf(MonthState state) => ((char)('a' + (int)state)).ToString();

    /// <param name="rulesAt">When <paramref name="rules"/> were stored.</param>
    public void Fill(Member member, MemberFacts facts, DuesRules rules, DateTime? rulesAt, DateTime nowUtc)
    {
        var ledger = new Ledger(facts.Ledger, rules, nowUtc);
        IReadOnlyList<MonthTile> strip = ledger.Joined is null ? [] : MemberRow.StripOf(ledger);
        (SortKey, NameKey, Phone, Number, City) = (member.SortKey, member.NameKey, member.Phone, member.Number, member.City);
        (Standing, Debt, DebtMonths) = (ledger.Standing, ledger.Debt, ledger.DebtMonths.Count);
        Strip = string.Concat(strip.Select(tile => LetterOf(tile.State)));
        PaidMonths = strip.Count(tile => tile.State == MonthState.Paid);
        IsNew = ledger.Joined is not null && !member.IsBlocked && facts.Ledger.Payments.All(payment => payment.State != PaidMonthState.Confirmed);
        LastPaidAt = facts.LastPaidAt;
        AsOf = rules.DayOf(nowUtc);
        RulesAt = rulesAt;
    }
}
