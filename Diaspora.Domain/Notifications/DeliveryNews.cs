namespace Diaspora.Domain.Notifications;

public enum DeliveryNewsKind
{
    Sent = 1,
    Delivered = 2,
    Read = 3,

    /// <summary>It did not arrive and will not.</summary>
    Failed = 4,
}

/// <summary>What a provider says of a message after it took it.</summary>
/// <param name="MessageId">Our own id, where the provider gives it back: its own may be unknown here yet, or for good.</param>
/// <param name="Problem">In a word without any address.</param>
public sealed record DeliveryNews(string ProviderId, Guid? MessageId, DeliveryNewsKind Kind, DateTime At, string? Problem = null)
{
    /// <summary>The number that is none there.</summary>
    public string? DeadPhone { get; init; }
}

/// <summary>What providers say later: in a signed call, or when they are asked.</summary>
public sealed class DeliveryNewsService(IStore store, TimeProvider clock)
{
    /// <summary>Providers give a message up by then.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(4);

    /// <summary>Each message once and by itself, so that what is noted stays noted: the call is repeated.</summary>
    /// <returns>How many are of no message of ours.</returns>
    public async Task<int> NoteAsync(Channel channel, IReadOnlyList<DeliveryNews> news, CancellationToken cancel = default)
    {
        var unknown = 0;
        foreach (var of in news.GroupBy(one => (one.MessageId, one.ProviderId)))
        {
            unknown += await store.WriteAsync(work => NoteAsync(work, channel, [.. of], cancel), cancel) ? 0 : 1;
        }

        return unknown;
    }

    /// <summary>The provider's ids of what was taken, and neither arrived nor failed yet; the oldest first.</summary>
    public Task<IReadOnlyList<string>> AwaitedAsync(Channel channel, int most, CancellationToken cancel = default) =>
        store.ReadAsync(work => work.Outbox.AwaitedAsync(channel, Now - Longest, most, cancel), cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task<bool> NoteAsync(IWork work, Channel channel, IReadOnlyList<DeliveryNews> news, CancellationToken cancel)
    {
        var message = news[0].MessageId is { } id ? await work.Outbox.FindAsync(id, cancel) : null;
        message ??= await work.Outbox.FindAsync(channel, news[0].ProviderId, cancel);
        if (message is null || message.Channel != channel)
        {
            return false;
        }

        foreach (var one in news)
        {
            // A call that comes again after days buries no number that was agreed to anew.
            var was = message.State;
            message.Note(one, Now);
            if (one.DeadPhone is { } dead && was != message.State && message.State == MessageState.Undelivered && await work.ChannelConsents.FindAsync(message.MemberId, channel, cancel) is { } consent)
            {
                consent.Bury(dead);
            }
        }

        if (message.Cause == Cause.Trial)
        {
            work.Announce(new TrialEnded(message.MemberId));
        }

        return true;
    }
}
