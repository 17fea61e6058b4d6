using Diaspora.Domain.Access;

namespace Diaspora.Domain.Notifications;

/// <summary>Messages that wait, go and have gone.</summary>
public interface IOutboxRepository
{
    /// <summary>Kept until the store writes it, in the commit of the verb, for the channels that the member has.</summary>
    void Tell(Notice notice);

    /// <summary>What happened to this thing at this moment was undone: nobody is told who was not told yet.</summary>
    Task WithdrawAsync(Guid aboutId, DateTime occurredAt, DateTime now, CancellationToken cancel = default);

    Task<Message?> FindAsync(Guid messageId, CancellationToken cancel = default);

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

    /// <summary>What a member was told, the newest first.</summary>
    Task<IReadOnlyList<MessageRow>> OfMemberAsync(Guid memberId, int most, CancellationToken cancel = default);

    /// <summary>Empties what was written about before <paramref name="utc"/>. That it was told stays.</summary>
    Task<int> ForgetFactsAsync(DateTime utc, CancellationToken cancel = default);

    /// <summary>How many were given up since <paramref name="utc"/>.</summary>
    Task<int> GivenUpAsync(DateTime utc, CancellationToken cancel = default);
}

/// <summary>One message as staff see it.</summary>
/// <param name="At">When it ended, or what it tells happened.</param>
public sealed record MessageRow(Guid Id, Cause Cause, Channel Channel, MessageState State, DateTime At, int Attempts, string? Problem);

public static class OutboxRepositories
{
    extension(IWork work)
    {
        public IOutboxRepository Outbox => work.Repository<IOutboxRepository>();
    }
}
