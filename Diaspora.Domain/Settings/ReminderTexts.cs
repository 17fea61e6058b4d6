namespace Diaspora.Domain.Settings;

/// <summary>What a prepared WhatsApp message says; the portal's own words where one is missing.</summary>
public sealed record ReminderTexts(string? Russian, string? Kazakh)
{
    public static readonly ReminderTexts None = new(null, null);

    /// <summary>The words in braces that a member's own values replace. They are the same in every language, because a stored text is read by members of both.</summary>
    private const string Name = "имя";
    private const string Months = "месяцы";
    private const string Sum = "сумма";
    private const string Link = "ссылка";

    public string? In(string language) => language == "kk" ? Kazakh : Russian;

    public static string Fill(string text, string name, string months, string sum, string link) => text
        .Replace($"{{{Name}}}", name, StringComparison.Ordinal)
        .Replace($"{{{Months}}}", months, StringComparison.Ordinal)
        .Replace($"{{{Sum}}}", sum, StringComparison.Ordinal)
        .Replace($"{{{Link}}}", link, StringComparison.Ordinal);

    /// <summary>Refuses a word in braces that is not known. It would go out to every debtor as it was typed.</summary>
    public static Problem? Check(string text)
    {
        int? open = null;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '{')
            {
                if (open is not null)
                {
                    return Unpaired;
                }

                open = at;
            }
            else if (text[at] == '}')
            {
                if (open is not { } from || from + 1 == at)
                {
                    return Unpaired;
                }

                if (text[(from + 1)..at] is not (Name or Months or Sum or Link) and var word)
                {
                    return new Problem(Problems.ReminderWordUnknown, word, Known);
                }

                open = null;
            }
        }

        return open is null ? null : Unpaired;
    }

    private static string Known => $"{Name}, {Months}, {Sum}, {Link}";

    private static Problem Unpaired => new(Problems.ReminderBraceUnpaired, Known);
}
