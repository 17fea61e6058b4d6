using Diaspora.Domain.Notifications;

namespace Diaspora.Domain.Settings;

/// <summary>What a prepared WhatsApp message says; the portal's own words where one is missing.</summary>
public sealed record ReminderTexts(string? Russian, string? Kazakh)
{
    public static readonly ReminderTexts None = new(null, null);

    public string? In(string language) => language == "kk" ? Kazakh : Russian;

    public static string Fill(string text, string name, string months, string sum, string link) => MessageWords.Fill(text, word => word switch
    {
        MessageWords.Name => name,
        MessageWords.Months => months,
        MessageWords.Sum => sum,
        MessageWords.Link => link,
        _ => null,
    });

    /// <summary>Refuses a word in braces that is not known. It would go out to every debtor as it was typed.</summary>
    public static Problem? Check(string text) => MessageWords.Check(text, [MessageWords.Name, MessageWords.Months, MessageWords.Sum, MessageWords.Link]);
}
