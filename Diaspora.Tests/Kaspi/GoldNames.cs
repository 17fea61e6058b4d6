using UglyToad.PdfPig.Writer;

namespace Diaspora.Tests.Kaspi;

/// <summary>What the bank calls an operation. Some names are not known in all languages: those are as in another.</summary>
internal static class GoldNames
{
    /// <summary>In the list of totals.</summary>
    public static string Summary(GoldKind kind, GoldLanguage language) => kind switch
    {
        GoldKind.TopUp => Say(language, "Пополнения", "Replenishment", "Толықтыру"),
        GoldKind.Transfer => Say(language, "Переводы", "Transfers", "Аударым"),
        GoldKind.Purchase => Say(language, "Покупки", "Purchases", "Зат сатып алу"),
        GoldKind.Cash => Say(language, "Снятия", "Withdrawals", "Ақша алу"),
        GoldKind.FromOwn => Say(language, "Поступления со своих счетов", "From own accounts", "Өз шоттарыңыздан түскені"),
        GoldKind.ToOwn => Say(language, "Переводы на свои счета", "To own accounts", "Өз шоттарыңызға аудару"),
        GoldKind.Credit => Say(language, "Зачисления кредитов", "Credits", "Кредиттер сомасын шотқа түсіру"),
        _ => Say(language, "Разное", "Others", "Əртүрлі"),
    };

    /// <summary>In a row.</summary>
    public static string Operation(GoldKind kind, GoldLanguage language) => kind switch
    {
        GoldKind.TopUp => Say(language, "Пополнение", "Replenishment", "Толықтыру"),
        GoldKind.Transfer => Say(language, "Перевод", "Transfers", "Аударым"),
        GoldKind.FromOwn => Say(language, "Поступление со своего счета", "Replenishment", "Өз шотыңыздан"),
        GoldKind.ToOwn => Say(language, "Перевод на свой счет", "Transfer to your account", "Өз шотыңызға"),
        GoldKind.Credit => "Зачисление кредита",
        GoldKind.Purchase => Say(language, "Покупка", "Purchases", "Зат сатып алу"),
        GoldKind.Cash => Say(language, "Снятие", "Withdrawals", "Ақша алу"),
        _ => Summary(GoldKind.Other, language),
    };

    /// <summary>How many of its letters stand in the first of two rows; all of them where it has one.</summary>
    public static int FirstRow(string operation) => operation switch
    {
        "Поступление со своего счета" => "Поступление со".Length,
        "Перевод на свой счет" => "Перевод на свой".Length,
        "Зачисление кредита" => "Зачисление".Length,
        "Transfer to your account" => "Transfer to your".Length,
        _ => operation.Length,
    };

    /// <summary>A text in rows of so many letters at most.</summary>
    public static List<string> Rows(string text, int longest)
    {
        List<string> rows = [];
        while (text.Length > longest)
        {
            var end = text.LastIndexOf(' ', longest);
            rows.Add(text[..end]);
            text = text[(end + 1)..];
        }

        return [.. rows, text];
    }

    /// <summary>A file with one page taken out.</summary>
    public static byte[] Without(byte[] file, int page)
    {
        using var whole = UglyToad.PdfPig.PdfDocument.Open(file);
        using var rest = new PdfDocumentBuilder();
        foreach (var number in Enumerable.Range(1, whole.NumberOfPages).Where(number => number != page))
        {
            rest.AddPage(whole, number);
        }

        return rest.Build();
    }

    public static string Say(GoldLanguage language, params ReadOnlySpan<string> words) => words[(int)language];
}
