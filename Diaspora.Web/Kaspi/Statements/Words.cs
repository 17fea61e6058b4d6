using System.Text.RegularExpressions;
using Diaspora.Domain.Kaspi;

namespace Diaspora.Web.Kaspi.Statements;

/// <summary>What the words of a line say of the money: whose it cannot be, and whose name they are not.</summary>
internal static partial class Words
{
    /// <summary>How the bank begins to speak of money of one's own, from a machine or lent, and of a day's sales in one sum. All folded.</summary>
    private static readonly string[] NotOurs =
    [
        "в kaspi банкомат", "через kaspi банкомат", "с kaspi депозит", "со своего счета", "зачисление кредита", "продажи с kaspi",
        "at kaspi atm", "from kaspi deposit", "from your kaspi pay", "from your account",
        "kaspi банкоматында", "kaspi депозиттен", "өз шотыңыздан", "өз шоттарыңыздан",
    ];

    /// <summary>Somebody sent it, and the bank does not say who.</summary>
    private static readonly string[] Nobody =
    [
        "со счета другого банка", "с карты другого банка", "from an account in another bank", "from a card of another bank", "from another bank's card",
        "басқа банктің шотынан", "басқа банктің картасынан",
    ];

    private static readonly string[] Totals = ["итого", "всего", "барлығы", "жиыны", "жиынтығы", "total"];

    public static bool AreNotOurs(string text) => Cells.Fold(text) is var folded && Array.Exists(NotOurs, words => folded.StartsWith(words, StringComparison.Ordinal));

    public static bool AreTotal(string text) => Cells.Fold(text) is var folded && Array.Exists(Totals, words => folded.StartsWith(words, StringComparison.Ordinal));

    /// <summary>Which way the words of a column say it went; nothing where they do not say.</summary>
    public static LineKind? KindOf(string text)
    {
        var folded = Cells.Fold(text);
        return Begins("возврат", "refund", "қайтару", "кері қайтару", "возвращ") ? LineKind.Refund
            : Begins("покупка", "продажа", "приход", "поступ", "пополн", "зачисл", "кредит", "credit", "incoming", "replenishment", "толықтыру", "кіріс", "түсім", "in") ? LineKind.Incoming
            : Begins("расход", "списан", "дебет", "снятие", "комисс", "debit", "outgoing", "withdrawal", "шығыс", "ақша алу", "перевод", "transfer", "аударым", "out") ? LineKind.Outgoing
            : null;

        bool Begins(params string[] words) => Array.Exists(words, word => folded.StartsWith(word, StringComparison.Ordinal));
    }

    /// <summary>The payer and the message of what a bank calls details.</summary>
    public static (string Payer, string Message) Split(string details)
    {
        var folded = Cells.Fold(details);
        return Array.Exists(Nobody, words => folded.StartsWith(words, StringComparison.Ordinal)) || AreNotOurs(details) ? ("", details)
            : ByAccount().Match(details) is { Success: true } account ? (details[account.Length..].Trim(), details)
            : (details, "");
    }

    [GeneratedRegex(@"^(?:по номеру сч[её]та|by account number|шот нөмірі бойынша)\s+", RegexOptions.IgnoreCase)]
    private static partial Regex ByAccount();
}
