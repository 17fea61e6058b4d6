using Diaspora.Domain.Notifications;
using Diaspora.Domain.Reminding;
using Diaspora.Web.Notifications;
using Diaspora.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Reminding;

/// <summary>A plan and what follows from it, in words.</summary>
public sealed class ReminderWords(IStringLocalizer<RemindingTexts> texts, Wording words, MessageWriter writer)
{
    /// <summary>«за 3 дня до срока», «в день срока», «через 5 дней после срока»</summary>
    public string Day(int day) => day switch
    {
        < 0 => texts["DaysBefore", words.Days(-day)],
        0 => texts["DayOf"],
        _ => texts["DaysAfter", words.Days(day)],
    };

    public string By(IEnumerable<Channel> channels) => string.Join(", ", channels.Select(channel => texts[$"By{channel}"].Value));

    /// <summary>What somebody would read, in their language.</summary>
    /// <param name="row">Somebody whom the portal can reach.</param>
    public WrittenMessage Letter(ReminderRow row) => writer.Write(Cause.Reminder, row.By!.Value, row.Language, row.FullName, new NoticeFacts(row.Months, row.Sum.Tenge));
}
