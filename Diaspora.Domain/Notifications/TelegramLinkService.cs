using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Diaspora.Domain.Access;

namespace Diaspora.Domain.Notifications;

/// <summary>Connects a member with their chat with the portal's bot: a code that is made on the portal is said in the chat.</summary>
public sealed class TelegramLinkService(IStore store, TimeProvider clock)
{
    /// <summary>So long a code connects a chat.</summary>
    public static readonly TimeSpan CodeLives = TimeSpan.FromMinutes(15);

    private const int CodeBytes = 16;

    /// <summary>Nobody can guess it, and the portal does not keep it: only its hash. One that was made before does not hold any more.</summary>
    public async Task<string> BeginAsync(Actor actor, CancellationToken cancel = default)
    {
        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(CodeBytes));
        await store.WriteAsync(async work =>
        {
            var member = await work.RequireAsync(actor, Permission.Member, cancel);
            (await work.ContactAsync(member.Id, cancel)).Expect(HashOf(code), Now + CodeLives);
            return true;
        }, cancel);
        return code;
    }

    public Task<TelegramState> StateAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            var member = await work.RequireAsync(actor, Permission.Member, cancel);
            return await work.Outbox.ChoiceAsync(member.Id, cancel) is { } contact ? new TelegramState(contact.TelegramSince, contact.TelegramLostAt) : new TelegramState(null, null);
        }, cancel);

    /// <summary>Nothing is told there any more. Where nothing was, that is no fault.</summary>
    public Task<bool> UnlinkAsync(Actor actor, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            var member = await work.RequireAsync(actor, Permission.Member, cancel);
            var contact = await work.Outbox.ChoiceAsync(member.Id, cancel);
            var isLinked = contact?.TelegramChat is not null;
            if (isLinked)
            {
                Leave(work, actor, contact!);
            }

            return isLinked;
        }, cancel);

    /// <summary>«Отправить себе»: by the same way as everything else, to see that it comes.</summary>
    public Task<bool> TryAsync(Actor actor, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            var member = await work.RequireAsync(actor, Permission.Member, cancel);
            var isLinked = await work.Outbox.ChoiceAsync(member.Id, cancel) is { TelegramChat: not null };
            if (isLinked)
            {
                work.Outbox.Tell(new Notice(Cause.Trial, member.Id, member.Id, Now, NoticeFacts.None) { Only = Channel.Telegram });
            }

            return isLinked;
        }, cancel);

    /// <summary>
    /// Somebody said a code in a chat. Said again in the same chat it is answered as before: a call may come twice. A chat that was another member's is this one's now,
    /// as a phone that two people share is with whoever switched it on last.
    /// </summary>
    public Task<TelegramAnswer> LinkAsync(long chat, string code, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            if (code.Length > MemberContact.CodeLength || await work.Outbox.OfTelegramCodeAsync(HashOf(code), cancel) is not { } contact
                || await work.Access.ActingAsync(contact.MemberId, cancel) is not { IsBlocked: false } member || await work.Outbox.RecipientAsync(member.Id, cancel) is not { } person)
            {
                return new TelegramAnswer(TelegramOutcome.Unknown, null);
            }

            if (contact.TelegramChat == chat && contact.TelegramCodeUntil is null)
            {
                return new TelegramAnswer(TelegramOutcome.Linked, person);
            }

            var (wasLinked, other) = (contact.TelegramChat is not null, await work.Outbox.OfTelegramChatAsync(chat, cancel));
            if (!contact.LinkTelegram(chat, Now))
            {
                return new TelegramAnswer(TelegramOutcome.Old, person);
            }

            if (other is not null && other != contact)
            {
                Leave(work, InChat(other), other);
            }

            work.Audit.Add(Entry(InChat(contact), AuditAction.TelegramLinked, contact, wasLinked, isLinked: true));
            work.Announce(new ContactChanged(contact.MemberId));
            return new TelegramAnswer(TelegramOutcome.Linked, person);
        }, cancel);

    /// <summary>Somebody said in the chat that it should end, or has blocked the bot.</summary>
    public Task<TelegramAnswer> LeaveAsync(long chat, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            if (await work.Outbox.OfTelegramChatAsync(chat, cancel) is not { } contact)
            {
                return new TelegramAnswer(TelegramOutcome.None, null);
            }

            var person = await work.Outbox.RecipientAsync(contact.MemberId, cancel);
            Leave(work, InChat(contact), contact);
            return new TelegramAnswer(TelegramOutcome.Left, person);
        }, cancel);

    /// <summary>Whose chat it is.</summary>
    public Task<TelegramAnswer> GreetAsync(long chat, CancellationToken cancel = default) =>
        store.ReadAsync(async work => await work.Outbox.OfTelegramChatAsync(chat, cancel) is { } contact && await work.Outbox.RecipientAsync(contact.MemberId, cancel) is { } person
            ? new TelegramAnswer(TelegramOutcome.Linked, person)
            : new TelegramAnswer(TelegramOutcome.None, null), cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private static string HashOf(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));

    /// <summary>Whoever holds the code, or the chat, is the member.</summary>
    private static Actor InChat(MemberContact contact) => new(contact.MemberId, null, nameof(Channel.Telegram));

    private AuditEntry Entry(Actor actor, AuditAction action, MemberContact contact, bool wasLinked, bool isLinked) =>
        new(actor, action, nameof(MemberContact), contact.MemberId, contact.MemberId, new { telegram = wasLinked }, new { telegram = isLinked }, Now);

    private void Leave(IWork work, Actor actor, MemberContact contact)
    {
        contact.LeaveTelegram();
        work.Audit.Add(Entry(actor, AuditAction.TelegramUnlinked, contact, wasLinked: true, isLinked: false));
        work.Announce(new ContactChanged(contact.MemberId));
    }
}

/// <param name="Since">When the chat was connected; missing where none is.</param>
/// <param name="LostAt">When Telegram said that the chat takes nothing any more.</param>
public sealed record TelegramState(DateTime? Since, DateTime? LostAt);

public enum TelegramOutcome
{
    Linked,

    /// <summary>A code that is none, or was used in another chat.</summary>
    Unknown,
    Old,
    Left,

    /// <summary>The chat is nobody's.</summary>
    None,
}

/// <summary>What is answered in a chat, and to whom where that is known.</summary>
public sealed record TelegramAnswer(TelegramOutcome Outcome, Recipient? Person);
