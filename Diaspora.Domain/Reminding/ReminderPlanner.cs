using Diaspora.Domain.Dues;
using Diaspora.Domain.Notifications;

namespace Diaspora.Domain.Reminding;

/// <summary>By what is reminded: the plan, the rules of paying, and the channels that this portal has, in the plan's order.</summary>
public sealed record ReminderTerms(IReadOnlyList<int> Days, int PerWeek, DuesRules Dues, IReadOnlyList<Channel> Channels)
{
    /// <summary>What may still be spent this month, in tiyn.</summary>
    public long LeftTiyn { get; init; }

    /// <summary>What a reminder by a channel that costs money would cost, in tiyn.</summary>
    public Func<Channel, ReminderFacts, NoticeFacts, long> CostOf { get; init; } = (_, _, _) => 0;

    /// <param name="spentTiyn">By reminders of this month.</param>
    public static ReminderTerms Of(ReminderPlan plan, DuesRules dues, OutboxRules outbox, long spentTiyn = 0) => new(plan.Days, plan.PerWeek, dues, [.. plan.Order.Intersect(outbox.Channels)])
    {
        LeftTiyn = (plan.CeilingTenge * 100L) - spentTiyn,
        CostOf = (channel, to, facts) => outbox.CostOf(channel, Cause.Reminder, to.Language, to.FullName, facts),
    };
}

/// <summary>What became of a reminder that was written.</summary>
public enum ReminderFate
{
    /// <summary>It waits, or went, and nobody knows whether it was read.</summary>
    Unread,
    Read,

    /// <summary>It did not reach anybody.</summary>
    Lost,

    /// <summary>It never went: it counts for nobody's week, but it is not written again.</summary>
    Withdrawn,
}

/// <summary>A reminder that a member was written already.</summary>
public sealed record WrittenReminder(ReminderKey Key, DateTime At, Channel By, ReminderFate Fate)
{
    internal bool Counts => Fate is ReminderFate.Unread or ReminderFate.Read;
}

/// <summary>A member as the plan looks at them.</summary>
/// <param name="Channels">By what the member can be reached, whether this portal has it or not.</param>
/// <param name="Written">The reminders of the last months.</param>
public sealed record ReminderFacts(
    Guid MemberId, string Number, string FullName, string Language, LedgerFacts Ledger, bool HasStopped, IReadOnlyList<Channel> Channels, IReadOnlyList<WrittenReminder> Written);

/// <summary>Somebody is to be reminded.</summary>
/// <param name="By">Nothing where the portal has no way to them: a cashier writes to them by hand.</param>
/// <param name="IsTooDear">There would be a way, but not for what may still be spent.</param>
public sealed record PlannedReminder(ReminderFacts To, ReminderKey Key, IReadOnlyList<Period> Months, Money Sum, Channel? By, long CostTiyn, bool IsTooDear)
{
    public NoticeFacts Facts => new(Months, Sum.Tenge);
}

/// <summary>Who is reminded of what at a moment. Pure: what it answers follows from its arguments alone.</summary>
public static class ReminderPlanner
{
    public const int Week = 7;

    /// <summary>Who has not read it by then is written to by the next channel.</summary>
    public static readonly TimeSpan ReadWithin = TimeSpan.FromDays(1);

    /// <summary>What was said so long ago is not said again.</summary>
    public static readonly TimeSpan Stale = TimeSpan.FromDays(3);

    /// <summary>In the order of the members, because what one costs the others cannot. Whoever has no way to them is among them, so that somebody writes by hand.</summary>
    public static IReadOnlyList<PlannedReminder> Plan(ReminderTerms terms, IEnumerable<ReminderFacts> members, DateTime nowUtc)
    {
        List<PlannedReminder> planned = [];
        foreach (var member in IsAwake(terms.Dues, nowUtc) ? members : [])
        {
            if (For(terms, member, nowUtc) is { } reminder)
            {
                planned.Add(reminder);
                terms = terms with { LeftTiyn = terms.LeftTiyn - reminder.CostTiyn };
            }
        }

        return planned;
    }

