using Diaspora.Domain.Dues;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Reports;
using Diaspora.Web.Shared;

namespace Diaspora.Web.Reports;

/// <summary>A month's report as a file for spreadsheets.</summary>
public sealed class ReportCsv(TimeZoneInfo zone)
{
    private static readonly string[] Header = ["ФИО", "телефон", "период", "статус", "дата подтверждения"];

    public static string FileName(Period month) => $"vznosy-{month}.csv";

    public byte[] Write(MonthReport report) => Spreadsheet.Csv(
        Header,
        report.Rows.Select(row => (string[])[Spreadsheet.Plain(row.FullName), Spreadsheet.Phone(row.Phone), report.Month.ToString(), StatusOf(row), Spreadsheet.Day(row.ConfirmedAt, zone)]));

    /// <summary>The payment's word where there is a live payment, else the month's.</summary>
    private static string StatusOf(ReportRow row) => Spreadsheet.Word((row.Payment is { } payment ? new PaymentOutcome(payment).Look() : row.State.Look()).Key);
}
