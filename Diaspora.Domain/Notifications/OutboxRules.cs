namespace Diaspora.Domain.Notifications;

/// <summary>Which channels this portal has, and how long it waits with what may be undone. None until somebody says so.</summary>
public sealed class OutboxRules
{
    private volatile IReadOnlyList<Channel> _channels = [];

    /// <summary>Longer than the undo of a decision is shown.</summary>
    public static readonly TimeSpan UsualHold = TimeSpan.FromSeconds(10);

    public IReadOnlyList<Channel> Channels => _channels;

    public TimeSpan Hold { get; private set; } = UsualHold;

    /// <summary>What a message of a channel that costs money would cost in tiyn, by its cause, its language, its member's name and what it says.</summary>
    public Func<Channel, Cause, string, string, NoticeFacts, long> CostOf { get; private set; } = (_, _, _, _, _) => 0;

    public void Use(IReadOnlyList<Channel> channels, TimeSpan hold, Func<Channel, Cause, string, string, NoticeFacts, long>? costOf = null) =>
        (Hold, CostOf, _channels) = (hold, costOf ?? CostOf, channels);
}

/// <summary>Messages were written.</summary>
public sealed record OutboxFilled : Change;
