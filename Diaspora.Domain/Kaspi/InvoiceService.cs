using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Kaspi;

/// <summary>Bills that an aggregator sends to a payer's phone: asked for once, and whatever it says of them is booked once.</summary>
public sealed class InvoiceService(IStore store, CurrentSettings settings, TimeProvider clock)
{
    /// <summary>Bills go to phones of the country alone: <c>+7</c> and ten digits.</summary>
    private const int PhoneLength = 12;

    /// <summary>Only for what was started just now: whoever has sent the money already, or began before there were bills, is sent none.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    /// <summary>So long a bill is looked after: money may come after it ran out.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(14);

    /// <summary>Notes that a bill is about to be asked for. Whoever finds that note does not ask a second time.</summary>
    /// <returns>Nothing where it was asked for before, nothing was started just now, or the payer has no phone that could get it.</returns>
    public async Task<InvoiceAsk?> BeginAsync(string provider, Guid intentId, CancellationToken cancel = default)
    {
        // Most that is announced is no new intent, and need not wait for a turn to write.
        if (!await store.ReadAsync(async work => await work.Payments.FindAsync(intentId, cancel) is { } intent && IsFresh(intent), cancel))
        {
            return null;
        }

        return await store.WriteAsync(async work =>
        {
            var intent = await work.Payments.FindAsync(intentId, cancel);
            if (intent is null || !IsFresh(intent) || await work.Invoices.OfIntentAsync(intentId, cancel) is not null
                || (await work.Members.FindAsync(intent.PayerId, cancel))?.Phone.Value is not { Length: PhoneLength } phone || !phone.StartsWith("+7", StringComparison.Ordinal))
            {
                return null;
            }

            var order = intent.Id.ToString("N");
            var amount = Money.Sum(from payment in intent.Payments where payment.Status == PaymentStatus.Pending select payment.Amount);
            var invoice = new Invoice(intent.Id, provider, order, amount, Now);
            work.Invoices.Add(invoice);
            work.Audit.Add(new AuditEntry(Actor.Task(provider), AuditAction.InvoiceAsked, nameof(Invoice), invoice.Id, intent.PayerId, null, new { intent.Code, sum = amount.Tenge }, Now));
            return new InvoiceAsk(order, "8" + phone[2..], amount, intent.Code);
        }, cancel);
    }

    /// <summary>Keeps what the aggregator says of a bill, and books its money where it was paid: the intent's, or where that waits no more the payer's oldest months.</summary>
    /// <returns>False where no such bill was asked for.</returns>
    public Task<bool> NoteAsync(string provider, InvoiceNews news, CancellationToken cancel = default) =>
        KnownMoney.BookAsync(reach => store.WriteAsync(async work =>
        {
            if (await work.Invoices.FindAsync(provider, news.Order, news.Number, cancel) is not { } invoice)
            {
                return false;
            }

            var intent = await work.Payments.FindAsync(invoice.IntentId, cancel) ?? throw new DomainException(Problems.NotFound);
            var before = invoice.State;
            invoice.Know(news.Number, news.State, news.Problem, Now);
            if (news.State == InvoiceState.Paid)
            {
                await TakeAsync(work, provider, news, invoice, intent, reach, cancel);
            }

            if (before != invoice.State)
            {
                work.Announce(new PaymentsChanged(intent.Id, [.. intent.MemberIds.Append(intent.PayerId).Distinct()]) { Months = [] });
            }

            return true;
        }, cancel));

    /// <summary>Those whose turn it is to be asked after: often at first, ever less often later, and not any more when they are old. Whoever waits longest is first.</summary>
    public Task<IReadOnlyList<InvoiceRow>> DueAsync(string provider, TimeSpan pause, int most, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            var now = Now;
            var unpaid = await work.Invoices.UnpaidAsync(provider, now - Memory, cancel);
            return (IReadOnlyList<InvoiceRow>)[.. unpaid.Where(invoice => now - invoice.UpdatedAt >= PauseOf(invoice, pause)).Take(most).Select(ToRow)];
        }, cancel);

    /// <exception cref="DomainException">Not found: it is not there, or not paid by the reader.</exception>
    public Task<PayerWays> WaysAsync(Actor actor, Guid intentId, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            var reader = await work.RequireAsync(actor, Permission.Member, cancel);
            var intent = await work.Payments.FindAsync(intentId, cancel);
            if (intent?.PayerId != reader.Id || await work.Members.FindAsync(reader.Id, cancel) is not { } payer)
            {
                throw new DomainException(Problems.NotFound);
            }

            return new PayerWays(settings.Value.Kaspi.AccountPrefix + payer.Number, (await work.Invoices.OfIntentAsync(intentId, cancel))?.State);
        }, cancel);

    private async Task TakeAsync(IWork work, string provider, InvoiceNews news, Invoice invoice, PaymentIntent intent, Reach reach, CancellationToken cancel)
    {
        // Its number may be told late, ours is there from the start. A second number of one order would be a second bill.
        var identity = Evidence.IdentityOf(news.Number is { } number && number != invoice.Number ? $"{provider} {invoice.Order} {number}" : $"{provider} {invoice.Order}");
        if (await work.Evidence.FindAsync(EvidenceSource.Webhook, identity, cancel) is not null)
        {
            return;
        }

        await work.Members.HoldAsync([intent.PayerId], cancel);
        var rules = await work.RulesAsync(settings, cancel);
        var at = TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(news.PaidAt is { } paid && paid <= Now ? paid : Now, DateTimeKind.Utc), rules.Zone);
        var evidence = new Evidence(EvidenceSource.Webhook, identity, DateOnly.FromDateTime(at), TimeOnly.FromDateTime(at), news.Tiyn is > 0 and var tiyn ? tiyn : invoice.Amount.Tenge * 100, Now)
        {
            Operation = news.Number ?? invoice.Number,
            Payer = news.Payer ?? "",
            Message = intent.Code,
            MemberId = intent.PayerId,
            IntentId = intent.Id,
            Raw = news.Raw,
        };
        var target = new MatchTarget(await IsFreeAsync(work, intent, cancel) ? intent.Id : null, intent.PayerId);
        await KnownMoney.TakeAsync(work, settings, Actor.Task(provider), evidence, target, reach, new MatchReason(MatchReasons.Code, intent.Code), Now, cancel);
    }

    /// <summary>It waits, or a cashier confirmed it by what they saw of this same money. What another call of a bank has paid is other money.</summary>
    private static async Task<bool> IsFreeAsync(IWork work, PaymentIntent intent, CancellationToken cancel) =>
        (intent.IsPending || intent.Payments.Any(payment => payment.Status == PaymentStatus.Confirmed))
        && (await work.Evidence.MatchesOfIntentAsync(intent.Id, cancel)).All(match => match.Source is not (EvidenceSource.Biller or EvidenceSource.Webhook));

    private bool IsFresh(PaymentIntent intent) => intent is { IsPending: true, RecordedBy: null, ClaimedAt: null } && Now - intent.CreatedAt < Fresh;

    private static TimeSpan PauseOf(Invoice invoice, TimeSpan pause)
    {
        var grown = (invoice.UpdatedAt - invoice.CreatedAt) / 4;
        return grown > pause ? grown : pause;
    }

    private static InvoiceRow ToRow(Invoice invoice) => new(invoice.IntentId, invoice.Order, invoice.Number, invoice.State, invoice.Amount);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
