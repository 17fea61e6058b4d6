using System.Globalization;
using System.Resources;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Diaspora.Web.Shared;

/// <summary>
/// How files for spreadsheets are written: always in Russian, because a file is passed on and does not know who reads it (decision 4), and
/// so that nothing in it is taken for a formula.
/// </summary>
public static class Spreadsheet
{
    public const string CsvType = "text/csv; charset=utf-8";

    private static readonly CultureInfo Russian = CultureInfo.GetCultureInfo("ru");

    private static readonly ResourceManager Statuses = new(typeof(StatusTexts));

    /// <summary>UTF-8 with a byte order mark: without it Excel takes Cyrillic for something else.</summary>
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true);

    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture)
    {
        Delimiter = ";",
        NewLine = "\r\n",
    };

    /// <summary>The Russian word of a status, by its key in <see cref="StatusTexts"/>.</summary>
    public static string Word(string key) => Statuses.GetString(key, Russian) ?? key;

    /// <summary>Written with spaces, so no spreadsheet takes it for a number and drops its plus.</summary>
    public static string Phone(string canonical) => PhoneNumber.FromCanonical(canonical).ToDisplay();

    /// <summary>What a person typed: never a formula.</summary>
    public static string Plain(string? text) => FormulaGuard.Guard(text ?? "");

    /// <summary>The local day of an instant.</summary>
    public static string Day(DateTime? utc, TimeZoneInfo zone) => utc is { } at
        ? TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(at, DateTimeKind.Utc), zone).ToString("dd.MM.yyyy", CultureInfo.InvariantCulture)
        : "";

    public static byte[] Csv(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        using var file = new MemoryStream();
        using (var csv = new CsvWriter(new StreamWriter(file, Utf8), Format))
        {
            WriteLine(csv, header);
            foreach (var row in rows)
            {
                WriteLine(csv, row);
            }
        }

        return file.ToArray();
    }

    /// <summary>Sends the lines on as they come: at no time is more than one part of the file in memory.</summary>
    public static async Task WriteCsvAsync<TRow>(
        Stream target, IReadOnlyList<string> header, IAsyncEnumerable<IReadOnlyList<TRow>> parts, Func<TRow, IReadOnlyList<string>> fields, CancellationToken cancel)
    {
        using var part = new MemoryStream();
        await using var csv = new CsvWriter(new StreamWriter(part, Utf8), Format);
        WriteLine(csv, header);
        await foreach (var rows in parts.WithCancellation(cancel))
        {
            foreach (var row in rows)
            {
                WriteLine(csv, fields(row));
            }

            await SendAsync();
        }

        await SendAsync();

        async Task SendAsync()
        {
            await csv.FlushAsync();
            part.Position = 0;
            await part.CopyToAsync(target, cancel);
            part.SetLength(0);
        }
    }

    private static void WriteLine(CsvWriter csv, IReadOnlyList<string> fields)
    {
        foreach (var field in fields)
        {
            csv.WriteField(field);
        }

        csv.NextRecord();
    }
}
