using Diaspora.Domain.Audit;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;

namespace Diaspora.Domain.Payments;

/// <summary>What the cashier does with intents: confirm, reject, undo; and the queue.</summary>
public sealed class ModerationService(IStore store, DuesRules rules, TimeProvider clock)
{
    /// <summary>Confirms all pending months of the intent. The same cashier's second press is answered as the first.</summary>
    /// <exception cref="DomainException">A colleague was first: the sentence names who and when.</exception>
    /// <returns>When it was decided: what an undo of this decision names.</returns>
    public Task<DateTime> ConfirmAsync(Actor actor, Guid intentId, CancellationToken cancel = default) =>
        DecideAsync(actor, intentId, AuditAction.PaymentConfirmed, PaymentStatus.Confirmed, null, (intent, by, now) => intent.Confirm(by, now), cancel);

    /// <exception cref="FormException">No reason.</exception>
    /// <exception cref="DomainException">A colleague was first.</exception>
    /// <returns>When it was decided: what an undo of this decision names.</returns>
    public Task<DateTime> RejectAsync(Actor actor, Guid intentId, RejectPaymentForm form, CancellationToken cancel = default)
    {
        new RejectPaymentFormValidator().Ensure(form);
        var reason = form.Reason.Trim();
        return DecideAsync(actor, intentId, AuditAction.PaymentRejected, PaymentStatus.Rejected, reason, (intent, by, now) => intent.Reject(by, reason, now), cancel);
    }

    /// <summary>The undo: what was confirmed or rejected is pending again.</summary>
    /// <param name="decidedAt">The decision that is meant. Another one, taken meanwhile, is not undone.</param>
    /// <exception cref="DomainException">A colleague decided again since, or a month has another live payment by now.</exception>
    public Task ReopenAsync(Actor actor, Guid intentId, DateTime decidedAt, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            var intent = await work.Payments.FindAsync(intentId, cancel) ?? throw new DomainException(Problems.NotFound);
            if (!intent.IsPending && LastOf(intent).DecidedAt != decidedAt)
            {
                throw await AlreadyAsync(work, intent, cancel);
            }

            var taken = await work.Payments.TakenElsewhereAsync(intent, cancel);
            var back = intent.Payments.Where(payment => payment.CanReopen).ToList();
            if (back.FirstOrDefault(payment => taken.Contains(payment.Period)) is { } twice)
            {
                throw new DomainException(Problems.MonthHasLivePayment, twice.Period);
            }

            var before = Snapshot(intent);
            intent.Reopen(Now);
            PaymentService.Record(work, actor, AuditAction.PaymentReopened, intent, before, Snapshot(intent));
            return true;
        }, cancel);

    public Task<PaymentQueue> QueueAsync(Actor actor, PaymentFilter filter, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            var figures = await work.Payments.FiguresAsync(rules.PeriodOf(Now), cancel);
            return new PaymentQueue(await work.Payments.PageAsync(filter, cancel), figures);
        }, cancel);

    /// <summary>One row, to patch the queue with; missing when there is no such intent.</summary>
    public Task<(PaymentRow? Row, QueueFigures Figures)> RowAsync(Actor actor, Guid intentId, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            return (await work.Payments.RowAsync(intentId, cancel), await work.Payments.FiguresAsync(rules.PeriodOf(Now), cancel));
        }, cancel);

    /// <summary>How many intents wait; the badge of the navigation.</summary>
    public Task<int> WaitingAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            return (await work.Payments.FiguresAsync(rules.PeriodOf(Now), cancel)).Waiting;
        }, cancel);

    /// <exception cref="DomainException">Not found.</exception>
    public Task<StaffIntentDetails> IntentAsync(Actor actor, Guid intentId, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            var row = await work.Payments.RowAsync(intentId, cancel) ?? throw new DomainException(Problems.NotFound);
            var payer = await work.Members.FindAsync(row.PayerId, cancel) ?? throw new DomainException(Problems.NotFound);
            var ledger = new Ledger(DuesService.FactsOf(payer, await work.Payments.HistoryAsync(payer.Id, cancel)), rules, Now);
            return new StaffIntentDetails(row, payer.Number.Value, ledger.Standing, ledger.Debt, ledger.TilesOf(ledger.Current.Year), await work.Audit.OfAsync(intentId, cancel));
        }, cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private Task<DateTime> DecideAsync(
        Actor actor, Guid intentId, AuditAction action, PaymentStatus wanted, string? reason, Action<PaymentIntent, Guid, DateTime> decide, CancellationToken cancel) =>
        store.WriteAsync(async work =>
        {
            var cashier = await work.RequireAsync(actor, Permission.Cashier, cancel);
            var intent = await work.Payments.FindAsync(intentId, cancel) ?? throw new DomainException(Problems.NotFound);
            if (!intent.IsPending)
            {
                var last = LastOf(intent);
                return last.Status == wanted && last.DecidedBy == cashier.Id && last.Reason == reason
                    ? last.DecidedAt!.Value
                    : throw await AlreadyAsync(work, intent, cancel);
            }

            var before = Snapshot(intent);
            decide(intent, cashier.Id, Now);
            PaymentService.Record(work, actor, action, intent, before, Snapshot(intent));
            return LastOf(intent).DecidedAt!.Value;
        }, cancel);

    private static Payment LastOf(PaymentIntent intent) => intent.Payments.MaxBy(payment => payment.DecidedAt)!;

    /// <summary>The sentence that names who was first, and when.</summary>
    private static async Task<DomainException> AlreadyAsync(IWork work, PaymentIntent intent, CancellationToken cancel)
    {
        var last = LastOf(intent);
        if (last.Reason is Reasons.CancelledByMember)
        {
            return new DomainException(Problems.AlreadyCancelled, last.DecidedAt!.Value);
        }

        var who = last.DecidedBy is { } id ? (await work.Members.ActingAsync(id, cancel))?.FullName : null;
        return new DomainException(
            last.Status switch
            {
                PaymentStatus.Confirmed => Problems.AlreadyConfirmed,
                PaymentStatus.Rejected => Problems.AlreadyRejected,
                _ => Problems.AlreadyDecided,
            },
            who ?? "—",
            last.DecidedAt!.Value);
    }

    private static object Snapshot(PaymentIntent intent) => new
    {
        intent.Code,
        payments = intent.Payments.Select(payment => new { payment.Period, amount = payment.Amount.Tenge, payment.Status, payment.Reason }).ToList(),
    };
}
