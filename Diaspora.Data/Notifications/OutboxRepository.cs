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
        var ways = (await WaysAsync(ids, cancel)).ToDictionary(way => way.MemberId);
        var isTold = false;
        foreach (var notice in _told)
        {
            if (ways.GetValueOrDefault(notice.MemberId) is not { } way)
            {
                continue;
            }

            foreach (var channel in ChannelsOf(notice, way, rules.Channels))
            {
                context.Add(new Message(notice, channel, way.Language, now, rules.Hold));
                isTold = true;
            }
        }

        return isTold;
    }

    /// <summary>By all that cost nothing and are wanted; where none of those reaches the member, by the first that does.</summary>
    private static IEnumerable<Channel> ChannelsOf(Notice notice, MemberWays way, IReadOnlyList<Channel> ours)
    {
        if (notice.Only is { } only)
        {
            return ours.Where(channel => channel == only && (way.For(notice.Cause).Contains(channel) || (channel.IsPaid && notice.Cause == Cause.Trial)));
        }

        var goes = (way with { Channels = [.. ours.Where(way.Channels.Contains)] }).For(notice.Cause);
        return goes.Any(channel => !channel.IsPaid) ? goes.Where(channel => !channel.IsPaid) : goes.Take(1);
    }

    /// <summary>One question for all of them, and one for the paid channels of whoever agreed to any.</summary>
    public async Task<IReadOnlyList<MemberWays>> WaysAsync(IReadOnlyList<Guid> memberIds, CancellationToken cancel = default)
    {
        var people = await (
            from member in context.Members
            where EF.Parameter(memberIds).Contains(member.Id)
            join choice in context.Set<MemberContact>() on member.Id equals choice.MemberId into choices
            from choice in choices.DefaultIfEmpty()
            select new
            {
                member.Id,
                member.Language,
                member.Phone,
                HasMail = member.Email != null && (choice == null || choice.DeadMail == null || choice.DeadMail != member.Email),
                HasPush = context.Set<PushDevice>().Any(device => device.MemberId == member.Id),
                HasTelegram = choice != null && choice.TelegramChat != null,
                Silenced = choice == null ? 0 : choice.Silenced,
                HasAgreed = context.Set<ChannelConsent>().Any(consent => consent.MemberId == member.Id && consent.WithdrawnAt == null),
            })
            .ToListAsync(cancel);
        IReadOnlyList<Guid> agreed = [.. people.Where(person => person.HasAgreed).Select(person => person.Id)];
        var paid = agreed.Count == 0 ? null : (await context.Set<ChannelConsent>().Where(consent => EF.Parameter(agreed).Contains(consent.MemberId) && consent.WithdrawnAt == null)
            .Select(consent => new { consent.MemberId, consent.Channel, consent.DeadPhone }).ToListAsync(cancel)).ToLookup(consent => consent.MemberId);
        return [.. people.Select(person => new MemberWays(person.Id, person.Language,
        [
            .. person.HasMail ? (IEnumerable<Channel>)[Channel.Mail] : [],
            .. person.HasPush ? (IEnumerable<Channel>)[Channel.Push] : [],
            .. person.HasTelegram ? (IEnumerable<Channel>)[Channel.Telegram] : [],
            .. paid is null ? (IEnumerable<Channel>)[] : paid[person.Id].Where(consent => consent.DeadPhone != person.Phone.Value).Select(consent => consent.Channel).Order(),
        ], person.Silenced))];
    }

    public Task WithdrawAsync(Guid aboutId, DateTime occurredAt, DateTime now, CancellationToken cancel = default) =>
        context.Set<Message>().Where(message => message.AboutId == aboutId && message.OccurredAt == occurredAt && message.State == MessageState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(message => message.State, MessageState.Withdrawn).SetProperty(message => message.EndedAt, now), cancel);

    public Task<int> WithdrawAsync(Guid memberId, Channel channel, DateTime now, CancellationToken cancel = default) =>
        context.Set<Message>().Where(message => message.MemberId == memberId && message.Channel == channel && message.State == MessageState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(message => message.State, MessageState.Withdrawn).SetProperty(message => message.EndedAt, now), cancel);

    public Task<Message?> FindAsync(Channel channel, string providerId, CancellationToken cancel = default) =>
        context.Set<Message>().FirstOrDefaultAsync(message => message.ProviderId == providerId && message.Channel == channel, cancel);

    public async Task<IReadOnlyList<string>> AwaitedAsync(Channel channel, DateTime since, int most, CancellationToken cancel = default) =>
        await context.Set<Message>().Where(message => message.ProviderId != null && message.Channel == channel && message.State == MessageState.Sent && message.DeliveredAt == null && message.EndedAt > since)
            .OrderBy(message => message.EndedAt).ThenBy(message => message.Id).Take(most).Select(message => message.ProviderId!).ToListAsync(cancel);

    public Task<Message?> FindAsync(Guid messageId, CancellationToken cancel = default) => context.Set<Message>().FirstOrDefaultAsync(message => message.Id == messageId, cancel);

    public async Task<IReadOnlyList<Guid>> DueAsync(DateTime now, int most, CancellationToken cancel = default) =>
        await context.Set<Message>().Where(message => message.State == MessageState.Waiting && message.DueAt <= now)
            .OrderBy(message => message.DueAt).ThenBy(message => message.Id).Take(most).Select(message => message.Id).ToListAsync(cancel);

    public Task<DateTime?> NextDueAsync(CancellationToken cancel = default) =>
        context.Set<Message>().Where(message => message.State == MessageState.Waiting).MinAsync(message => (DateTime?)message.DueAt, cancel);

    public async Task<IReadOnlyList<Message>> SendingAsync(CancellationToken cancel = default) =>
        await context.Set<Message>().Where(message => message.State == MessageState.Sending).OrderBy(message => message.Id).ToListAsync(cancel);

    public async Task<Recipient?> RecipientAsync(Guid memberId, CancellationToken cancel = default) =>
        await context.Members.Where(member => member.Id == memberId).Select(member => new Recipient(member.Id, member.FullName, member.Email)
        {
            Phone = member.Phone,
            Language = member.Language,
            TelegramChat = context.Set<MemberContact>().Where(contact => contact.MemberId == memberId).Select(contact => contact.TelegramChat).FirstOrDefault(),
        }).FirstOrDefaultAsync(cancel) is { } found
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

    public Task<MemberContact?> OfTelegramCodeAsync(string hash, CancellationToken cancel = default) => context.Set<MemberContact>().FirstOrDefaultAsync(choice => choice.TelegramCode == hash, cancel);

    public Task<MemberContact?> OfTelegramChatAsync(long chat, CancellationToken cancel = default) => context.Set<MemberContact>().FirstOrDefaultAsync(choice => choice.TelegramChat == chat, cancel);

    public async Task<IReadOnlyList<MessageRow>> OfMemberAsync(Guid memberId, int most, CancellationToken cancel = default) =>
        await Rows(context.Set<Message>().Where(message => message.MemberId == memberId).OrderByDescending(message => message.CreatedAt).ThenByDescending(message => message.Id).Take(most)).ToListAsync(cancel);

    public async Task<IReadOnlyList<MessageRow>> TrialsAsync(Guid memberId, CancellationToken cancel = default)
    {
        var trials = context.Set<Message>().Where(message => message.MemberId == memberId && message.Cause == Cause.Trial);
        return await Rows(trials.Where(message => !trials.Any(later => later.Channel == message.Channel && later.OccurredAt > message.OccurredAt)).OrderBy(message => message.Channel)).ToListAsync(cancel);
    }

    public Task<int> ForgetFactsAsync(DateTime utc, CancellationToken cancel = default) =>
        context.Set<Message>().Where(message => message.EndedAt < utc && message.Facts != "").ExecuteUpdateAsync(set => set.SetProperty(message => message.Facts, ""), cancel);

    public Task<int> GivenUpAsync(DateTime utc, CancellationToken cancel = default) =>
        context.Set<Message>().CountAsync(message => message.State == MessageState.GivenUp && message.EndedAt > utc, cancel);

    private static IQueryable<MessageRow> Rows(IQueryable<Message> messages) => messages.Select(message =>
        new MessageRow(message.Id, message.Cause, message.Channel, message.State, message.EndedAt ?? message.CreatedAt, message.Attempts, message.Problem)
        {
            DeliveredAt = message.DeliveredAt,
            ReadAt = message.ReadAt,
            CostTiyn = message.CostTiyn,
        });
}
