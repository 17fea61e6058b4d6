using Diaspora.Domain.Access;

namespace Diaspora.Domain.Notifications;

/// <summary>Whether a member may be written to by the channels that cost money. It is said by a press, and taken back by one.</summary>
public sealed class ChannelConsentService(IStore store, OutboxRules rules, TimeProvider clock)
{
    /// <summary>The paid channels that this portal has.</summary>
    public Task<IReadOnlyList<ChannelConsentRow>> ListAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            var member = await work.RequireAsync(actor, Permission.Member, cancel);
            var said = (await work.ChannelConsents.OfMemberAsync(member.Id, cancel)).ToDictionary(consent => consent.Channel);
            var phone = (await work.Outbox.RecipientAsync(member.Id, cancel))?.Phone?.Value;
            return (IReadOnlyList<ChannelConsentRow>)[.. rules.Channels.Where(channel => channel.IsPaid).Select(channel =>
                said.GetValueOrDefault(channel) is { WithdrawnAt: null } consent ? new ChannelConsentRow(channel, consent.AgreedAt, consent.DeadPhone is { } dead && dead == phone) : new ChannelConsentRow(channel, null, false))];
        }, cancel);

    /// <summary>Agreed already, it stays as it was agreed to, unless the number turned out to be none.</summary>
    public Task AgreeAsync(Actor actor, Channel channel, ConsentWords words, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            var member = await work.RequireAsync(actor, Permission.Member, cancel);
            var consent = await work.ChannelConsents.FindAsync(member.Id, channel, cancel);
            if (!channel.IsPaid || consent is { WithdrawnAt: null, DeadPhone: null })
            {
                return false;
            }

            if (consent is null)
            {
                consent = new ChannelConsent(member.Id, channel);
                work.ChannelConsents.Add(consent);
            }

            consent.Agree(words, Now);
            work.Audit.Add(new AuditEntry(actor, AuditAction.ChannelAgreed, nameof(ChannelConsent), member.Id, member.Id, new { isOn = false }, new { isOn = true, channel, version = words.Version }, Now));
            return true;
        }, cancel);

    /// <summary>What still waits to go by it does not go.</summary>
    public Task WithdrawAsync(Actor actor, Channel channel, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            var member = await work.RequireAsync(actor, Permission.Member, cancel);
            if (await work.ChannelConsents.FindAsync(member.Id, channel, cancel) is not { WithdrawnAt: null } consent)
            {
                return false;
            }

            consent.Withdraw(Now);
            var withdrawn = await work.Outbox.WithdrawAsync(member.Id, channel, Now, cancel);
            work.Audit.Add(new AuditEntry(actor, AuditAction.ChannelRefused, nameof(ChannelConsent), member.Id, member.Id, new { isOn = true, channel, version = consent.Version }, new { isOn = false, withdrawn }, Now));
            return true;
        }, cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}

/// <summary>One paid channel as its member sees it.</summary>
/// <param name="AgreedAt">Nothing where they did not.</param>
/// <param name="IsDead">Their number is none there.</param>
public sealed record ChannelConsentRow(Channel Channel, DateTime? AgreedAt, bool IsDead);
