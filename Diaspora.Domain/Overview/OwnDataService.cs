using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Rights;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Overview;

/// <summary>All that the portal holds about the member who asks. Whose it is follows from who asks: there is nothing else to ask by.</summary>
public sealed class OwnDataService(IStore store, CurrentSettings settings, TimeProvider clock)
{
    /// <summary>More devices or messages than anybody has.</summary>
    private const int Most = 1000;

    public Task<OwnData> DataAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            var reader = await work.RequireAsync(actor, Permission.Member, cancel);
            var member = await work.Members.FindAsync(reader.Id, cancel) ?? throw new DomainException(Problems.NotFound);
            IReadOnlyList<HistoryRow> payments = [.. (await work.Payments.HistoryAsync(member.Id, cancel)).Select(row => row.ForMember())];
            var ledger = new Ledger(MemberLedger.FactsOf(member, [.. payments.Select(row => row.ForLedger())]), settings.Rules, Now);
            IEnumerable<MonthInterval> free = [.. member.Exemptions, .. member.Suspensions];
            return new OwnData(
                new OwnProfile(member.Number.Value, member.FullName, member.Phone.Value, member.Email, member.City, member.Iin, member.Role, member.JoinedOn, member.Language, member.CreatedAt),
                member.ConsentAt is { } at ? new OwnConsent(member.ConsentVersion, at) : null,
                [.. (await work.Consents.OfMemberAsync(member.Id, cancel)).Select(past => new OwnConsent(past.Version, past.GivenAt))],
                await work.OwnDeletionsAsync(member.Id, cancel),
                [.. ledger.AllTiles.Where(tile => tile.State is not (MonthState.Before or MonthState.Ahead)).Select(tile => new OwnMonth(tile.Period, tile.State, tile.Amount.Tenge))],
                [.. free.Where(interval => !interval.IsCancelled).Select(interval => new OwnInterval(interval is Exemption, interval.From, interval.To, interval.CreatedAt)).OrderBy(interval => interval.From)],
                [.. payments.Select(OwnPayment.Of)],
                [.. (await work.Credits.KeptAsync(member.Id, cancel)).Select(kept => new OwnCredit(kept.Amount.Tenge, kept.At))],
                [.. (await work.Outbox.OfMemberAsync(member.Id, Most, cancel)).Select(row => new OwnMessage(row.Cause, row.Channel, row.State, row.At, row.DeliveredAt, row.ReadAt))],
                [.. (await work.ChannelConsents.OfMemberAsync(member.Id, cancel)).Select(consent => new OwnChannelConsent(consent.Channel, consent.Version, consent.Text, consent.AgreedAt, consent.WithdrawnAt))],
                OwnContact.Of(await work.Outbox.ChoiceAsync(member.Id, cancel)),
                [.. (await work.Sessions.OfAsync(member.Id, Now, Most, cancel)).Select(session => new OwnSession(session.Device, session.CreatedAt, session.SeenAt))]);
        }, cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}

/// <summary>What the portal holds about one member, in plain values: a file is made of it as it is.</summary>
/// <param name="Consent">Missing where somebody else wrote them down and they never signed in.</param>
/// <param name="Months">Every month that came, and those paid ahead.</param>
public sealed record OwnData(
    OwnProfile Profile, OwnConsent? Consent, IReadOnlyList<OwnConsent> EarlierConsents, IReadOnlyList<OwnDeletion> DeletionRequests, IReadOnlyList<OwnMonth> Months, IReadOnlyList<OwnInterval> Intervals, IReadOnlyList<OwnPayment> Payments, IReadOnlyList<OwnCredit> Credits,
    IReadOnlyList<OwnMessage> Messages, IReadOnlyList<OwnChannelConsent> ChannelConsents, OwnContact Contact, IReadOnlyList<OwnSession> Sessions);

public sealed record OwnProfile(string Number, string FullName, string Phone, string? Email, string? City, string? Iin, Role Role, DateOnly? JoinedOn, string Language, DateTime CreatedAt);

public sealed record OwnConsent(string? Version, DateTime At);

public sealed record OwnMonth(Period Month, MonthState State, long Tenge);

/// <summary>Months without dues.</summary>
public sealed record OwnInterval(bool IsExemption, Period From, Period? To, DateTime DecidedAt);

/// <param name="Receipts">What the files are called that were attached.</param>
public sealed record OwnPayment(string Code, Period Month, long Tenge, PaymentStatus Status, PaymentMethod Method, DateTime CreatedAt, DateTime? ClaimedAt, DateTime? DecidedAt, string? Reason, IReadOnlyList<string> Receipts)
{
    internal static OwnPayment Of(HistoryRow row) => new(
        row.Code, row.Period, row.Amount.Tenge, row.Status, row.Method, row.CreatedAt, row.ClaimedAt, row.DecidedAt, row.Reason, [.. row.Receipts.Select(receipt => receipt.FileName)]);
}

/// <summary>What is left of a payment and is theirs.</summary>
public sealed record OwnCredit(long Tenge, DateTime At);

public sealed record OwnMessage(Cause Cause, Channel Channel, MessageState State, DateTime At, DateTime? DeliveredAt, DateTime? ReadAt);

/// <summary>That they may be written to on their number, and the words they agreed to.</summary>
public sealed record OwnChannelConsent(Channel Channel, string Version, string Text, DateTime AgreedAt, DateTime? WithdrawnAt);

/// <param name="Unwanted">By which channels they do not want to be told.</param>
/// <param name="DeadMail">An address that took no letter.</param>
/// <param name="TelegramChat">The number of their chat with the portal's bot.</param>
public sealed record OwnContact(IReadOnlyList<Channel> Unwanted, string? DeadMail, long? TelegramChat, DateTime? TelegramSince, DateTime? TelegramLostAt)
{
    internal static OwnContact Of(MemberContact? contact) => new(
        [.. MessageWays.Chosen.Where(channel => !MessageWays.IsWanted(contact?.Silenced ?? 0, channel))], contact?.DeadMail, contact?.TelegramChat, contact?.TelegramSince, contact?.TelegramLostAt);
}

public sealed record OwnSession(string? Device, DateTime CreatedAt, DateTime SeenAt);
