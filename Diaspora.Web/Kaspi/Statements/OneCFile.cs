using System.Globalization;
using Diaspora.Domain.Kaspi;

namespace Diaspora.Web.Kaspi.Statements;

/// <summary>What the sections of a 1C file say, put together.</summary>
internal sealed class OneCFile
{
    private readonly List<StatementLine> _lines = [];
    private readonly List<Dictionary<string, string>> _accounts = [];
    private int _documents;

    public Dictionary<string, string> Head { get; } = new(StringComparer.Ordinal);

    public string NextNumber(bool isDocument) => (isDocument ? ++_documents : 0).ToString(CultureInfo.InvariantCulture);

    /// <exception cref="DomainException">Its day or sum is not understood.</exception>
    public void Add(Dictionary<string, string> section, bool isDocument)
    {
        if (!isDocument)
        {
            _accounts.Add(section);
            return;
        }

        if (_lines.Count > StatementReader.MaxLines)
        {
            throw new DomainException(Problems.StatementTooLarge, (int)(StatementReader.MaxBytes >> 20), StatementReader.MaxLines);
        }

        var number = int.Parse(section["#"], CultureInfo.InvariantCulture);
        var purpose = Of(section, "назначениеплатежа");
        var payer = Of(section, "плательщикнаименование", "плательщик", "плательщик1");
        var document = Of(section, "номердокумента", "номер");
        if (!Cells.TryDay(Of(section, "датаоперации", "датапоступило", "датасписано", "дата", "датадокумента"), out var day, out var at) || SumOf(section) is not { } sum)
        {
            throw new DomainException(Problems.StatementRowUnknown, number, string.Join(' ', document, payer, purpose).Trim() is { Length: > 80 } text ? text[..80] : string.Join(' ', document, payer, purpose).Trim());
        }

        var raw = string.Join('\t', section.Where(entry => entry.Key != "#").Select(entry => $"{entry.Key}={entry.Value}"));
        _lines.Add(new StatementLine(number, day, at, KindOf(section, sum, Words.AreNotOurs(payer) || Words.AreNotOurs(purpose)), Math.Abs(sum), sum < 0 ? "" : payer, purpose, document.Length > 0 ? document : null, raw));
    }

    /// <exception cref="DomainException">It is of two accounts, or its own totals are not met.</exception>
    public ReadStatement ToStatement()
    {
        List<string> accounts = [.. _accounts.Append(Head).Select(section => Of(section, "расчсчет")).Where(account => account.Length > 0).Distinct()];
        if (accounts.Count > 1)
        {
            throw new DomainException(Problems.StatementTwoAccounts, string.Join(", ", accounts.Take(5)));
        }

        var days = _lines.ConvertAll(line => line.On);
        if (days.Count == 0)
        {
            throw new DomainException(Problems.StatementEmpty);
        }

        var came = _lines.Where(line => line.Kind is LineKind.Incoming or LineKind.NotOurs).Sum(line => line.Tiyn);
        var went = _lines.Where(line => line.Kind is LineKind.Outgoing or LineKind.Refund).Sum(line => line.Tiyn);
        var stated = Total("всегопоступило");
        if (stated is { } total && total != came)
        {
            throw new DomainException(Problems.StatementTotalsDiffer, new Money(came / 100), new Money(total / 100));
        }

        if (_accounts is [var first, ..] && Sum(first, "начальныйостаток") is { } opening && Sum(_accounts[^1], "конечныйостаток") is { } closing && opening + came - went != closing)
        {
            throw new DomainException(Problems.StatementBalanceDiffers, new Money((opening + came - went) / 100), new Money(closing / 100));
        }

        return new ReadStatement(
            StatementFormat.OneC, accounts is [var account] ? account : null,
            Day("датаначала") is { } from && from <= days.Min() ? from : days.Min(), Day("датаконца") is { } to && to >= days.Max() ? to : days.Max(), _lines, stated);

        DateOnly? Day(string key) => Cells.TryDay(Of(Head, key), out var day, out _) ? day : null;

        long? Total(string key) => _accounts.ConvertAll(section => Sum(section, key)) is { Count: > 0 } sums && sums.TrueForAll(sum => sum is not null) ? sums.Sum() : null;
    }

    /// <summary>What came has a key of its own, or the payer's and the receiver's accounts say which way it went.</summary>
    private long? SumOf(Dictionary<string, string> section)
    {
        if (Sum(section, "суммаприход") is { } and not 0 and var came)
        {
            return came;
        }

        if (Sum(section, "суммарасход") is { } and not 0 and var went)
        {
            return -Math.Abs(went);
        }

        if (Sum(section, "сумма") is not { } sum)
        {
            return Sum(section, "суммаприход") ?? Sum(section, "суммарасход");
        }

        var own = Of(_accounts.Count > 0 ? _accounts[0] : Head, "расчсчет");
        return own.Length > 0 && Of(section, "плательщикиик", "плательщиксчет", "плательщикрасчсчет") == own || Of(section, "датасписано").Length > 0 ? -Math.Abs(sum) : sum;
    }

    private static LineKind KindOf(Dictionary<string, string> section, long sum, bool isNotOurs)
    {
        var (payer, receiver) = (Of(section, "плательщикбин_иин", "плательщикинн"), Of(section, "получательбин_иин", "получательинн"));
        return sum < 0 ? (Words.KindOf(Of(section, "назначениеплатежа")) == LineKind.Refund ? LineKind.Refund : LineKind.Outgoing)
            : sum == 0 || isNotOurs || (payer.Length > 0 && payer == receiver) ? LineKind.NotOurs
            : LineKind.Incoming;
    }

    private static long? Sum(Dictionary<string, string> section, string key) => section.TryGetValue(key, out var text) && Cells.TrySum(text, out var tiyn) ? tiyn : null;

    private static string Of(Dictionary<string, string> section, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (section.TryGetValue(key, out var value) && value.Length > 0)
            {
                return value.Visible();
            }
        }

        return "";
    }
}
