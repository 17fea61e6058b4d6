using Diaspora.Data.Members;
using Diaspora.Data.Notifications;
using Diaspora.Domain.Export;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Reminding;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Reminding;

internal sealed class ReminderRepository(DiasporaDbContext context) : IReminderRepository
{
    public Task<ReminderPlan?> FindPlanAsync(CancellationToken cancel = default) => context.Set<ReminderPlan>().FirstOrDefaultAsync(plan => plan.Id == ReminderPlan.OnlyId, cancel);

    public void Add(ReminderPlan plan) => context.Add(plan);

    public async Task<IReadOnlyList<Guid>> MembersAsync(CancellationToken cancel = default) =>
        await context.Members.Where(member => member.JoinedOn != null && member.BlockedAt == null).OrderBy(member => member.Id).Select(member => member.Id).ToListAsync(cancel);

    public async Task<IReadOnlyList<ReminderFacts>> FactsAsync(IReadOnlyList<Guid> memberIds, Period from, CancellationToken cancel = default)
    {
        var people = await new ExportRepository(context).MembersAsync(memberIds, cancel);
        var ways = (await new OutboxRepository(context).WaysAsync(memberIds, cancel)).ToDictionary(way => way.MemberId);

        // What was said or written to a record that became theirs was said and written to them.
        var became = await context.Everybody.Where(record => record.MergedIntoId != null && EF.Parameter(memberIds).Contains(record.MergedIntoId.Value))
            .Select(record => new { record.Id, To = record.MergedIntoId!.Value }).ToDictionaryAsync(record => record.Id, record => record.To, cancel);
        IReadOnlyList<Guid> records = [.. memberIds, .. became.Keys];
        var stopped = await context.Set<ReminderStop>().Where(stop => EF.Parameter(records).Contains(stop.MemberId)).Select(stop => stop.MemberId).ToListAsync(cancel);
        var written = await Reminders(new ReminderKey(from, 0).At).Where(message => EF.Parameter(records).Contains(message.MemberId))
            .Select(message => new { message.MemberId, message.AboutId, message.OccurredAt, message.CreatedAt, message.Channel, message.State, IsRead = message.ReadAt != null }).ToListAsync(cancel);
        var hasStopped = stopped.Select(id => became.GetValueOrDefault(id, id)).ToHashSet();
        var writtenTo = written.ToLookup(
            message => became.GetValueOrDefault(message.MemberId, message.MemberId),
            message => new WrittenReminder(ReminderKey.Of(message.AboutId, message.OccurredAt), message.CreatedAt, message.Channel, message.IsRead ? ReminderFate.Read : FateOf(message.State)));
        return [.. people.Where(person => ways.ContainsKey(person.Member.Id)).Select(person => new ReminderFacts(
            person.Member.Id, person.Member.Number, person.Member.FullName, ways[person.Member.Id].Language, person.Ledger, hasStopped.Contains(person.Member.Id),
            ways[person.Member.Id].For(Cause.Reminder), [.. writtenTo[person.Member.Id]]))];
    }

    public async Task<IReadOnlyList<Guid>> UnreadAsync(DateTime since, DateTime now, CancellationToken cancel = default)
    {
        // Whatever was looked at before, nothing is said again that is stale.
        var (from, until) = (now - ReminderPlanner.Stale, now - ReminderPlanner.ReadWithin);
        var sinceThen = since < from ? from : since - ReminderPlanner.ReadWithin;
        return await context.Set<Message>().Where(message => message.Cause == Cause.Reminder && message.CreatedAt >= from && message.ReadAt == null
                && (message.State == MessageState.GivenUp || message.State == MessageState.NoAddress || message.State == MessageState.Undelivered
                    ? message.EndedAt >= since
                    : message.State != MessageState.Withdrawn && message.CreatedAt <= until && message.CreatedAt >= sinceThen))
            .Select(message => message.MemberId).Distinct().OrderBy(id => id).ToListAsync(cancel);
    }

    public Task<long> SpentAsync(DateTime since, CancellationToken cancel = default) =>
        context.Set<Message>().Where(message => message.Cause == Cause.Reminder && message.CreatedAt >= since && message.CostTiyn > 0
                && message.State != MessageState.Withdrawn && message.State != MessageState.NoAddress && message.State != MessageState.GivenUp)
            .SumAsync(message => message.CostTiyn, cancel);

