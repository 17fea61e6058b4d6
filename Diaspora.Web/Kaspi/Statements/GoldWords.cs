using System.Text.RegularExpressions;
using Diaspora.Domain.Kaspi;

namespace Diaspora.Web.Kaspi.Statements;

/// <summary>What an operation of a Gold card is.</summary>
internal enum GoldOperation
{
    TopUp,
    Transfer,
    Purchase,
    Cash,
    Other,
    FromOwn,
    ToOwn,
    Credit,
}

/// <summary>The words of the bank's Gold statement in three languages. It writes the Kazakh ә as a Latin letter; folded, it is one.</summary>
internal static partial class GoldWords
{
    public sealed record Head(string Day, string Sum, string Operation, string Details);

    public static readonly IReadOnlyList<Head> Heads = [new("Дата", "Сумма", "Операция", "Детали"), new("Date", "Amount", "Transaction", "Details"), new("Күні", "Сомасы", "Операция", "Толығырақ")];

    /// <summary>Folded; the second part of a name that takes two rows stands in the row below.</summary>
    private static readonly (string Begin, string End, GoldOperation Operation)[] Operations =
    [
        ("поступление со", "своего счета", GoldOperation.FromOwn),
        ("перевод на свой", "счет", GoldOperation.ToOwn),
        ("зачисление", "кредита", GoldOperation.Credit),
        ("пополнение", "", GoldOperation.TopUp),
        ("перевод", "", GoldOperation.Transfer),
        ("покупка", "", GoldOperation.Purchase),
        ("снятие", "", GoldOperation.Cash),
        ("разное", "", GoldOperation.Other),
        ("transfer to your", "account", GoldOperation.ToOwn),
        ("replenishment", "", GoldOperation.TopUp),
        ("transfers", "", GoldOperation.Transfer),
        ("purchases", "", GoldOperation.Purchase),
        ("withdrawals", "", GoldOperation.Cash),
        ("others", "", GoldOperation.Other),
        ("өз шотыңыздан", "", GoldOperation.FromOwn),
        ("өз шотыңызға", "", GoldOperation.ToOwn),
        ("толықтыру", "", GoldOperation.TopUp),
        ("аударым", "", GoldOperation.Transfer),
        ("зат сатып алу", "", GoldOperation.Purchase),
        ("ақша алу", "", GoldOperation.Cash),
        ("әртүрлі", "", GoldOperation.Other),
    ];

    /// <summary>Which operation a text begins with, and how much of it, without its spaces, is the operation. What follows may be glued to it, and is no small letter then.</summary>
    public static (GoldOperation Operation, int Length)? OperationOf(string text)
    {
        var folded = Cells.Fold(text);
        var written = string.Join(' ', text.Visible().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        (GoldOperation, int)? best = null;
        var length = 0;
        foreach (var (begin, end, operation) in Operations)
        {
            foreach (var name in end.Length == 0 ? [begin] : new[] { begin, $"{begin} {end}" })
            {
                if (name.Length > length && folded.StartsWith(name, StringComparison.Ordinal) && (folded.Length == name.Length || name.Length >= written.Length || !char.IsLower(written[name.Length])))
                {
                    (best, length) = ((operation, name.Count(sign => sign != ' ')), name.Length);
                }
            }
        }

        return best;
    }

    /// <summary>Whether a text is the second part of an operation's name.</summary>
    public static bool Ends(string text) => Cells.Fold(text) is var folded && Array.Exists(Operations, operation => operation.End.Length > 0 && operation.End == folded);

    /// <summary>Which way it went, and whether it may be somebody's due. A top-up that is taken back, and any other money that comes back, is a refund.</summary>
    public static LineKind KindOf(GoldOperation operation, long tiyn, string details) => operation switch
    {
        GoldOperation.TopUp when tiyn > 0 => Words.AreNotOurs(details) ? LineKind.NotOurs : LineKind.Incoming,
        GoldOperation.TopUp => tiyn < 0 ? LineKind.Refund : LineKind.NotOurs,
        GoldOperation.FromOwn or GoldOperation.Credit or GoldOperation.Other when tiyn >= 0 => LineKind.NotOurs,
        _ => tiyn > 0 ? LineKind.Refund : LineKind.Outgoing,
    };

    [GeneratedRegex(@"^(?<day>\d\d\.\d\d\.\d\d(?:\d\d)?)\s*(?<sum>[+\-−–]\s*\d[\d ]*(?:,\d\d)?)\s*(?:₸|тг\.?|kzt|[tт](?=\s|$))?\s*(?<rest>.*)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    public static partial Regex Row();

    /// <summary>A row that begins with a day.</summary>
    [GeneratedRegex(@"^\d\d\.\d\d\.\d\d(?:\d\d)?(?!\d|\s*ж)")]
    public static partial Regex Dated();

    [GeneratedRegex(@"по\s+kaspi\s+gold\s+за\s+период|kaspi\s+gold\s+бойынша|statement\s+balance\s+for\s+the\s+period", RegexOptions.IgnoreCase)]
    public static partial Regex Period();

    [GeneratedRegex(@"\d\d\.\d\d\.\d{2,4}")]
    public static partial Regex Day();

    [GeneratedRegex(@"(?:номер\s+карты|карта\s+нөмірі|card\s+number)\s*:?\s*(?<card>\*\s*\d{4})", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    public static partial Regex Card();

    [GeneratedRegex(@"\bKZ\d{2}[0-9A-Z]{16}\b")]
    public static partial Regex Account();

    [GeneratedRegex(@"(?:доступно\s+на|card\s+balance|available\s+on)\s+(?<day>\d\d\.\d\d\.\d{2,4})\s*:?\s*(?<sum>[+\-−–]?\s*\d[\d ]*,\d\d)|(?<day>\d\d\.\d\d\.\d{2,4})\s*ж\.\s*қолжетімді:?\s*(?<sum>[+\-−–]?\s*\d[\d ]*,\d\d)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    public static partial Regex Balance();

    [GeneratedRegex(@"^(?:пополнени[ея]|replenishments?|толықтыру(?:лар)?)\s*:?\s*(?<sum>[+\-−–]?\s*\d[\d ]*,\d\d)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    public static partial Regex TopUps();

    [GeneratedRegex(@"краткое содержание операций|операциялардың қысқаша мазмұны|transaction summary", RegexOptions.IgnoreCase)]
    public static partial Regex Summary();

    /// <summary>Above and below each page. The number of the certificate is another one in each export.</summary>
    [GeneratedRegex(@"CASPKZKA|^приложение\s+к\s+справке|^анықтамаға\s.*қосымша|^(?:appendix|annex|attachment)\s+to\s|^(?:стр\.?\s*|бет\s*|page\s*)?\d{1,3}\s*(?:/|из|of)\s*\d{1,3}$", RegexOptions.IgnoreCase)]
    public static partial Regex Beside();

    /// <summary>Notes below the last row of a page; they go on over rows without a day.</summary>
    [GeneratedRegex(@"^(?:[-–−•*]\s*)?(?:сумма\s+заблокирована|the\s+amount\s+is\s+blocked|сомаға\s+тосқауыл|раздел\s+«|the\s+section|«карта\s+бойынша)", RegexOptions.IgnoreCase)]
    public static partial Regex Note();

    /// <summary>What was paid in another currency.</summary>
    [GeneratedRegex(@"\(\s*[+\-−–]?\s*\d[\d .,]*\s*[A-Z]{3}\s*\)")]
    public static partial Regex Foreign();
}
