namespace Diaspora.Domain.Notifications;

/// <summary>That a member may be written to on a phone number by a channel that costs money: when they agreed, and to which words.</summary>
public sealed class ChannelConsent
{
    public const int VersionLength = 20;
    public const int TextLength = 600;
    public const int PhoneLength = 20;

    private ChannelConsent()
    {
    }

    public ChannelConsent(Guid memberId, Channel channel) => (MemberId, Channel) = (memberId, channel);

    public Guid MemberId { get; private set; }

    public Channel Channel { get; private set; }

    public string Version { get; private set; } = "";

    /// <summary>The words as they stood before the member, in their language.</summary>
    public string Text { get; private set; } = "";

    public DateTime AgreedAt { get; private set; }

    /// <summary>Nothing as long as it holds.</summary>
    public DateTime? WithdrawnAt { get; private set; }

    /// <summary>The number that is none there. Another one in its place is tried again.</summary>
    public string? DeadPhone { get; private set; }

    /// <summary>Agreed anew, also to a number that was none: its owner says that it is one.</summary>
    public void Agree(ConsentWords words, DateTime now) =>
        (Version, Text, AgreedAt, WithdrawnAt, DeadPhone) = (words.Version, words.Text.Length > TextLength ? words.Text[..TextLength] : words.Text, now, null, null);

    public void Withdraw(DateTime now) => WithdrawnAt ??= now;

    public void Bury(string phone) => DeadPhone = phone.Length > PhoneLength ? phone[..PhoneLength] : phone;
}

/// <summary>What a member is asked to agree to.</summary>
public sealed record ConsentWords(string Version, string Text);

public interface IChannelConsentRepository
{
    Task<ChannelConsent?> FindAsync(Guid memberId, Channel channel, CancellationToken cancel = default);

    /// <summary>Those that hold and those that were withdrawn.</summary>
    Task<IReadOnlyList<ChannelConsent>> OfMemberAsync(Guid memberId, CancellationToken cancel = default);

    void Add(ChannelConsent consent);
}

public static class ChannelConsentRepositories
{
    extension(IWork work)
    {
        public IChannelConsentRepository ChannelConsents => work.Repository<IChannelConsentRepository>();
    }
}