    public Task<int> WithdrawAllAsync(DateTime now, CancellationToken cancel = default) =>
        context.Set<Message>().Where(message => message.Cause == Cause.Reminder && message.State == MessageState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(message => message.State, MessageState.Withdrawn).SetProperty(message => message.EndedAt, now), cancel);

    public async Task<IReadOnlyList<ReminderStop>> StopsAsync(Guid memberId, CancellationToken cancel = default) =>
        await context.Set<ReminderStop>().Where(stop => context.Everybody.Any(record => record.Id == stop.MemberId && (record.Id == memberId || record.MergedIntoId == memberId))).ToListAsync(cancel);

    public void Add(ReminderStop stop) => context.Add(stop);

    public void Remove(ReminderStop stop) => context.Remove(stop);

    public async Task<IReadOnlyList<SentReminders>> SentAsync(Period from, int within, CancellationToken cancel = default)
    {
        var first = new ReminderKey(from, 0).At;
        var counts = await Reminders(first).GroupBy(message => new { message.OccurredAt, message.AboutId }).Select(group => new
        {
            group.Key.OccurredAt,
            group.Key.AboutId,
            At = group.Min(message => message.CreatedAt),
            Sent = group.Count(message => message.State == MessageState.Sent),
            Waiting = group.Count(message => message.State == MessageState.Waiting || message.State == MessageState.Sending),
            Withdrawn = group.Count(message => message.State == MessageState.Withdrawn),
            All = group.Count(),
            Cost = group.Sum(message => message.State == MessageState.Withdrawn || message.State == MessageState.NoAddress || message.State == MessageState.GivenUp ? 0 : message.CostTiyn),
        }).ToListAsync(cancel);
        var sent = Reminders(first).Where(message => message.State == MessageState.Sent);
        var reached = await ByKeyAsync(sent, cancel);

        // Money that somebody said or brought soon after, and that was confirmed since.
        var paid = await ByKeyAsync(sent.Where(message => context.Payments.Any(payment => payment.MemberId == message.MemberId && payment.Status == PaymentStatus.Confirmed
            && context.Intents.Any(intent => intent.Id == payment.IntentId && (intent.ClaimedAt ?? payment.ConfirmedAt) >= message.EndedAt && (intent.ClaimedAt ?? payment.ConfirmedAt) <= message.EndedAt!.Value.AddDays(within)))), cancel);
        return [.. counts.Select(row => (Row: row, Key: ReminderKey.Of(row.AboutId, row.OccurredAt))).OrderByDescending(row => row.Row.At).Select(row => new SentReminders(
            row.Key, row.Row.At, row.Row.Sent, row.Row.Waiting, row.Row.All - row.Row.Sent - row.Row.Waiting - row.Row.Withdrawn, row.Row.Withdrawn, reached.GetValueOrDefault(row.Key), paid.GetValueOrDefault(row.Key)) { CostTiyn = row.Row.Cost })];
    }

    private static ReminderFate FateOf(MessageState state) => state switch
    {
        MessageState.Withdrawn => ReminderFate.Withdrawn,
        MessageState.GivenUp or MessageState.NoAddress or MessageState.Undelivered => ReminderFate.Lost,
        _ => ReminderFate.Unread,
    };

    private IQueryable<Message> Reminders(DateTime first) => context.Set<Message>().Where(message => message.Cause == Cause.Reminder && message.OccurredAt >= first);

    /// <summary>How many members each reminder is of.</summary>
    private static async Task<Dictionary<ReminderKey, int>> ByKeyAsync(IQueryable<Message> messages, CancellationToken cancel)
    {
        var rows = await messages.GroupBy(message => new { message.OccurredAt, message.AboutId })
            .Select(group => new { group.Key.OccurredAt, group.Key.AboutId, Count = group.Select(message => message.MemberId).Distinct().Count() }).ToListAsync(cancel);
        return rows.ToDictionary(row => ReminderKey.Of(row.AboutId, row.OccurredAt), row => row.Count);
    }
}
