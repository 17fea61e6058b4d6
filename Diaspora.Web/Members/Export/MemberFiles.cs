using System.Globalization;
using Diaspora.Domain.Export;
using Diaspora.Domain.Import;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Web.Shared;

namespace Diaspora.Web.Members.Export;

/// <summary>The columns of the files of members and of payments. The import knows the members' columns by the same words.</summary>
public static class MemberFiles
{
    /// <summary>The columns of section 10 of the specification, the same as in the report of a month.</summary>
    private static readonly string[] PaymentColumns = ["ФИО", "телефон", "период", "статус", "дата подтверждения"];

    private const string IinColumn = "ИИН";
    private static readonly string[] MemberColumns = ["ФИО", "Телефон", "E-mail", "Город", IinColumn, "Месяц вступления", "Номер участника", "Статус", "Долг"];

    /// <summary>How many columns stand before those of the months; all of these are text but for the last, the debt.</summary>
    public static int FixedColumnsOf(ExportParts<MemberExportRow> export) => export.WithIin ? MemberColumns.Length : MemberColumns.Length - 1;

    public static IReadOnlyList<string> HeaderOf(ExportParts<MemberExportRow> export) =>
        [.. MemberColumns.Where(column => export.WithIin || column != IinColumn), .. export.Months.Select(month => month.ToString())];

    public static Task WriteMembersAsync(Stream target, ExportParts<MemberExportRow> export, CancellationToken cancel) =>
        Spreadsheet.WriteCsvAsync(target, HeaderOf(export), export.Parts, row => FieldsOf(row, export, Spreadsheet.Plain), cancel);

    public static Task WritePaymentsAsync(Stream target, ExportParts<PaymentExportRow> export, TimeZoneInfo zone, CancellationToken cancel) =>
        Spreadsheet.WriteCsvAsync(target, PaymentColumns, export.Parts, row => (string[])
        [
            Spreadsheet.Plain(row.FullName), Spreadsheet.Phone(row.Phone), row.Period.ToString(), Spreadsheet.Word(new PaymentOutcome(row.Status).Look().Key), Spreadsheet.Day(row.ConfirmedAt, zone),
        ], cancel);

    /// <param name="plain">How this kind of file keeps what a person typed from being a formula.</param>
    public static IReadOnlyList<string> FieldsOf(MemberExportRow row, ExportParts<MemberExportRow> export, Func<string?, string> plain)
    {
        var member = row.Member;
        return
        [
            plain(member.FullName),
            Spreadsheet.Phone(member.Phone),
            plain(member.Email),
            plain(member.City),
            .. export.WithIin ? [IinOf(member.Iin)] : Array.Empty<string>(),
            member.JoinedOn is { } day ? Period.Of(day).ToString() : "",
            MemberNumber.FromStored(member.Number).ToDisplay(),
            row.Standing is { } standing ? Spreadsheet.Word(standing.Look().Key) : "",
            member.JoinedOn is null ? "" : Tenge(row.Debt),
            .. export.Months.Select(month => row.Paid.TryGetValue(month, out var sum) ? Tenge(sum) : ""),
        ];
    }

    /// <summary>Written with a space. Otherwise a spreadsheet takes it for a number and drops leading zeros.</summary>
    private static string IinOf(string? iin) => iin is { Length: Iin.Length } ? $"{iin[..6]} {iin[6..]}" : iin ?? "";

    private static string Tenge(Money money) => money.Tenge.ToString(CultureInfo.InvariantCulture);
}
