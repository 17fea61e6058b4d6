using Diaspora.Domain.Notifications;

namespace Diaspora.Domain.Reminding;

/// <summary>Which reminder it is: of one month, on one day of the plan. Nobody gets the same one twice, whatever becomes of the deadline.</summary>
public readonly record struct ReminderKey(Period Month, int Day)
{
    /// <summary>Stands where a message says what it is about; the same for everybody.</summary>
    public Guid Id => new(Day, 0, 0, new byte[8]);

    /// <summary>Stands where a message says when it happened, so that the database refuses the same month twice.</summary>
    public DateTime At => Month.FirstDay.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    public static ReminderKey Of(Message message) => Of(message.AboutId, message.OccurredAt);

    public static ReminderKey Of(Guid about, DateTime occurredAt) => new(Period.Of(DateOnly.FromDateTime(occurredAt)), BitConverter.ToInt32(about.ToByteArray()));
}
