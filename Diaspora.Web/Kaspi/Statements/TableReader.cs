using System.Text.RegularExpressions;
using Diaspora.Domain.Import;
using Diaspora.Domain.Kaspi;

namespace Diaspora.Web.Kaspi.Statements;

/// <summary>Reads a table whose columns are known. A row with a day or a sum is a line, or the whole file is refused: nothing is left out in silence.</summary>
internal static partial class TableReader
{
    public static ReadStatement Read(StatementFormat format, IReadOnlyList<SheetRow> rows, TableColumns columns, CancellationToken cancel)
    {
        var head = rows.FirstOrDefault(row => row.Number == columns.HeaderRow);
        List<StatementLine> lines = [];
        List<SheetRow> totals = [];
        foreach (var row in rows.Where(row => row.Number > columns.HeaderRow))
        {
            cancel.ThrowIfCancellationRequested();
            if (row.Cells.Any(Words.AreTotal) && !Cells.TryDay(row[columns.Day], out _, out _))
            {
                totals.Add(row);
            }
            else if (!IsBeside(row, head, columns))
            {
                lines.Add(LineOf(format, row, columns));
            }
        }

        var above = string.Join(' ', rows.TakeWhile(row => row.Number < columns.HeaderRow).SelectMany(row => row.Cells));
        var (from, to) = PeriodOf(above, lines);
        var statement = new ReadStatement(format, AccountOf(above), from, to, lines, null);
        return totals is [var total] && SumOf(total, columns) is { } stated ? statement with { StatedIncomingTiyn = Met(stated, lines) } : statement;
    }

    /// <summary>A row that is no line: empty, the head once more, or words below the table.</summary>
    private static bool IsBeside(SheetRow row, SheetRow? head, TableColumns columns)
    {
        var (day, sum, both) = (row[columns.Day].Trim(), row[columns.Sum ?? columns.In ?? 0].Trim(), columns.Out is { } other ? row[other].Trim() : "");
        return (day.Length == 0 && sum.Length == 0 && both.Length == 0)
            || (head is not null && day == head[columns.Day].Trim() && sum == head[columns.Sum ?? columns.In ?? 0].Trim())
            || (sum.Length == 0 && both.Length == 0 && !Cells.TryDay(day, out _, out _) && !day.AsSpan().ContainsAnyInRange('0', '9'));
    }

    private static StatementLine LineOf(StatementFormat format, SheetRow row, TableColumns columns)
    {
        var raw = string.Join('\t', row.Cells);
        if (!Cells.TryDay(row[columns.Day], out var day, out var at) || SumOf(row, columns) is not { } sum || IsBroken(row, columns))
        {
            throw Unknown(row, raw);
        }

        if (columns.Time is { } time && row[time].Trim().Length > 0)
        {
            at = Cells.TryTime(row[time], out var read) ? read : throw Unknown(row, raw);
        }

        var said = columns.Kind is { } kind ? Words.KindOf(row[kind]) : null;
        if (format == StatementFormat.PayReport && said is not (LineKind.Incoming or LineKind.Refund))
        {
            throw Unknown(row, raw);
        }

        var payer = Of(columns.Payer);
        var message = Of(columns.Message);
        if (columns.Message is null && payer.Length > 0)
        {
            (payer, message) = Words.Split(payer);
        }

        var operation = Of(columns.Operation);
        return new StatementLine(row.Number, day, at, KindOf(format, said, sum, Words.AreNotOurs(payer) || Words.AreNotOurs(message)), Math.Abs(sum), payer, message, operation.Length > 0 ? Bare(operation) : null, raw);

        string Of(int? column) => column is { } place ? row[place].Trim() : "";
    }

    private static LineKind KindOf(StatementFormat format, LineKind? said, long sum, bool isNotOurs) =>
        said == LineKind.Refund ? LineKind.Refund
        : format != StatementFormat.PayReport && (sum < 0 || said == LineKind.Outgoing) ? LineKind.Outgoing
        : sum <= 0 || isNotOurs ? LineKind.NotOurs
        : LineKind.Incoming;

    /// <summary>In tiyn; of two columns the one that is filled, and what went is negative.</summary>
    private static long? SumOf(SheetRow row, TableColumns columns)
    {
        if (columns.Sum is { } sum)
        {
            return Cells.TrySum(row[sum], out var tiyn) ? tiyn : null;
        }

        var came = Part(columns.In);
        var went = Part(columns.Out);
        return came is { } and not 0 && went is { } and not 0 ? null : came is null && went is null ? null : (came ?? 0) - Math.Abs(went ?? 0);

        long? Part(int? column) =>
            column is not { } place || row[place].Trim() is "" or "-" or "—" ? null : Cells.TrySum(row[place], out var tiyn) ? tiyn : throw Unknown(row, string.Join('\t', row.Cells));
    }

    /// <summary>A receipt's number of a sale has two letters before it.</summary>
    private static string Bare(string operation) => operation.StartsWith("QR", StringComparison.OrdinalIgnoreCase) ? operation[2..].Trim() : operation;

    private static bool IsBroken(SheetRow row, TableColumns columns) =>
        new[] { columns.Day, columns.Sum, columns.In, columns.Out, columns.Time, columns.Kind }.OfType<int>().Any(row.Faults.ContainsKey);

    private static DomainException Unknown(SheetRow row, string raw) => new(Problems.StatementRowUnknown, row.Number, raw.Replace('\t', ' ').Spaced() is { Length: > 80 } text ? text[..80] : raw.Replace('\t', ' ').Trim());

    /// <summary>What a table's own total may be: of what came, less what went, or of everything.</summary>
    private static long? Met(long stated, List<StatementLine> lines)
    {
        var came = lines.Where(line => line.Kind is LineKind.Incoming or LineKind.NotOurs).Sum(line => line.Tiyn);
        var went = lines.Where(line => line.Kind is LineKind.Outgoing or LineKind.Refund).Sum(line => line.Tiyn);
        return stated == came || stated == came - went || stated == came + went
            ? came
            : throw new DomainException(Problems.StatementTotalsDiffer, new Money(came / 100), new Money(stated / 100));
    }

    private static (DateOnly From, DateOnly To) PeriodOf(string above, List<StatementLine> lines)
    {
        List<DateOnly> said = [.. Day().Matches(above).Select(match => Cells.TryDay(match.Value, out var day, out _) ? day : default).Where(day => day != default)];
        List<DateOnly> days = [.. lines.Select(line => line.On)];
        return days.Count == 0 ? (default, default)
            : said.Count >= 2 && said[0] <= days.Min() && said[1] >= days.Max() ? (said[0], said[1])
            : (days.Min(), days.Max());
    }

    /// <exception cref="DomainException">The head names two.</exception>
    private static string? AccountOf(string above)
    {
        List<string> accounts = [.. Account().Matches(above).Select(match => match.Value).Distinct()];
        return accounts.Count > 1 ? throw new DomainException(Problems.StatementTwoAccounts, string.Join(", ", accounts))
            : accounts is [var account] ? account
            : Seller().Match(above) is { Success: true } seller ? seller.Groups[1].Value : null;
    }

    [GeneratedRegex(@"\b\d{1,2}\.\d{1,2}\.\d{2,4}\b")]
    private static partial Regex Day();

    [GeneratedRegex(@"\bKZ\d{2}[0-9A-Z]{16}\b")]
    private static partial Regex Account();

    [GeneratedRegex(@"\b(\d{12})\b")]
    private static partial Regex Seller();
}
