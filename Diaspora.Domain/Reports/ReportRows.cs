using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Reports;

/// <summary>A month as the page shows it.</summary>
/// <param name="Now">As it is at this moment.</param>
/// <param name="Kept">As it was when it closed; missing while it is open.</param>
/// <param name="Before">The month before, as it was kept or as it is.</param>
/// <param name="YearBefore">The same month a year earlier.</param>
public sealed record MonthDetails(MonthSummary Now, MonthSummary? Kept, DateTime? ClosedAt, MonthSummary Before, MonthSummary YearBefore, Period Current)
{
    /// <summary>What the month is told by: a closed one keeps its figures.</summary>
    public MonthSummary Shown => Kept ?? Now;

    /// <summary>The day on which an open month closes.</summary>
    public DateOnly ClosesOn => Now.Month.Next.FirstDay.AddDays(ClosedMonth.AfterDays);
}

/// <summary>Which members a matrix shows.</summary>
public sealed record MatrixFilter(int Year, int Number = 1)
{
    public const int Usual = 50;

    /// <summary>What a browser draws and a printer takes at once.</summary>
    public const int Most = 1000;

    /// <summary>As many on a page as there may be: for paper.</summary>
    public bool IsWhole { get; init; }

    public int Size => IsWhole ? Most : Usual;

    public string? Search { get; init => field = VisibleText.Search(value); }

    /// <summary>The greatest debt first; else by name.</summary>
    public bool IsByDebt { get; init; }

    /// <summary>Only who owes past months today.</summary>
    public bool IsOwing { get; init; }
}

/// <summary>One member's twelve months of a year.</summary>
/// <param name="Paid">What is confirmed for these months.</param>
/// <param name="Debt">What is owed today, whatever the year.</param>
public sealed record MatrixRow(string Number, string FullName, string Phone, string? City, IReadOnlyList<MonthTile> Tiles, Money Paid, Money Debt, int DebtMonths)
{
    public static MatrixRow Of(MemberFacts facts, int year, DuesRules rules, DateTime nowUtc)
    {
        var ledger = new Ledger(facts.Ledger, rules, nowUtc);
        var tiles = ledger.TilesOf(year);
        return new MatrixRow(
            facts.Person.Number, facts.Person.FullName, facts.Person.Phone, facts.Person.City, tiles,
            Money.Sum(tiles.Where(tile => tile.State is MonthState.Paid or MonthState.Prepaid).Select(tile => tile.Amount)), ledger.Debt, ledger.DebtMonths.Count);
    }
}

/// <summary>A file of members on its way: read a part at a time while it is written.</summary>
public sealed record MatrixParts(int Year, int Members, IAsyncEnumerable<IReadOnlyList<MatrixRow>> Parts);

/// <summary>What a figure of the report counts.</summary>
public enum ReportListKind
{
    Paid,
    Pending,
    Unpaid,
    Exempt,
    Suspended,

    /// <summary>Money by the day it came.</summary>
    Came,
    Returned,
    Debtors,
}

/// <summary>The list behind a figure; the page's address says the same.</summary>
public sealed record ReportListFilter(ReportListKind Of, Period Month, int Number = 1)
{
    public const int Size = 50;

    public string? City { get; init => field = VisibleText.Search(value); }

    /// <summary>Those who wrote no city.</summary>
    public bool IsWithoutCity { get; init; }

    public PaymentMethod? Method { get; init; }

    public DebtSpan? Debt { get; init; }
}

/// <summary>One line of such a list.</summary>
/// <param name="On">The local day of the payment, of the money or of the refund; missing where nothing was paid.</param>
/// <param name="IntentId">The payment itself, where the line is one.</param>
public sealed record ReportLine(string Number, string FullName, string Phone, string? City, Money Sum, DateOnly? On, PaymentMethod? Method, int DebtMonths, Guid? IntentId);
