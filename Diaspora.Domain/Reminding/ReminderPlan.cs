using System.Globalization;
using Diaspora.Domain.Notifications;

namespace Diaspora.Domain.Reminding;

/// <summary>When the portal reminds members by itself, as an admin said it. There is one row; without it the usual plan holds, switched off.</summary>
public sealed class ReminderPlan
{
    public static readonly Guid OnlyId = new("5e771260-0000-7000-8000-000000000002");

    /// <summary>How many days from the deadline: before it, on it, after it.</summary>
    public static readonly WholeRange Day = new(-20, 60);

    public static readonly WholeRange PerWeekRange = new(1, 7);

    /// <summary>So many days a plan has at the most.</summary>
    public const int MostDays = 10;

    public const int DaysLength = 60;
    public const int OrderLength = 40;

    /// <summary>Tenge a month.</summary>
    public static readonly WholeRange CeilingRange = new(0, 1_000_000);

    private static readonly int[] UsualDays = [-3, 0, 5];

    private ReminderPlan()
    {
    }

    public ReminderPlan(DateTime now) => (Id, Stored, PerWeek, UpdatedAt) = (OnlyId, Write(UsualDays), 2, now);

    public Guid Id { get; private set; }

    public bool IsOn { get; private set; }

    /// <summary><see cref="Days"/> as they are stored.</summary>
    public string Stored { get; private set; } = "";

    /// <summary>More than so many reminders in seven days nobody gets.</summary>
    public int PerWeek { get; private set; }

    /// <summary><see cref="Order"/> as it is stored; empty for the usual one.</summary>
    public string StoredOrder { get; private set; } = "";

    /// <summary>More than so many tenge a month reminders do not cost; with 0 the channels that cost money are not used.</summary>
    public int CeilingTenge { get; private set; }

    public DateTime UpdatedAt { get; private set; }

    /// <summary>Nobody, as long as it is the usual one.</summary>
    public Guid? UpdatedBy { get; private set; }

    public Guid Version { get; private set; }

    /// <summary>In order; a negative number is a day before the deadline.</summary>
    public IReadOnlyList<int> Days => [.. Stored.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(day => int.Parse(day, CultureInfo.InvariantCulture))];

    /// <summary>Which channel is tried first, and which when nobody read it. Every channel is in it, whether this portal has it or not.</summary>
    public IReadOnlyList<Channel> Order => ReminderOrder.Whole([.. StoredOrder.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Channel>)]);

    /// <exception cref="DomainException">A day is too far from the deadline, there is none or there are too many; or the number is out of range.</exception>
    public void Edit(IReadOnlyList<int> days, int perWeek, IReadOnlyList<Channel> order, int ceilingTenge, Guid by, DateTime now)
    {
        if (days.Count is 0 or > MostDays)
        {
            throw new DomainException(ReminderDays.Refusal);
        }

        Stored = Write(days.Select(day => Day.Require(day)));
        PerWeek = PerWeekRange.Require(perWeek);
        StoredOrder = string.Join(',', ReminderOrder.Whole(order).Select(channel => channel.ToString("D")));
        CeilingTenge = CeilingRange.Require(ceilingTenge);
        Touch(by, now);
    }

    public void Switch(bool isOn, Guid by, DateTime now)
    {
        IsOn = isOn;
        Touch(by, now);
    }

    private static string Write(IEnumerable<int> days) => string.Join(',', days.Distinct().Order().Select(day => day.ToString(CultureInfo.InvariantCulture)));

    private void Touch(Guid by, DateTime now) => (UpdatedBy, UpdatedAt) = (by, now);
}

/// <summary>In which order channels are tried.</summary>
public static class ReminderOrder
{
    /// <summary>With the channels that it does not name, by what they are worth: those that cost nothing before those that do.</summary>
    public static IReadOnlyList<Channel> Whole(IReadOnlyList<Channel> order)
    {
        List<Channel> whole = [.. order.Distinct()];
        foreach (var channel in Enum.GetValues<Channel>().Except(order).OrderBy(Worth))
        {
            var place = channel.IsPaid ? -1 : whole.FindIndex(other => other.IsPaid);
            whole.Insert(place < 0 ? whole.Count : place, channel);
        }

        return whole;
    }

    /// <summary>Nothing where a word is no channel's name, or one is named twice.</summary>
    public static IReadOnlyList<Channel>? Read(string text)
    {
        var names = text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        var channels = names.Select(name => Enum.TryParse<Channel>(name, out var channel) && Enum.IsDefined(channel) && !char.IsAsciiDigit(name[0]) ? channel : (Channel?)null).ToList();
        return channels.Contains(null) || channels.Distinct().Count() < channels.Count ? null : [.. channels.Select(channel => channel!.Value)];
    }

    public static string Write(IEnumerable<Channel> order) => string.Join(", ", order);

    private static int Worth(Channel channel) => channel switch { Channel.Push => 0, Channel.Mail => 2, Channel.WhatsApp => 3, Channel.Sms => 4, _ => 1 };
}

/// <summary>Somebody who asked not to be reminded by the portal.</summary>
public sealed class ReminderStop
{
    private ReminderStop()
    {
    }

    public ReminderStop(Guid memberId, DateTime now) => (MemberId, StoppedAt) = (memberId, now);

    public Guid MemberId { get; private set; }

    public DateTime StoppedAt { get; private set; }
}

/// <summary>The plan was changed, or reminding began or stopped.</summary>
public sealed record RemindersChanged : Change;
