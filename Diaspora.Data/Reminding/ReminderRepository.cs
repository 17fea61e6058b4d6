using Diaspora.Data.Members;
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
        var languages = await context.Members.Where(member => EF.Parameter(memberIds).Contains(member.Id)).Select(member => new { member.Id, member.Language }).ToDictionaryAsync(member => member.Id, member => member.Language, cancel);
        var contacts = await context.Set<MemberContact>().AsNoTracking().Where(contact => EF.Parameter(memberIds).Contains(contact.MemberId)).ToDictionaryAsync(contact => contact.MemberId, cancel);
        var phones = (await context.Set<PushDevice>().Where(device => EF.Parameter(memberIds).Contains(device.MemberId)).Select(device => device.MemberId).Distinct().ToListAsync(cancel)).ToHashSet();

        // What was said or written to a record that became theirs was said and written to them.
        var became = await context.Everybody.Where(record => record.MergedIntoId != null && EF.Parameter(memberIds).Contains(record.MergedIntoId.Value))
            .Select(record => new { record.Id, To = record.MergedIntoId!.Value }).ToDictionaryAsync(record => record.Id, record => record.To, cancel);
        IReadOnlyList<Guid> records = [.. memberIds, .. became.Keys];
        var stopped = await context.Set<ReminderStop>().Where(stop => EF.Parameter(records).Contains(stop.MemberId)).Select(stop => stop.MemberId).ToListAsync(cancel);
        var written = await Reminders(new ReminderKey(from, 0).At).Where(message => EF.Parameter(records).Contains(message.MemberId))
            .Select(message => new { message.MemberId, message.AboutId, message.OccurredAt, message.CreatedAt, message.State }).ToListAsync(cancel);
        var hasStopped = stopped.Select(id => became.GetValueOrDefault(id, id)).ToHashSet();
        var writtenTo = written.ToLookup(
            message => became.GetValueOrDefault(message.MemberId, message.MemberId),
            message => new WrittenReminder(ReminderKey.Of(message.AboutId, message.OccurredAt), message.CreatedAt, message.State == MessageState.Withdrawn));
        return [.. people.Where(person => languages.ContainsKey(person.Member.Id)).Select(person => new ReminderFacts(
            person.Member.Id, person.Member.Number, person.Member.FullName, languages[person.Member.Id], person.Ledger, hasStopped.Contains(person.Member.Id),
            MessageWays.For(Cause.Reminder, [.. Ways(person.Member)], contacts.GetValueOrDefault(person.Member.Id)?.Silenced ?? 0), [.. writtenTo[person.Member.Id]]))];

        IEnumerable<Channel> Ways(ExportedMember member)
        {
            if (member.Email is { } mail && contacts.GetValueOrDefault(member.Id)?.DeadMail != mail)
            {
                yield return Channel.Mail;
            }

            if (phones.Contains(member.Id))
            {
                yield return Channel.Push;
            }

            if (contacts.GetValueOrDefault(member.Id) is { TelegramChat: not null })
            {
                yield return Channel.Telegram;
            }
        }
    }

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
        }).ToListAsync(cancel);
        var sent = Reminders(first).Where(message => message.State == MessageState.Sent);
        var reached = await ByKeyAsync(sent, cancel);

        // Money that somebody said or brought soon after, and that was confirmed since.
        var paid = await ByKeyAsync(sent.Where(message => context.Payments.Any(payment => payment.MemberId == message.MemberId && payment.Status == PaymentStatus.Confirmed
            && context.Intents.Any(intent => intent.Id == payment.IntentId && (intent.ClaimedAt ?? payment.ConfirmedAt) >= message.EndedAt && (intent.ClaimedAt ?? payment.ConfirmedAt) <= message.EndedAt!.Value.AddDays(within)))), cancel);
        return [.. counts.Select(row => (Row: row, Key: ReminderKey.Of(row.AboutId, row.OccurredAt))).OrderByDescending(row => row.Row.At).Select(row => new SentReminders(
            row.Key, row.Row.At, row.Row.Sent, row.Row.Waiting, row.Row.All - row.Row.Sent - row.Row.Waiting - row.Row.Withdrawn, row.Row.Withdrawn, reached.GetValueOrDefault(row.Key), paid.GetValueOrDefault(row.Key)))];
    }

    private IQueryable<Message> Reminders(DateTime first) => context.Set<Message>().Where(message => message.Cause == Cause.Reminder && message.OccurredAt >= first);

    /// <summary>How many members each reminder is of.</summary>
    private static async Task<Dictionary<ReminderKey, int>> ByKeyAsync(IQueryable<Message> messages, CancellationToken cancel)
    {
        var rows = await messages.GroupBy(message => new { message.OccurredAt, message.AboutId })
            .Select(group => new { group.Key.OccurredAt, group.Key.AboutId, Count = group.Select(message => message.MemberId).Distinct().Count() }).ToListAsync(cancel);
        return rows.ToDictionary(row => ReminderKey.Of(row.AboutId, row.OccurredAt), row => row.Count);
    }
}
