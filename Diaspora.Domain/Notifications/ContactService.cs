using Diaspora.Domain.Access;

namespace Diaspora.Domain.Notifications;

/// <summary>By which channels a member wants to be told.</summary>
public sealed class ContactService(IStore store, OutboxRules outbox, TimeProvider clock)
{
    /// <summary>What this portal has to choose among.</summary>
    public Task<IReadOnlyList<ChannelChoice>> ChannelsAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync<IReadOnlyList<ChannelChoice>>(async work =>
        {
            var member = await work.RequireAsync(actor, Permission.Member, cancel);
            var silenced = (await work.Outbox.ChoiceAsync(member.Id, cancel))?.Silenced ?? 0;
            return [.. outbox.Channels.Intersect(MessageWays.Chosen).Select(channel => new ChannelChoice(channel, MessageWays.IsWanted(silenced, channel)))];
        }, cancel);

    /// <summary>What is so already changes nothing.</summary>
    public Task ChooseAsync(Actor actor, Channel channel, bool isWanted, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            var member = await work.RequireAsync(actor, Permission.Member, cancel);
            var contact = await work.ContactAsync(member.Id, cancel);
            if (MessageWays.Chosen.Contains(channel) && MessageWays.IsWanted(contact.Silenced, channel) != isWanted)
            {
                contact.Want(channel, isWanted);
                work.Audit.Add(new AuditEntry(actor, AuditAction.ChannelsChosen, nameof(MemberContact), member.Id, member.Id, new { channel, wanted = !isWanted }, new { channel, wanted = isWanted }, clock.GetUtcNow().UtcDateTime));
                work.Announce(new ContactChanged(member.Id));
            }

            return true;
        }, cancel);
}

public sealed record ChannelChoice(Channel Channel, bool IsWanted);
