using Diaspora.Domain.Dues;

namespace Diaspora.Domain.Members;

public enum MemberSegment
{
    All,

    /// <summary>No confirmed payment yet: nobody has proved that the phone is theirs.</summary>
    New,

    Blocked,
}

/// <summary>What the list of members is asked for; the page's address says the same.</summary>
/// <param name="Search">A part of the name in any spelling, of the phone, or of the member number.</param>
/// <param name="Number">The page, from 1.</param>
public sealed record MemberFilter(string? Search = null, MemberSegment Segment = MemberSegment.All, int Number = 1)
{
    public const int Size = 25;
}

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
    DateTime CreatedAt);

/// <summary>A line of the members' list.</summary>
/// <param name="Strip">The twelve months of this year; empty without a ledger.</param>
public sealed record MemberRow(MemberPerson Person, Standing Standing, Money Debt, IReadOnlyList<MonthTile> Strip, DateTime? LastPaidAt)
{
    public static MemberRow Of(MemberFacts facts, DuesRules rules, DateTime nowUtc)
    {
        var ledger = new Ledger(facts.Ledger, rules, nowUtc);
        return new MemberRow(facts.Person, ledger.Standing, ledger.Debt, ledger.Joined is null ? [] : ledger.TilesOf(ledger.Current.Year), facts.LastPaidAt);
    }
}

/// <summary>What a member sees and may edit of themselves.</summary>
public sealed record ProfileDetails(string Number, string FullName, string Phone, string? Email, string? City, DateOnly? JoinedOn, string Language, DateTime? ConsentAt);
