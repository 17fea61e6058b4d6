using Diaspora.Domain.Dues;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Reports;

namespace Diaspora.Web.Reports.Admin;

/// <summary>The beginning of a list of the report; the file has the whole.</summary>
public sealed record ReportList(int Total, IReadOnlyList<ReportRow> First)
{
    public const int Shown = 100;

    public static ReportList Of(IEnumerable<ReportRow> rows)
    {
        List<ReportRow> all = [.. rows];
        return new ReportList(all.Count, all.Count > Shown ? all[..Shown] : all);
    }
}

/// <summary>What the page shows of a month: the figures, and of each list as much as a person reads on a screen.</summary>
/// <param name="OnReview">Members whose payment waits for the cashier.</param>
/// <param name="Free">Members who need not pay this month.</param>
public sealed record ReportView(MonthFigures Figures, int Total, ReportList OnReview, ReportList Unpaid, ReportList Paid, ReportList Free)
{
    public static ReportView Of(MonthReport report) => new(
        report.Figures,
        report.Rows.Count,
        ReportList.Of(report.Rows.Where(row => row.State == MonthState.Pending)),
        ReportList.Of(report.Rows.Where(row => row.State is MonthState.Overdue or MonthState.Due or MonthState.Ahead)),
        ReportList.Of(report.Rows.Where(row => row.State is MonthState.Paid or MonthState.Prepaid)),
        ReportList.Of(report.Rows.Where(row => row.State is MonthState.Exempt or MonthState.Suspended or MonthState.Before)));
}
