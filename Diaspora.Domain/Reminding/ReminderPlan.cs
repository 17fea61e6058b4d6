using System.Globalization;

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

    public DateTime UpdatedAt { get; private set; }

    /// <summary>Nobody, as long as it is the usual one.</summary>
    public Guid? UpdatedBy { get; private set; }

    public Guid Version { get; private set; }

    /// <summary>In order; a negative number is a day before the deadline.</summary>
    public IReadOnlyList<int> Days => [.. Stored.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(day => int.Parse(day, CultureInfo.InvariantCulture))];

    /// <exception cref="DomainException">A day is too far from the deadline, there is none or there are too many; or the number is out of range.</exception>
    public void Edit(IReadOnlyList<int> days, int perWeek, Guid by, DateTime now)
    {
        if (days.Count is 0 or > MostDays)
        {
            throw new DomainException(ReminderDays.Refusal);
        }

        Stored = Write(days.Select(day => Day.Require(day)));
        PerWeek = PerWeekRange.Require(perWeek);
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
