using Diaspora.Domain.Notifications;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Reminding;

/// <summary>Writes today's reminders; the background task's verb.</summary>
public sealed class RemindingService(IStore store, CurrentSettings settings, OutboxRules outbox, TimeProvider clock)
{
    private const int ReadAtOnce = 1000;

    /// <summary>A confirm waits for so many at the most.</summary>
    private const int WriteAtOnce = 200;

    /// <summary>Whoever was reminded today, or was told of the same already, is not reminded again: it may run as often as it likes.</summary>
    /// <returns>How many members were reminded.</returns>
    public async Task<int> RunAsync(CancellationToken cancel = default)
    {
        if (!ReminderPlanner.IsAwake(settings.Rules, Now) || await store.ReadAsync(work => TermsAsync(work, settings, outbox, cancel), cancel) is not { } terms || !ReminderPlanner.IsDay(terms, Today))
        {
            return 0;
        }

        var written = 0;
        foreach (var some in (await store.ReadAsync(work => work.Reminders.MembersAsync(cancel), cancel)).Chunk(ReadAtOnce))
        {
            var planned = await store.ReadAsync(work => PlanAsync(work, some, cancel), cancel);
            foreach (var few in planned.Chunk(WriteAtOnce))
            {
                written += await store.WriteAsync(work => QueueAsync(work, [.. few.Select(reminder => reminder.To.MemberId)], cancel), cancel);
            }
        }

        return written;
    }

    /// <returns>Nothing while reminding is switched off, or the portal has no channel.</returns>
    internal static async Task<ReminderTerms?> TermsAsync(IWork work, CurrentSettings settings, OutboxRules outbox, CancellationToken cancel) =>
        outbox.Channels.Count > 0 && await work.Reminders.FindPlanAsync(cancel) is { IsOn: true } plan ? ReminderTerms.Of(plan, settings.Rules, outbox) : null;

    /// <summary>The first month whose reminders may be of any matter on a day.</summary>
    internal static Period FirstMonth(DateOnly day) => Period.Of(day.AddDays(-ReminderPlan.Day.Most)).Previous.Previous;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private DateOnly Today => settings.Rules.DayOf(Now);

    /// <summary>By the plan as it is now: somebody may have changed it or switched it off meanwhile.</summary>
    private async Task<IReadOnlyList<PlannedReminder>> PlanAsync(IWork work, IReadOnlyList<Guid> ids, CancellationToken cancel) =>
        await TermsAsync(work, settings, outbox, cancel) is { } terms
            ? [.. ReminderPlanner.Plan(terms, await work.Reminders.FactsAsync(ids, FirstMonth(Today), cancel), Now).Where(reminder => reminder.Channels.Count > 0)]
            : [];

    /// <summary>Planned anew in the transaction, because somebody may have paid since.</summary>
    private async Task<int> QueueAsync(IWork work, IReadOnlyList<Guid> ids, CancellationToken cancel)
    {
        var planned = await PlanAsync(work, ids, cancel);
        foreach (var reminder in planned)
        {
            work.Outbox.Tell(new Notice(Cause.Reminder, reminder.Key.Id, reminder.To.MemberId, reminder.Key.At, reminder.Facts));
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
        if (await RemindingService.TermsAsync(work, settings, outbox, cancel) is not { } terms)
        {
            return false;
        }

        var facts = await work.Reminders.FactsAsync([message.MemberId], RemindingService.FirstMonth(terms.Dues.DayOf(now)), cancel);
        var planned = ReminderPlanner.Plan(terms, facts.Select(member => member with { Written = [.. member.Written.Where(written => written.Key != key)] }), now);
        var said = NoticeFacts.Read(message.Facts);
        return planned is [var same] && same.Key == key && same.Channels.Contains(message.Channel) && same.Sum.Tenge == said.Tenge && same.Months.SequenceEqual(said.Months ?? []);
    }
}
