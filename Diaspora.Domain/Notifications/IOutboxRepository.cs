using Diaspora.Domain.Access;

namespace Diaspora.Domain.Notifications;

/// <summary>Messages that wait, go and have gone.</summary>
public interface IOutboxRepository
{
    /// <summary>Kept until the store writes it, in the commit of the verb, for the channels that the member has.</summary>
    void Tell(Notice notice);

    /// <summary>What happened to this thing at this moment was undone: nobody is told who was not told yet.</summary>
    Task WithdrawAsync(Guid aboutId, DateTime occurredAt, DateTime now, CancellationToken cancel = default);

    /// <summary>What waits to go to this member by this channel does not go.</summary>
    /// <returns>How many.</returns>
    Task<int> WithdrawAsync(Guid memberId, Channel channel, DateTime now, CancellationToken cancel = default);

    Task<Message?> FindAsync(Guid messageId, CancellationToken cancel = default);

    Task<Message?> FindAsync(Channel channel, string providerId, CancellationToken cancel = default);

    /// <summary>The provider's ids of what it took since, and of which nothing final is known.</summary>
    Task<IReadOnlyList<string>> AwaitedAsync(Channel channel, DateTime since, int most, CancellationToken cancel = default);

    /// <summary>By what each of these members can be reached, whether this portal has it or not.</summary>
    Task<IReadOnlyList<MemberWays>> WaysAsync(IReadOnlyList<Guid> memberIds, CancellationToken cancel = default);

    /// <summary>What may go now, the oldest first.</summary>
    Task<IReadOnlyList<Guid>> DueAsync(DateTime now, int most, CancellationToken cancel = default);

    /// <summary>When the next one may go; missing where none waits.</summary>
    Task<DateTime?> NextDueAsync(CancellationToken cancel = default);

    /// <summary>What is on its way, or was when a portal ended.</summary>
    Task<IReadOnlyList<Message>> SendingAsync(CancellationToken cancel = default);

    /// <returns>Nothing for a member who is there no more.</returns>
    Task<Recipient?> RecipientAsync(Guid memberId, CancellationToken cancel = default);

    /// <summary>Who may do this and is not blocked.</summary>
    Task<IReadOnlyList<Guid>> StaffAsync(Permission permission, CancellationToken cancel = default);

    /// <summary>Who was told of this already, whatever came of it.</summary>
    Task<IReadOnlyList<Guid>> ToldAsync(Cause cause, Guid aboutId, DateTime occurredAt, CancellationToken cancel = default);

    Task<MemberContact?> ChoiceAsync(Guid memberId, CancellationToken cancel = default);

    void Add(MemberContact choice);

    /// <summary>Whose code it is, used or not.</summary>
    Task<MemberContact?> OfTelegramCodeAsync(string hash, CancellationToken cancel = default);

    /// <summary>Whose chat it is.</summary>
    Task<MemberContact?> OfTelegramChatAsync(long chat, CancellationToken cancel = default);

    /// <summary>What a member was told, the newest first.</summary>
    Task<IReadOnlyList<MessageRow>> OfMemberAsync(Guid memberId, int most, CancellationToken cancel = default);

    /// <summary>The last trial of each channel.</summary>
    Task<IReadOnlyList<MessageRow>> TrialsAsync(Guid memberId, CancellationToken cancel = default);

    /// <summary>Empties what was written about before <paramref name="utc"/>. That it was told stays.</summary>
    Task<int> ForgetFactsAsync(DateTime utc, CancellationToken cancel = default);

    /// <summary>How many were given up since <paramref name="utc"/>.</summary>
    Task<int> GivenUpAsync(DateTime utc, CancellationToken cancel = default);
}

/// <summary>One message as staff see it.</summary>
/// <param name="At">When it ended, or what it tells happened.</param>
public sealed record MessageRow(Guid Id, Cause Cause, Channel Channel, MessageState State, DateTime At, int Attempts, string? Problem)
{
    public DateTime? DeliveredAt { get; init; }

    public DateTime? ReadAt { get; init; }

    public long CostTiyn { get; init; }
}

/// <summary>By what a member can be reached.</summary>
/// <param name="Channels">Paid ones only by consent.</param>
/// <param name="Silenced">As <see cref="MemberContact.Silenced"/>.</param>
public sealed record MemberWays(Guid MemberId, string Language, IReadOnlyList<Channel> Channels, int Silenced)
{
    public IReadOnlyList<Channel> For(Cause cause) => MessageWays.For(cause, Channels, Silenced);
}

public static class OutboxRepositories
{
    extension(IWork work)
    {
        public IOutboxRepository Outbox => work.Repository<IOutboxRepository>();
    }
}
