namespace Diaspora.Domain.Notifications;

/// <summary>How far a message has come. Stored by number.</summary>
public enum MessageState
{
    Waiting = 0,

    /// <summary>Whoever carries it is being asked, or the portal ended over it.</summary>
    Sending = 1,
    Sent = 2,

    /// <summary>Nobody can say whether it went: the portal or the line ended between sending and the answer. It is not sent again.</summary>
    Unsure = 3,

    /// <summary>It did not go for a day.</summary>
    GivenUp = 4,

    /// <summary>There is no such address any more.</summary>
    NoAddress = 5,

    /// <summary>What it tells was undone before it went.</summary>
    Withdrawn = 6,

    /// <summary>Whoever carries it took it, and says that it did not arrive.</summary>
    Undelivered = 7,
}

/// <summary>
/// What one member is told of one event by one channel, once. Written in the commit of the event. It is claimed and that is committed before anybody is asked to carry it,
/// so a portal that ends in between leaves it <see cref="MessageState.Sending"/> and never sends it twice.
/// </summary>
public sealed class Message
{
    public const int FactsLength = 4000;
    public const int LanguageLength = 2;
    public const int ProblemLength = 80;
    public const int ProviderIdLength = 200;

    /// <summary>So long it is tried.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(4);

    private Message()
    {
    }

    public Message(Notice notice, Channel channel, string language, DateTime now, TimeSpan hold)
    {
        (Cause, AboutId, MemberId, OccurredAt) = (notice.Cause, notice.AboutId, notice.MemberId, notice.At);
        (Channel, Language, Facts, CreatedAt) = (channel, language, notice.Facts.Write(), now);
        DueAt = notice.MayBeUndone ? now + hold : now;
        CostTiyn = notice.CostTiyn;
    }

    public Guid Id { get; private set; } = Guid.CreateVersion7();

    public Cause Cause { get; private set; }

    public Guid AboutId { get; private set; }

    public DateTime OccurredAt { get; private set; }

    public Guid MemberId { get; private set; }

    public Channel Channel { get; private set; }

    public string Language { get; private set; } = "";

    /// <summary>As <see cref="NoticeFacts"/>; empty once it was forgotten.</summary>
    public string Facts { get; private set; } = "";

    public MessageState State { get; private set; }

    /// <summary>Not sooner.</summary>
    public DateTime DueAt { get; private set; }

    public int Attempts { get; private set; }

    public DateTime? SendingAt { get; private set; }

    public DateTime? EndedAt { get; private set; }

    /// <summary>What stood in the way the last time, in a word without any address.</summary>
    public string? Problem { get; private set; }

    public DateTime CreatedAt { get; private set; }

    /// <summary>By which whoever carries it knows it.</summary>
    public string? ProviderId { get; private set; }

    public DateTime? DeliveredAt { get; private set; }

    public DateTime? ReadAt { get; private set; }

    /// <summary>In hundredths of a tenge: what it is thought to cost, and once it went what it did.</summary>
    public long CostTiyn { get; private set; }

    /// <returns>False where it is not to be sent now.</returns>
    public bool Claim(DateTime now)
    {
        if (State != MessageState.Waiting || DueAt > now)
        {
            return false;
        }

        (State, SendingAt, Attempts) = (MessageState.Sending, now, Attempts + 1);
        return true;
    }

    /// <summary>What came of it. Whatever ended meanwhile stays as it is.</summary>
    public void Finish(Delivery delivery, DateTime now)
    {
        if (delivery.Outcome == DeliveryOutcome.Taken)
        {
            (ProviderId, CostTiyn) = (delivery.ProviderId ?? ProviderId, delivery.CostTiyn);
        }

        if (State != MessageState.Sending)
        {
            return;
        }

        // Its provider has told of it before it answered: so it went.
        if (ProviderId is not null)
        {
            Problem = null;
            End(MessageState.Sent, now);
            return;
        }

        Problem = Cut(delivery.Problem);
        switch (delivery.Outcome)
        {
            case DeliveryOutcome.Later when now + PauseAfter(delivery.RetryAfter) is var due && due < CreatedAt + Patience:
                (State, DueAt) = (MessageState.Waiting, due);
                break;
            case DeliveryOutcome.Later:
                End(MessageState.GivenUp, now);
                break;
            case DeliveryOutcome.NoAddress:
                End(MessageState.NoAddress, now);
                break;
            case DeliveryOutcome.Unsure:
                End(MessageState.Unsure, now);
                break;
            default:
                End(MessageState.Sent, now);
                break;
        }
    }

    /// <summary>What it says holds no more. What was claimed stays as it is.</summary>
    public void Withdraw(DateTime now)
    {
        if (State == MessageState.Waiting)
        {
            End(MessageState.Withdrawn, now);
        }
    }

    /// <summary>The portal ended over it, and whoever carries it cannot be asked.</summary>
    public void Recover(DateTime now) => Finish(new Delivery(DeliveryOutcome.Unsure, "interrupted"), now);

    /// <summary>
    /// What its provider says of it later. In whatever order it is said and however often, the same remains: read says delivered, delivered outweighs that it failed, and that says more than that it went.
    /// </summary>
    public void Note(DeliveryNews news, DateTime now)
    {
        ProviderId ??= news.ProviderId;

        // No clock of somebody else's tells that it arrived before it was written, or that it will.
        var at = news.At < CreatedAt || news.At > now ? now : news.At;
        switch (news.Kind)
        {
            case DeliveryNewsKind.Read:
                (ReadAt, DeliveredAt) = (Earlier(ReadAt, at), Earlier(DeliveredAt, at));
                break;
            case DeliveryNewsKind.Delivered:
                DeliveredAt = Earlier(DeliveredAt, at);
                break;
            case DeliveryNewsKind.Failed:
                if (DeliveredAt is null && State is not (MessageState.Withdrawn or MessageState.Undelivered))
                {
                    Problem = Cut(news.Problem);
                    End(MessageState.Undelivered, now);
                }

                return;
        }

        if (State is MessageState.Waiting or MessageState.Unsure or MessageState.GivenUp || (State == MessageState.Undelivered && DeliveredAt is not null))
        {
            Problem = null;
            End(MessageState.Sent, now);
        }
    }

    private static string? Cut(string? problem) => problem is { Length: > ProblemLength } ? problem[..ProblemLength] : problem;

    private static DateTime Earlier(DateTime? known, DateTime said) => known < said ? known.Value : said;

    private TimeSpan PauseAfter(TimeSpan? asked)
    {
        var own = FirstPause * Math.Pow(2, Math.Min(Attempts - 1, 20));
        var pause = own < LongestPause ? own : LongestPause;
        return asked > pause ? asked.Value : pause;
    }

    private void End(MessageState state, DateTime now) => (State, EndedAt) = (state, now);
}
