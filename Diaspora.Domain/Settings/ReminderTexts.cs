namespace Diaspora.Domain.Settings;

/// <summary>What a prepared WhatsApp message says; the portal's own words where one is missing.</summary>
public sealed record ReminderTexts(string? Russian, string? Kazakh)
{
    public static readonly ReminderTexts None = new(null, null);

    public string? In(string language) => language == "kk" ? Kazakh : Russian;
}
