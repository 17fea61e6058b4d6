using Diaspora.Domain.Dues;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Reminding;

/// <summary>Writes today's reminders; the background task's verb.</summary>
public sealed class RemindingService(IStore store, CurrentSettings settings, OutboxRules outbox, TimeProvider clock)
{
    private const int ReadAtOnce = 1000;

    /// <summary>A confirm waits for so many at the most.</summary>
    private const int WriteAtOnce = 100;

    /// <summary>Whoever was reminded today, or was told of the same already, is not reminded again: it may run as often as it likes.</summary>
    /// <returns>How many members were reminded.</returns>
    public async Task<int> RunAsync(CancellationToken cancel = default) =>
        await AwakeAsync(cancel) is { } terms && ReminderPlanner.IsDay(terms, Today) ? await RemindAsync(await store.ReadAsync(work => work.Reminders.MembersAsync(cancel), cancel), cancel) : 0;

    /// <summary>By the next channel, whoever is not known to have read what they were written a day ago.</summary>
    /// <param name="since">When that was looked at before; who had their day by then was looked at.</param>
    /// <returns>How many members were reminded.</returns>
    public async Task<int> RepeatAsync(DateTime since, CancellationToken cancel = default) =>
        await AwakeAsync(cancel) is { Channels.Count: > 1 } ? await RemindAsync(await store.ReadAsync(work => work.Reminders.UnreadAsync(since, Now, cancel), cancel), cancel) : 0;

    /// <returns>Nothing while reminding is switched off, or the portal has no channel.</returns>
    internal static async Task<ReminderTerms?> TermsAsync(IWork work, CurrentSettings settings, OutboxRules outbox, DateTime now, CancellationToken cancel) =>
        outbox.Channels.Count > 0 && await work.Reminders.FindPlanAsync(cancel) is { IsOn: true } plan ? await TermsAsync(work, plan, settings, outbox, now, cancel) : null;

    /// <summary>With what may still be spent in the month of a moment.</summary>
    internal static async Task<ReminderTerms> TermsAsync(IWork work, ReminderPlan plan, CurrentSettings settings, OutboxRules outbox, DateTime at, CancellationToken cancel) =>
        ReminderTerms.Of(plan, settings.Rules, outbox, outbox.Channels.Any(channel => channel.IsPaid) ? await work.Reminders.SpentAsync(MonthOf(settings.Rules, at), cancel) : 0);

    /// <summary>The instant at which a month begins.</summary>
    internal static DateTime MonthOf(DuesRules rules, DateTime at) => TimeZoneInfo.ConvertTimeToUtc(rules.PeriodOf(at).FirstDay.ToDateTime(TimeOnly.MinValue), rules.Zone);

    /// <summary>The first month whose reminders may be of any matter on a day.</summary>
    internal static Period FirstMonth(DateOnly day) => Period.Of(day.AddDays(-ReminderPlan.Day.Most)).Previous.Previous;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private DateOnly Today => settings.Rules.DayOf(Now);

    private async Task<ReminderTerms?> AwakeAsync(CancellationToken cancel) =>
        ReminderPlanner.IsAwake(settings.Rules, Now) ? await store.ReadAsync(work => TermsAsync(work, settings, outbox, Now, cancel), cancel) : null;

    private async Task<int> RemindAsync(IReadOnlyList<Guid> members, CancellationToken cancel)
    {
        var written = 0;
        foreach (var some in members.Chunk(ReadAtOnce))
        {
            var planned = await store.ReadAsync(work => PlanAsync(work, some, cancel), cancel);
            foreach (var few in planned.Chunk(WriteAtOnce))
            {
                written += await store.WriteAsync(work => QueueAsync(work, [.. few.Select(reminder => reminder.To.MemberId)], cancel), cancel);
            }
        }

        return written;
    }

    /// <summary>By the plan as it is now: somebody may have changed it or switched it off meanwhile.</summary>
    private async Task<IReadOnlyList<PlannedReminder>> PlanAsync(IWork work, IReadOnlyList<Guid> ids, CancellationToken cancel) =>
        await TermsAsync(work, settings, outbox, Now, cancel) is { } terms
            ? [.. ReminderPlanner.Plan(terms, await work.Reminders.FactsAsync(ids, FirstMonth(Today), cancel), Now).Where(reminder => reminder.By is not null)]
            : [];

    /// <summary>Planned anew in the transaction, because somebody may have paid since.</summary>
    private async Task<int> QueueAsync(IWork work, IReadOnlyList<Guid> ids, CancellationToken cancel)
    {
        var planned = await PlanAsync(work, ids, cancel);
        foreach (var reminder in planned)
        {
            work.Outbox.Tell(new Notice(Cause.Reminder, reminder.Key.Id, reminder.To.MemberId, reminder.Key.At, reminder.Facts) { Only = reminder.By, CostTiyn = reminder.CostTiyn });
        }

        return planned.Count;
    }
}

/// <summary>A reminder goes only if it would be written at this very moment, with the same months and the same sum.</summary>
public sealed class ReminderCheck(CurrentSettings settings, OutboxRules outbox, TimeProvider clock) : IMessageCheck
{
    public Cause Cause => Cause.Reminder;

    public async Task<bool> HoldsAsync(IWork work, Message message, CancellationToken cancel = default)
    {
        var (key, now) = (ReminderKey.Of(message), clock.GetUtcNow().UtcDateTime);
        if (await work.Reminders.FindPlanAsync(cancel) is not { IsOn: true } plan)
        {
            return false;
        }

        // By the channel it was written for: a better one by now is no reason to say nothing. As if it had not been written, and its money not been set aside.
        var spent = message.Channel.IsPaid ? await work.Reminders.SpentAsync(RemindingService.MonthOf(settings.Rules, now), cancel) : 0;
        var terms = ReminderTerms.Of(plan, settings.Rules, outbox, spent);
        terms = terms with { Channels = [.. terms.Channels.Where(channel => channel == message.Channel)], LeftTiyn = terms.LeftTiyn + message.CostTiyn };
        var facts = await work.Reminders.FactsAsync([message.MemberId], RemindingService.FirstMonth(terms.Dues.DayOf(now)), cancel);
        var without = facts.Select(member => member with { Written = [.. member.Written.Where(written => written.Key != key || written.By != message.Channel)] });
        var planned = ReminderPlanner.Plan(terms, without, now);
        var said = NoticeFacts.Read(message.Facts);
        return planned is [var same] && same.Key == key && same.By == message.Channel && same.Sum.Tenge == said.Tenge && same.Months.SequenceEqual(said.Months ?? []);
    }
}