    public static bool IsAwake(DuesRules dues, DateTime nowUtc) => QuietHours.IsAwake(dues.Zone, nowUtc);

    /// <summary>Whether the plan has anything for this day: on most days nobody needs to be looked at, but for who has not read what they were written.</summary>
    public static bool IsDay(ReminderTerms terms, DateOnly day) => terms.Days.Any(offset => day.AddDays(-offset) is var deadline && terms.Dues.DeadlineOf(Period.Of(deadline)) == deadline);

    private static PlannedReminder? For(ReminderTerms terms, ReminderFacts member, DateTime nowUtc)
    {
        var today = terms.Dues.DayOf(nowUtc);
        if (member.HasStopped || member.Ledger is not { IsBlocked: false, JoinedOn: { } joined } || member.Written.Any(written => written.Counts && terms.Dues.DayOf(written.At) == today))
        {
            return null;
        }

        var keys = IsWeekFull(terms, member, today) ? [] : KeysOf(terms, joined, today).ToList();
        var unread = UnreadOf(member, nowUtc);
        if (keys.Count == 0 && unread is null)
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
        return open.Count > 0 ? Reminder(open[0], [])
            : unread is { } again && ledger.CanPay(again.Month) && Reminder(again, [.. member.Written.Where(written => written.Key == again).Select(written => written.By)]) is { By: not null } other ? other
            : null;

        PlannedReminder Reminder(ReminderKey key, IReadOnlyList<Channel> used)
        {
            IReadOnlyList<Period> months = [.. Period.Range(Period.Of(joined), ledger.Current).Where(month => ledger.StateOf(month) is MonthState.Due or MonthState.Overdue).Union([key.Month]).Order()];
            var reminder = new PlannedReminder(member, key, months, Money.Sum(months.Select(month => ledger.TileOf(month).Amount)), null, 0, false);
            foreach (var channel in terms.Channels.Intersect(member.Channels).Except(used))
            {
                var cost = channel.IsPaid ? terms.CostOf(channel, member, reminder.Facts) : 0;
                if (!channel.IsPaid || cost <= terms.LeftTiyn)
                {
                    return reminder with { By = channel, CostTiyn = cost, IsTooDear = false };
                }

                reminder = reminder with { IsTooDear = true };
            }

            return reminder;
        }
    }

    /// <summary>Which months have this as a day of the plan, the newest first. Whoever joined late has one deadline for two months.</summary>
    private static IEnumerable<ReminderKey> KeysOf(ReminderTerms terms, DateOnly joined, DateOnly today) =>
        from offset in terms.Days
        let deadline = today.AddDays(-offset)
        from month in (Period[])[Period.Of(deadline), Period.Of(deadline).Previous]
        where month >= Period.Of(joined) && terms.Dues.DeadlineOf(month, joined) == deadline
        orderby month descending, offset
        select new ReminderKey(month, offset);

    /// <summary>The last one they were written, where it may be said once more by another channel: nobody is known to have read it for a day, or it did not arrive.</summary>
    private static ReminderKey? UnreadOf(ReminderFacts member, DateTime nowUtc) =>
        member.Written.MaxBy(written => written.At) is { } last && nowUtc - last.At <= Stale
            && (last.Fate == ReminderFate.Lost || (last.Fate == ReminderFate.Unread && nowUtc - last.At >= ReadWithin))
            && !member.Written.Any(written => written.Key == last.Key && written.Fate == ReminderFate.Read) ? last.Key : null;

    /// <summary>Not too many in seven days. What goes by two channels is one.</summary>
    private static bool IsWeekFull(ReminderTerms terms, ReminderFacts member, DateOnly today) =>
        member.Written.Where(written => written.Counts).GroupBy(written => written.Key, (_, same) => terms.Dues.DayOf(same.Min(written => written.At))).Count(day => day > today.AddDays(-Week)) >= terms.PerWeek;
}
