namespace Diaspora.Domain.Notifications;

/// <summary>What is known of the ways to a member besides their addresses, and which of them they want. Without one, everything is as it is at first.</summary>
public sealed class MemberContact
{
    public const int MailLength = 254;
    public const int CodeLength = 64;

    private MemberContact()
    {
    }

    public MemberContact(Guid memberId) => MemberId = memberId;

    public Guid MemberId { get; private set; }

    /// <summary>The address that no letter reaches. Another one in its place is tried again.</summary>
    public string? DeadMail { get; private set; }

    /// <summary>The channels that the member does not want, a bit each.</summary>
    public int Silenced { get; private set; }

    /// <summary>The chat with the portal's bot.</summary>
    public long? TelegramChat { get; private set; }

    public DateTime? TelegramSince { get; private set; }

    /// <summary>Telegram said that the chat takes nothing any more, and it was not connected anew.</summary>
    public DateTime? TelegramLostAt { get; private set; }

    /// <summary>The hash of the last code. It stays after it was used, so that a call which comes twice is known again.</summary>
    public string? TelegramCode { get; private set; }

    /// <summary>Until then the code connects a chat, once; missing after it did.</summary>
    public DateTime? TelegramCodeUntil { get; private set; }

    public void Bury(string mail) => DeadMail = mail;

    public void Want(Channel channel, bool isWanted) => Silenced = isWanted ? Silenced & ~MessageWays.Bit(channel) : Silenced | MessageWays.Bit(channel);

    /// <summary>Only the newest code holds.</summary>
    public void Expect(string codeHash, DateTime until) => (TelegramCode, TelegramCodeUntil) = (codeHash, until);

    /// <returns>False where the code was used, or is too old.</returns>
    public bool LinkTelegram(long chat, DateTime now)
    {
        if (TelegramCodeUntil is not { } until || until <= now)
        {
            return false;
        }

        (TelegramChat, TelegramSince, TelegramLostAt, TelegramCodeUntil) = (chat, now, null, null);
        return true;
    }

    /// <summary>By the member's own wish, or because the chat is somebody else's now.</summary>
    public void LeaveTelegram() => (TelegramChat, TelegramSince, TelegramLostAt) = (null, null, null);

    /// <summary>Telegram takes nothing for it any more.</summary>
    public void LoseTelegram(DateTime now) => (TelegramChat, TelegramSince, TelegramLostAt) = (null, null, now);
}

/// <summary>The ways to a member, or what they want of them, are others now.</summary>
public sealed record ContactChanged(Guid MemberId) : Change;

public static class MemberContacts
{
    /// <summary>The member's, made where there is none.</summary>
    public static async Task<MemberContact> ContactAsync(this IWork work, Guid memberId, CancellationToken cancel = default)
    {
        if (await work.Outbox.ChoiceAsync(memberId, cancel) is { } known)
        {
            return known;
        }

        var contact = new MemberContact(memberId);
        work.Outbox.Add(contact);
        return contact;
    }
}
