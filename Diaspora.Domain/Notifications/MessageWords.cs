namespace Diaspora.Domain.Notifications;

/// <summary>The words in braces that a text of a message may hold. They are the same in every language, because whoever edits the texts reads one of them.</summary>
public static class MessageWords
{
    public const string Name = "имя";
    public const string Months = "месяцы";
    public const string Sum = "сумма";
    public const string Link = "ссылка";
    public const string Reason = "причина";
    public const string Device = "устройство";

    /// <summary>Puts values into the places of the words, each once: what stands in a value is not looked at.</summary>
    public static string Fill(string text, Func<string, string> valueOf)
    {
        var parts = text.Split('{');
        return parts[0] + string.Concat(parts.Skip(1).Select(part => part.IndexOf('}', StringComparison.Ordinal) is var end and >= 0 ? valueOf(part[..end]) + part[(end + 1)..] : part));
    }
}
