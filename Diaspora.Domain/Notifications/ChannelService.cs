using Diaspora.Domain.Access;

namespace Diaspora.Domain.Notifications;

/// <summary>An admin looks whether a channel carries anything, by the way that everything goes.</summary>
public sealed class ChannelService(IStore store, OutboxRules rules, TimeProvider clock)
{
    /// <summary>The last trial of each channel.</summary>
    public Task<IReadOnlyList<MessageRow>> TrialsAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            var admin = await work.RequireAsync(actor, Permission.Admin, cancel);
            return await work.Outbox.TrialsAsync(admin.Id, cancel);
        }, cancel);

    /// <summary>«Отправить себе», by this channel alone. Who presses it agrees to be written to by it this once.</summary>
    /// <returns>False where the admin has no address there.</returns>
    public Task<bool> TryAsync(Actor actor, Channel channel, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            var admin = await work.RequireAsync(actor, Permission.Admin, cancel);
            if (!rules.Channels.Contains(channel) || !(channel.IsPaid || (await work.Outbox.WaysAsync([admin.Id], cancel)).Any(ways => ways.Channels.Contains(channel))))
            {
                return false;
            }

            work.Outbox.Tell(new Notice(Cause.Trial, admin.Id, admin.Id, Now, NoticeFacts.None) { Only = channel });
            return true;
        }, cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}

/// <summary>It is known what came of a trial, or more of it.</summary>
public sealed record TrialEnded(Guid MemberId) : Change;
