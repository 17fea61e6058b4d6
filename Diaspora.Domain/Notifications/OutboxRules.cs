namespace Diaspora.Domain.Notifications;

/// <summary>Which channels this portal has, and how long it waits with what may be undone. None until somebody says so.</summary>
public sealed class OutboxRules
{
    private volatile IReadOnlyList<Channel> _channels = [];

    /// <summary>Longer than the undo of a decision is shown.</summary>
    public static readonly TimeSpan UsualHold = TimeSpan.FromSeconds(10);

    public IReadOnlyList<Channel> Channels => _channels;

    public TimeSpan Hold { get; private set; } = UsualHold;

    public void Use(IReadOnlyList<Channel> channels, TimeSpan hold) => (Hold, _channels) = (hold, channels);
}

/// <summary>Messages were written.</summary>
public sealed record OutboxFilled : Change;
