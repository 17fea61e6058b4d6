using Diaspora.Domain.Dues;
using Diaspora.Domain.Notifications;

namespace Diaspora.Domain.Reminding;

/// <summary>By what is reminded: the plan, the rules of paying, and the channels that this portal has.</summary>
public sealed record ReminderTerms(IReadOnlyList<int> Days, int PerWeek, DuesRules Dues, IReadOnlyList<Channel> Channels)
{
    public static ReminderTerms Of(ReminderPlan plan, DuesRules dues, OutboxRules outbox) => new(plan.Days, plan.PerWeek, dues, outbox.Channels);
}

/// <summary>A reminder that a member was written already.</summary>
/// <param name="IsWithdrawn">It never went: it counts for nobody's week, but it is not written again.</param>
public sealed record WrittenReminder(ReminderKey Key, DateTime At, bool IsWithdrawn);

/// <summary>A member as the plan looks at them.</summary>
/// <param name="Channels">By what the member can be reached, whether this portal has it or not.</param>
/// <param name="Written">The reminders of the last months.</param>
public sealed record ReminderFacts(
    Guid MemberId, string Number, string FullName, string Language, LedgerFacts Ledger, bool HasStopped, IReadOnlyList<Channel> Channels, IReadOnlyList<WrittenReminder> Written);

/// <summary>Somebody is to be reminded.</summary>
/// <param name="Channels">Empty where the portal has no way to them: a cashier writes to them by hand.</param>
public sealed record PlannedReminder(ReminderFacts To, ReminderKey Key, IReadOnlyList<Period> Months, Money Sum, IReadOnlyList<Channel> Channels)
{
    public NoticeFacts Facts => new(Months, Sum.Tenge);
}

/// <summary>Who is reminded of what at a moment. Pure: what it answers follows from its arguments alone.</summary>
public static class ReminderPlanner
{
    public const int Week = 7;

    /// <summary>Whoever has no way to them is among them, so that somebody writes by hand.</summary>
    public static IReadOnlyList<PlannedReminder> Plan(ReminderTerms terms, IEnumerable<ReminderFacts> members, DateTime nowUtc) =>
        IsAwake(terms.Dues, nowUtc) ? [.. members.Select(member => For(terms, member, nowUtc)).OfType<PlannedReminder>()] : [];

    public static bool IsAwake(DuesRules dues, DateTime nowUtc) => QuietHours.IsAwake(dues.Zone, nowUtc);

    /// <summary>Whether the plan has anything for this day: on most days nobody needs to be looked at.</summary>
    public static bool IsDay(ReminderTerms terms, DateOnly day) => terms.Days.Any(offset => day.AddDays(-offset) is var deadline && terms.Dues.DeadlineOf(Period.Of(deadline)) == deadline);

    private static PlannedReminder? For(ReminderTerms terms, ReminderFacts member, DateTime nowUtc)
    {
        var today = terms.Dues.DayOf(nowUtc);
        if (member.HasStopped || member.Ledger is not { IsBlocked: false, JoinedOn: { } joined } || KeysOf(terms, joined, today).ToList() is not { Count: > 0 } keys || IsEnough(terms, member, today))
        {
            return null;
        }

        // Whoever has said that they paid, or is about to, waits for us and not we for them.
        var ledger = new Ledger(member.Ledger, terms.Dues, nowUtc);
        if (member.Ledger.Payments.Any(payment => payment.State == PaidMonthState.Pending) || ledger.StateOf(ledger.Current) is MonthState.Exempt or MonthState.Suspended)
        {
            return null;
        }

        var open = keys.Where(key => ledger.CanPay(key.Month) && member.Written.All(written => written.Key != key)).ToList();
        if (open.Count == 0)
        {
            return null;
        }

        var months = Period.Range(Period.Of(joined), ledger.Current).Where(month => ledger.StateOf(month) is MonthState.Due or MonthState.Overdue).Union([open[0].Month]).Order().ToList();
        return new PlannedReminder(member, open[0], months, Money.Sum(months.Select(month => ledger.TileOf(month).Amount)), [.. terms.Channels.Intersect(member.Channels)]);
    }

    /// <summary>Which months have this as a day of the plan, the newest first. Whoever joined late has one deadline for two months.</summary>
    private static IEnumerable<ReminderKey> KeysOf(ReminderTerms terms, DateOnly joined, DateOnly today) =>
        from offset in terms.Days
        let deadline = today.AddDays(-offset)
        from month in (Period[])[Period.Of(deadline), Period.Of(deadline).Previous]
        where month >= Period.Of(joined) && terms.Dues.DeadlineOf(month, joined) == deadline
        orderby month descending, offset
        select new ReminderKey(month, offset);

    /// <summary>One a day, and not too many in seven days. What goes by two channels is one.</summary>
    private static bool IsEnough(ReminderTerms terms, ReminderFacts member, DateOnly today)
    {
        var days = member.Written.Where(written => !written.IsWithdrawn).DistinctBy(written => written.Key).Select(written => terms.Dues.DayOf(written.At)).ToList();
        return days.Contains(today) || days.Count(day => day > today.AddDays(-Week)) >= terms.PerWeek;
    }
}
