using Diaspora.Domain.Access;
using Diaspora.Domain.Notifications;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Notifications;

internal sealed class OutboxRepository(DiasporaDbContext context) : IOutboxRepository
{
    private readonly List<Notice> _told = [];

    public void Tell(Notice notice) => _told.Add(notice);

    /// <summary>Adds a message to the unit of work for each channel that whoever is to be told has. One question for all of them.</summary>
    /// <returns>False where nobody is told.</returns>
    public async Task<bool> FillAsync(OutboxRules rules, DateTime now, CancellationToken cancel)
    {
        if (_told.Count == 0 || rules.Channels.Count == 0)
        {
            return false;
        }

        var ids = _told.Select(notice => notice.MemberId).Distinct().ToList();
        var ways = await (
            from member in context.Members
            where ids.Contains(member.Id)
            join choice in context.Set<MemberContact>() on member.Id equals choice.MemberId into choices
            from choice in choices.DefaultIfEmpty()
            select new
            {
                member.Id,
                member.Language,
                HasMail = member.Email != null && (choice == null || choice.DeadMail == null || choice.DeadMail != member.Email),
                HasPush = context.Set<PushDevice>().Any(device => device.MemberId == member.Id),
            })
            .ToDictionaryAsync(way => way.Id, cancel);
        var isTold = false;
        foreach (var notice in _told)
        {
            if (ways.GetValueOrDefault(notice.MemberId) is not { } way)
            {
                continue;
            }

            foreach (var channel in rules.Channels.Where(channel => (notice.Only ?? channel) == channel && (channel == Channel.Mail ? way.HasMail : way.HasPush)))
            {
                context.Add(new Message(notice, channel, way.Language, now, rules.Hold));
                isTold = true;
            }
        }

        return isTold;
    }

    public Task WithdrawAsync(Guid aboutId, DateTime occurredAt, DateTime now, CancellationToken cancel = default) =>
        context.Set<Message>().Where(message => message.AboutId == aboutId && message.OccurredAt == occurredAt && message.State == MessageState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(message => message.State, MessageState.Withdrawn).SetProperty(message => message.EndedAt, now), cancel);

    public Task<Message?> FindAsync(Guid messageId, CancellationToken cancel = default) => context.Set<Message>().FirstOrDefaultAsync(message => message.Id == messageId, cancel);

    public async Task<IReadOnlyList<Guid>> DueAsync(DateTime now, int most, CancellationToken cancel = default) =>
        await context.Set<Message>().Where(message => message.State == MessageState.Waiting && message.DueAt <= now)
            .OrderBy(message => message.DueAt).ThenBy(message => message.Id).Take(most).Select(message => message.Id).ToListAsync(cancel);

    public Task<DateTime?> NextDueAsync(CancellationToken cancel = default) =>
        context.Set<Message>().Where(message => message.State == MessageState.Waiting).MinAsync(message => (DateTime?)message.DueAt, cancel);

    public async Task<IReadOnlyList<Message>> SendingAsync(CancellationToken cancel = default) =>
        await context.Set<Message>().Where(message => message.State == MessageState.Sending).OrderBy(message => message.Id).ToListAsync(cancel);

    public async Task<Recipient?> RecipientAsync(Guid memberId, CancellationToken cancel = default) =>
        await context.Members.Where(member => member.Id == memberId).Select(member => new Recipient(member.Id, member.FullName, member.Email)).FirstOrDefaultAsync(cancel) is { } found
            ? found with { Devices = await context.Set<PushDevice>().AsNoTracking().Where(device => device.MemberId == memberId).OrderBy(device => device.Id).ToListAsync(cancel) }
            : null;

    public async Task<IReadOnlyList<Guid>> StaffAsync(Permission permission, CancellationToken cancel = default)
    {
        var roles = Enum.GetValues<Role>().Where(role => ActingMember.Allows(role, permission)).ToList();
        return await context.Members.Where(member => roles.Contains(member.Role) && member.BlockedAt == null).OrderBy(member => member.Number).Select(member => member.Id).ToListAsync(cancel);
    }

    public async Task<IReadOnlyList<Guid>> ToldAsync(Cause cause, Guid aboutId, DateTime occurredAt, CancellationToken cancel = default) =>
        await context.Set<Message>().Where(message => message.AboutId == aboutId && message.Cause == cause && message.OccurredAt == occurredAt).Select(message => message.MemberId).Distinct().ToListAsync(cancel);

    public Task<MemberContact?> ChoiceAsync(Guid memberId, CancellationToken cancel = default) => context.Set<MemberContact>().FirstOrDefaultAsync(choice => choice.MemberId == memberId, cancel);

    public void Add(MemberContact choice) => context.Add(choice);

    public async Task<IReadOnlyList<MessageRow>> OfMemberAsync(Guid memberId, int most, CancellationToken cancel = default) =>
        await context.Set<Message>().Where(message => message.MemberId == memberId)
            .OrderByDescending(message => message.CreatedAt).ThenByDescending(message => message.Id).Take(most)
            .Select(message => new MessageRow(message.Id, message.Cause, message.Channel, message.State, message.EndedAt ?? message.CreatedAt, message.Attempts, message.Problem)).ToListAsync(cancel);

    public Task<int> ForgetFactsAsync(DateTime utc, CancellationToken cancel = default) =>
        context.Set<Message>().Where(message => message.EndedAt < utc && message.Facts != "").ExecuteUpdateAsync(set => set.SetProperty(message => message.Facts, ""), cancel);

    public Task<int> GivenUpAsync(DateTime utc, CancellationToken cancel = default) =>
        context.Set<Message>().CountAsync(message => message.State == MessageState.GivenUp && message.EndedAt > utc, cancel);
}
