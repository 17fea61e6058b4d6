using Diaspora.Domain.Reports;
using Diaspora.Web.Shared;

namespace Diaspora.Web.Reports.Admin;

/// <summary>A figure of a month, as tables name, write and open it.</summary>
/// <param name="Key">Of its name in <see cref="ReportsTexts"/>.</param>
/// <param name="List">Whom it counts; missing where it counts nobody in particular.</param>
public sealed record ReportFigure(string Key, Func<MonthSummary, long> Of, Func<long, string> Write, ReportListKind? List = null)
{
    private const string Nothing = "—";

    public static readonly IReadOnlyList<ReportFigure> All =
    [
        new("RowExpected", month => month.Figures.Expected.Tenge, Wording.Money),
        new("RowCollected", month => month.Figures.Collected.Tenge, Wording.Money, ReportListKind.Paid),
        new("RowShare", month => month.Figures.Percent, percent => $"{percent}\u00A0%"),
        new("RowCame", month => month.Came.Sum.Tenge, Wording.Money, ReportListKind.Came),
        new("RowReturned", month => month.Came.Returned.Tenge, Wording.Money, ReportListKind.Returned),
        new("Paid", month => month.Figures.Payers, Wording.Number, ReportListKind.Paid),
        new("OnReview", month => month.Figures.OnReview, Wording.Number, ReportListKind.Pending),
        new("RowWaiting", month => month.Figures.Waiting.Tenge, Wording.Money, ReportListKind.Pending),
        new("Unpaid", month => month.Figures.Unpaid, Wording.Number, ReportListKind.Unpaid),
        new("RowOwed", month => month.Figures.Owed.Tenge, Wording.Money, ReportListKind.Unpaid),
        new("Exempt", month => month.Exempt, Wording.Number, ReportListKind.Exempt),
        new("Suspended", month => month.Suspended, Wording.Number, ReportListKind.Suspended),
    ];

    /// <summary>A month in which nobody was there yet has no figure, which is not the same as nought.</summary>
    public string Words(MonthSummary month) => month.IsEmpty ? Nothing : Write(Of(month));

    /// <summary>The difference with its sign.</summary>
    public string Correction(MonthSummary kept, MonthSummary now) => Of(now) - Of(kept) is var more && more > 0 ? $"+{Write(more)}" : Write(more);
}
