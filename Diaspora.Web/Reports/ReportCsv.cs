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

    public static string FileName(Period month) => $"vznosy-{month}.csv";

    /// <summary>UTF-8 with a byte order mark: without it Excel takes Cyrillic for something else.</summary>
    public byte[] Write(MonthReport report)
    {
        using var file = new MemoryStream();
        using (var text = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
        using (var csv = new CsvWriter(text, Format))
        {
            WriteLine(csv, Header);
            foreach (var row in report.Rows)
            {
                WriteLine(csv, [Plain(row.FullName), PhoneNumber.FromCanonical(row.Phone).ToDisplay(), report.Month.ToString(), StatusOf(row), DateOf(row)]);
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
    private static string StatusOf(ReportRow row)
    {
        var look = row.Payment is { } payment ? payment.Look() : row.State.Look();
        return Statuses.GetString(look.Key, Russian) ?? look.Key;
    }

    private string DateOf(ReportRow row) => row.ConfirmedAt is { } at
        ? TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(at, DateTimeKind.Utc), zone).ToString("dd.MM.yyyy", CultureInfo.InvariantCulture)
        : "";

    private static string Plain(string name) => name.StartsWith('+') ? "'" + name : name;
}
