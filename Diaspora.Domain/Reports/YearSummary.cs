using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Reports;

/// <summary>One month of a year.</summary>
/// <param name="Free">How many need not pay it.</param>
/// <param name="Came">What came in its days, whatever it pays.</param>
/// <param name="ClosedAt">When its figures were kept; missing while they still move.</param>
/// <param name="PaidNow">What is paid for it by now. Of a closed month this may differ from what was kept.</param>
public sealed record YearMonth(MonthFigures Figures, int Free, Money Came, DateTime? ClosedAt, Money PaidNow)
{
    public Period Month => Figures.Month;

    /// <summary>What came for the month or went back after its figures were kept.</summary>
    public Money Correction => PaidNow - Figures.Collected;

    /// <summary>What all of them would bring; nothing as long as nothing is expected.</summary>
    public Money Expected => IsTold ? Figures.Expected : Money.Zero;

    /// <summary>Whether anything is expected of it: not of a month ahead, and not of one that was before the association.</summary>
    public bool IsTold { get; init; }

    public static YearMonth Of(MonthSummary summary, DateTime? closedAt = null, Money? paidNow = null) =>
        new(summary.Figures, summary.Exempt + summary.Suspended, summary.Came.Sum, closedAt, paidNow ?? summary.Figures.Collected) { IsTold = true };

    /// <summary>A month that has not begun, or was before there was anybody: nobody is expected to have paid it.</summary>
    public static YearMonth Ahead(Period month, int payers, Money paid) => new(new MonthFigures(month, payers, paid, 0, Money.Zero, 0, Money.Zero), 0, Money.Zero, null, paid);
}

/// <summary>The twelve months of a year, each as it was kept or as it is.</summary>
public sealed record YearSummary(int Year, IReadOnlyList<YearMonth> Months)
{
    public Money Expected => Money.Sum(Months.Select(month => month.Expected));

    public Money Collected => Money.Sum(Months.Select(month => month.Figures.Collected));

    public Money Came => Money.Sum(Months.Select(month => month.Came));

    public Money Correction => Money.Sum(Months.Select(month => month.Correction));

    /// <summary>What is collected for months of which nothing is expected yet: it is no part of the share.</summary>
    public Money Prepaid => Money.Sum(Months.Where(month => !month.IsTold).Select(month => month.Figures.Collected));

    public long Percent => Expected.IsZero ? 0 : (Collected - Prepaid).Tenge * 100 / Expected.Tenge;
}
