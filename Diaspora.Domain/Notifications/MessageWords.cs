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

    /// <summary>What the association calls its portal.</summary>
    public const string Portal = "портал";

    /// <summary>How many payments wait, how long each of them at least, and since when the oldest does; also the moment of the last good backup.</summary>
    public const string Count = "сколько";
    public const string Hours = "часы";
    public const string Since = "когда";

    /// <summary>An import: its file, and how many rows became what.</summary>
    public const string File = "файл";
    public const string Rows = "итог";

    /// <summary>What is known of an event, whatever tells it. A cause that is not named here tells who, where and by whom.</summary>
    private static string[] Known(Cause cause) => cause switch
    {
        Cause.PaymentConfirmed or Cause.Reminder => [Name, Months, Sum, Link, Portal],
        Cause.PaymentRejected or Cause.PaymentRefunded => [Name, Months, Sum, Reason, Link, Portal],
        Cause.NewDevice => [Name, Device, Link, Portal],
        Cause.SignInLink => [Link, Portal],
        Cause.ClaimsWaiting => [Name, Count, Hours, Since, Link, Portal],
        Cause.BackupMissing => [Name, Since, Reason, Link, Portal],
        Cause.ImportFinished => [Name, File, Rows, Link, Portal],
        _ => [Name, Link, Portal],
    };

    /// <summary>
    /// What may stand in a text. A sum is for letters alone: everything else is read on a locked screen by whoever lies beside the phone. A push is pressed and needs no address; a cashier's
    /// reason may be long, and may name a sum.
    /// </summary>
    public static IReadOnlyList<string> InText(Cause cause, Channel channel) =>
        [.. Known(cause).Where(word => word != Sum || channel == Channel.Mail).Where(word => word is not (Reason or Link) || channel != Channel.Push)];

    /// <summary>What may stand in a title, which is shown before anything is opened.</summary>
    public static IReadOnlyList<string> InTitle(Cause cause) => [.. Known(cause).Where(word => word is not (Sum or Reason or Link))];

    /// <summary>Without it the message would be of no use.</summary>
    public static string? Needed(Cause cause) => cause == Cause.SignInLink ? Link : null;

    /// <summary>Puts values into the places of the words, each once: what stands in a value is not looked at. A word that has none stays as it was typed, in its braces.</summary>
    public static string Fill(string text, Func<string, string?> valueOf)
    {
        var parts = text.Split('{');
        return parts[0] + string.Concat(parts.Skip(1).Select(part => part.IndexOf('}', StringComparison.Ordinal) is var end and >= 0 ? (valueOf(part[..end]) ?? $"{{{part[..end]}}}") + part[(end + 1)..] : $"{{{part}"));
    }

    /// <summary>Refuses a brace without its other one, and a word that is not among these: it would go out to everybody as it was typed.</summary>
    /// <param name="may">The words that may stand there.</param>
    public static Problem? Check(string text, IReadOnlyList<string> may)
    {
        int? open = null;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '{')
            {
                if (open is not null)
                {
                    return Unpaired();
                }

                open = at;
            }
            else if (text[at] == '}')
            {
                if (open is not { } from || from + 1 == at)
                {
                    return Unpaired();
                }

                if (text[(from + 1)..at] is var word && !may.Contains(word))
                {
                    return new Problem(All.Contains(word) ? Problems.MessageWordElsewhere : Problems.ReminderWordUnknown, word, string.Join(", ", may));
                }

                open = null;
            }
        }

        return open is null ? null : Unpaired();

        Problem Unpaired() => new(Problems.ReminderBraceUnpaired, string.Join(", ", may));
    }

    private static readonly string[] All = [Name, Months, Sum, Link, Reason, Device, Portal, Count, Hours, Since, File, Rows];
}
