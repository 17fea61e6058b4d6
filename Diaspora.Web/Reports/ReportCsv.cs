using System.Globalization;
using System.Resources;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Reports;
using Diaspora.Web.Shared;

namespace Diaspora.Web.Reports;

/// <summary>
/// A month's report as a file for spreadsheets: always in Russian, because the file is passed on and does not know who reads it.
/// </summary>
public sealed class ReportCsv(TimeZoneInfo zone)
{
    private static readonly string[] Header = ["ФИО", "телефон", "период", "статус", "дата подтверждения"];

    /// <summary>The signs a formula can begin with, but for the plus: every phone begins with it, and a number with spaces is none.</summary>
    private static readonly char[] FormulaSigns = ['=', '@', '-', '\t', '\r', '\n'];

    private static readonly CultureInfo Russian = CultureInfo.GetCultureInfo("ru");

    private static readonly ResourceManager Statuses = new(typeof(StatusTexts));

    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture)
    {
        Delimiter = ";",
        NewLine = "\r\n",
        InjectionOptions = InjectionOptions.Escape,
        InjectionCharacters = FormulaSigns,
    };

    public static string FileName(object monthOrYear) => $"vznosy-{monthOrYear}.csv";

    public byte[] Write(MonthReport report) =>
        Write(Header, report.Rows.Select(row => (string[])[Plain(row.FullName), Phone(row.Phone), report.Month.ToString(), StatusOf(row), DateOf(row)]));

    /// <summary>One line a member, one column a month with the word of its tile.</summary>
    public static byte[] Write(YearReport report) => Write(
        [.. Header[..2], .. Period.Range(new Period(report.Year, 1), new Period(report.Year, 12)).Select(month => month.ToString())],
        report.Rows.Select(row => (string[])[Plain(row.FullName), Phone(row.Phone), .. row.Tiles.Select(tile => Word(tile.State.Look().Key))]));

    /// <summary>UTF-8 with a byte order mark: without it Excel takes Cyrillic for something else.</summary>
    private static byte[] Write(string[] header, IEnumerable<string[]> rows)
    {
        using var file = new MemoryStream();
        using (var text = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
        using (var csv = new CsvWriter(text, Format))
        {
            WriteLine(csv, header);
            foreach (var row in rows)
            {
                WriteLine(csv, row);
            }
        }

        return file.ToArray();
    }

    private static void WriteLine(CsvWriter csv, string[] fields)
    {
        foreach (var field in fields)
        {
            csv.WriteField(field);
        }

        csv.NextRecord();
    }

    /// <summary>The payment's word where there is a live payment, else the month's.</summary>
    private static string StatusOf(ReportRow row) => Word((row.Payment is { } payment ? payment.Look() : row.State.Look()).Key);

    private static string Word(string key) => Statuses.GetString(key, Russian) ?? key;

    private static string Phone(string canonical) => PhoneNumber.FromCanonical(canonical).ToDisplay();

    private string DateOf(ReportRow row) => row.ConfirmedAt is { } at
        ? TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(at, DateTimeKind.Utc), zone).ToString("dd.MM.yyyy", CultureInfo.InvariantCulture)
        : "";

    private static string Plain(string name) => name.StartsWith('+') ? "'" + name : name;
}
