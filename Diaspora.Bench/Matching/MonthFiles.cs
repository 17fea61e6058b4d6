using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Diaspora.Bench.Matching;

/// <summary>Reads <c>members.csv</c>, <c>claims.csv</c>, <c>statement.csv</c> and <c>truth.csv</c>: columns in any order, any separator, with a mark or without.</summary>
internal static class MonthFiles
{
    private static readonly string[] Days = ["yyyy-MM-dd", "d.M.yyyy", "d.M.yy", "d/M/yyyy", "yyyy.MM.dd", "yyyyMMdd"];
    private static readonly string[] Times = ["H:mm", "H:mm:ss", "H:mm:ss.FFFFFFF"];
    private static readonly string[] Delimiters = [";", ",", "\t", "|"];
    private static readonly Encoding Cyrillic = CodePagesEncodingProvider.Instance.GetEncoding(1251)!;

    public static BenchMonth Read(string folder) => new(
        [.. Rows(folder, "members.csv").Select(Member).Where(member => member.Phone.Length > 0).DistinctBy(member => member.Phone)],
        [.. Rows(folder, "claims.csv").Where(row => row.Any(cell => cell.Value.Length > 0)).Select(Claim)],
        [.. Rows(folder, "statement.csv").Select(Line)],
        Rows(folder, "truth.csv").Where(row => Cell(row, "line").Length > 0).DistinctBy(row => Cell(row, "line")).ToDictionary(
            row => int.Parse(Cell(row, "line"), CultureInfo.InvariantCulture),
            row => Phone(Cell(row, "phone")) is { Length: > 0 } phone ? new BenchTruth(phone, Periods(Cell(row, "periods"))) : BenchTruth.Nobody));

    private static BenchMember Member(Dictionary<string, string> row) => new(
        Phone(Cell(row, "телефон", "phone")),
        Cell(row, "фио", "имя", "name", "fullname"),
        Digits(Cell(row, "номеручастника", "номер", "number", "membernumber")),
        Cell(row, "статус", "status", "standing").StartsWith("заблок", StringComparison.OrdinalIgnoreCase),
        Period.TryParse(Cell(row, "месяцвступления", "вступил", "joined", "joinedon") is { Length: >= 7 } joined ? joined[..7] : "", out var from) ? from : null,
        row.Where(cell => cell.Value.Length > 0 && Period.TryParse(cell.Key, out _)).ToDictionary(cell => Period.Parse(cell.Key, null), cell => new Money(Tiyn(cell.Value) / 100)));

    private static BenchClaim Claim(Dictionary<string, string> row) => new(
        Phone(Cell(row, "phone", "телефон")), Periods(Cell(row, "periods", "period", "месяцы", "период")), Moment(Cell(row, "created"))!.Value, Moment(Cell(row, "claimed")), Digits(Cell(row, "code", "код")));

    private static BenchLine Line(Dictionary<string, string> row, int index)
    {
        // A day with its time in one cell is as good.
        var day = Cell(row, "date", "дата");
        var (date, clock) = day.Split(['T', ' '], 2) is [var first, var rest] ? (first, rest) : (day, Cell(row, "time", "время"));
        return new BenchLine(
            index + 1, DateOnly.ParseExact(date, Days, CultureInfo.InvariantCulture), TimeOnly.TryParseExact(clock, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null,
            Tiyn(Cell(row, "sum", "сумма", "amount")), Cell(row, "payer", "плательщик"), Cell(row, "message", "сообщение"));
    }

    /// <summary><c>2000</c>, <c>2 000,00</c>, <c>2000.00 ₸</c>, <c>+ 2 000,50</c>.</summary>
    private static long Tiyn(string text)
    {
        var plain = string.Concat(text.Where(sign => char.IsAsciiDigit(sign) || sign is ',' or '.' or '-' or '−')).Replace(',', '.').Replace('−', '-').TrimEnd('.');
        var cut = plain.LastIndexOf('.');

        // A point before three digits sets thousands apart.
        var whole = cut >= 0 && plain.Length - cut - 1 is 1 or 2 ? plain[..cut].Replace(".", "", StringComparison.Ordinal) + plain[cut..] : plain.Replace(".", "", StringComparison.Ordinal);
        return decimal.TryParse(whole, CultureInfo.InvariantCulture, out var sum) ? (long)(sum * 100) : 0;
    }

    private static DateTime? Moment(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var parts = text.TrimEnd('Z').Split(['T', ' '], 2);
        return DateOnly.ParseExact(parts[0], Days, CultureInfo.InvariantCulture).ToDateTime(parts.Length > 1 ? TimeOnly.ParseExact(parts[1].Split('+')[0], Times, CultureInfo.InvariantCulture) : default);
    }

    private static List<Period> Periods(string text) =>
        [.. text.Split(['+', ',', ' ', '|'], StringSplitOptions.RemoveEmptyEntries).Where(part => part.Length >= 7).Select(part => Period.Parse(part[..7], null)).Distinct().Order()];

    private static string Phone(string text) => PhoneNumber.TryParse(text, out var phone, out _) ? phone.Value : string.Concat(text.Where(char.IsAsciiDigit));

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    private static string Cell(Dictionary<string, string> row, params string[] names) => names.Select(name => row.GetValueOrDefault(name)).FirstOrDefault(value => value is not null) ?? "";

    private static IEnumerable<Dictionary<string, string>> Rows(string folder, string name)
    {
        var path = Directory.EnumerateFiles(folder).FirstOrDefault(file => Path.GetFileName(file).Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw new FileNotFoundException($"{name} is not in {folder}.");
        var text = Decode(File.ReadAllBytes(path));
        var head = text[..(text.IndexOf('\n') is var end and >= 0 ? end : text.Length)];
        using var parser = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = Delimiters.MaxBy(mark => head.Split(mark).Length)!,
            BadDataFound = null,
            TrimOptions = TrimOptions.Trim,
        });
        string[]? names = null;
        while (parser.Read())
        {
            if (names is null)
            {
                names = [.. parser.Record!.Select(KeyOf)];
            }
            else if (parser.Record!.Any(cell => cell.Length > 0))
            {
                Dictionary<string, string> row = [];
                foreach (var (key, cell) in names.Zip(parser.Record!))
                {
                    row.TryAdd(key, cell.Visible().Trim().TrimStart('\''));
                }

                yield return row;
            }
        }
    }

    /// <summary>A month stays as it is, any other name keeps its letters.</summary>
    private static string KeyOf(string header) => Period.TryParse(header.Trim(), out var month) ? month.ToString() : string.Concat(header.Visible().ToLowerInvariant().Where(char.IsLetter));

    private static string Decode(byte[] file)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return Cyrillic.GetString(file);
        }
    }
}
