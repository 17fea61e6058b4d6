using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;

namespace Diaspora.Domain.Members;

public enum MemberSegment
{
    All,

    /// <summary>The month is due or overdue: nothing came for it, not even a claim.</summary>
    Unpaid,

    /// <summary>The month waits for the cashier.</summary>
    Waiting,

    /// <summary>At least one month is in debt.</summary>
    Debtors,

    /// <summary>No confirmed payment yet: nobody has proved that the phone is theirs.</summary>
    New,

    Blocked,
}

public enum MemberSort
{
    Name,
    City,
    Standing,
    Debt,

    /// <summary>How many of the last twelve months are paid.</summary>
    Months,
    LastPaid,
}

/// <summary>What the list of members is asked for; the page's address and the export say the same.</summary>
/// <param name="Search">A part of the name in any spelling, of the phone, or of the member number.</param>
/// <param name="Number">The page, from 1.</param>
public sealed record MemberFilter(string? Search = null, MemberSegment Segment = MemberSegment.All, int Number = 1)
{
    public const int Size = 50;

    public string? Search { get; init => field = VisibleText.Search(value); } = VisibleText.Search(Search);

    /// <summary>The month of <see cref="MemberSegment.Unpaid"/> and <see cref="MemberSegment.Waiting"/>: the current one where it is missing, or is none of the last twelve.</summary>
    public Period? Month { get; init; }

    /// <summary>Debt of so many months or more.</summary>
    public int? DebtFrom { get; init; }

    public Standing? Standing { get; init; }

    /// <summary>Exactly as members wrote it.</summary>
    public string? City { get; init => field = VisibleText.Search(value); }

    public MemberSort Sort { get; init; }

    public bool IsDescending { get; init; }

    /// <summary>Whether anything is left out.</summary>
    public bool IsNarrow => this with { Number = 1, Sort = default, IsDescending = false, Month = null } != new MemberFilter();

    /// <summary>Whether a segment has fewer members here than in the whole association: something else narrows the list too.</summary>
    public bool NarrowsSegments => this with { Segment = MemberSegment.All } is { IsNarrow: true };
}

/// <summary>A page of the list.</summary>
/// <param name="Counts">How many each segment has of what is searched and chosen; missing where nothing is, and all members are counted once for everybody.</param>
public sealed record MemberPage(Page<MemberRow> Rows, SegmentCounts? Counts);

/// <summary>How many members each segment has.</summary>
public sealed record SegmentCounts(int All, int Unpaid, int Waiting, int Debtors, int New, int Blocked)
{
    public int Of(MemberSegment segment) => segment switch
    {
        MemberSegment.Unpaid => Unpaid,
        MemberSegment.Waiting => Waiting,
        MemberSegment.Debtors => Debtors,
        MemberSegment.New => New,
        MemberSegment.Blocked => Blocked,
        _ => All,
    };
}

/// <summary>What the filters of the list offer.</summary>
/// <param name="Cities">By name; the most frequent ones where there are very many.</param>
/// <param name="Registrations">How many wait to be let in; for admins.</param>
public sealed record MemberListFacts(Period Month, SegmentCounts Counts, IReadOnlyList<string> Cities, int Registrations);

/// <summary>One member and all that the ledger is computed from.</summary>
public sealed record MemberFacts(MemberPerson Person, LedgerFacts Ledger, DateTime? LastPaidAt);

public sealed record MemberPerson(
    Guid Id,
    string Number,
    string FullName,
    string Phone,
    string? City,
    Role Role,
    DateOnly? JoinedOn,
    string? BlockReason,
    DateTime CreatedAt)
{
    /// <summary>The language the member last chose.</summary>
    public string Language { get; init; } = "ru";
}

/// <summary>A line of the members' list.</summary>
/// <param name="Strip">The last twelve months, the current one last; empty without a ledger.</param>
/// <param name="Owed">The months that are due or overdue and that nobody has claimed, oldest first.</param>
public sealed record MemberRow(MemberPerson Person, Standing Standing, Money Debt, IReadOnlyList<MonthTile> Strip, IReadOnlyList<MonthTile> Owed, DateTime? LastPaidAt)
{
    public static MemberRow Of(MemberFacts facts, DuesRules rules, DateTime nowUtc)
    {
        var ledger = new Ledger(facts.Ledger, rules, nowUtc);
        return ledger.Joined is null
            ? new MemberRow(facts.Person, ledger.Standing, ledger.Debt, [], [], facts.LastPaidAt)
            : new MemberRow(facts.Person, ledger.Standing, ledger.Debt, StripOf(ledger), [.. ledger.PayableMonths.Where(tile => tile.State is MonthState.Due or MonthState.Overdue)], facts.LastPaidAt);
    }

    /// <summary>Compares months by their values. A list that is read again then redraws only the lines that changed.</summary>
    public bool Equals(MemberRow? other) =>
        other is not null && Person == other.Person && Standing == other.Standing && Debt == other.Debt && LastPaidAt == other.LastPaidAt
        && Strip.SequenceEqual(other.Strip) && Owed.SequenceEqual(other.Owed);

    public override int GetHashCode() => HashCode.Combine(Person, Standing, Debt, LastPaidAt);

    internal static IReadOnlyList<MonthTile> StripOf(Ledger ledger) =>
        [.. Period.Range(ledger.Current.AddMonths(1 - MemberListing.StripMonths), ledger.Current).Select(ledger.TileOf)];
}

/// <summary>What a member sees and may edit of themselves.</summary>
public sealed record ProfileDetails(string Number, string FullName, string Phone, string? Email, string? City, DateOnly? JoinedOn, string Language, DateTime? ConsentAt);
