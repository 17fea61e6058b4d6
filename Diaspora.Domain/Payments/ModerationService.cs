using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Payments;

/// <summary>What the cashier decides of intents, whole or month by month: confirm, reject, undo; and the queue.</summary>
public sealed class ModerationService(IStore store, CurrentSettings settings, TimeProvider clock)
{
    /// <summary>Confirms all pending months of the intent. The same cashier's second press is answered as the first.</summary>
    /// <exception cref="DomainException">A colleague was first: the sentence names who and when.</exception>
    /// <returns>When it was decided: what an undo of this decision names.</returns>
    public Task<DateTime> ConfirmAsync(Actor actor, Guid intentId, CancellationToken cancel = default) =>
        DecideAsync(actor, intentId, null, AuditAction.PaymentConfirmed, PaymentStatus.Confirmed, null, (intent, by, now) => intent.Confirm(by, now), cancel);

    /// <summary>As <see cref="ConfirmAsync"/>, for one month of the intent.</summary>
    public Task<DateTime> ConfirmMonthAsync(Actor actor, Guid intentId, Guid paymentId, CancellationToken cancel = default) =>
        DecideAsync(actor, intentId, paymentId, AuditAction.PaymentConfirmed, PaymentStatus.Confirmed, null, (intent, by, now) => intent.Confirm(paymentId, by, now), cancel);

    /// <exception cref="FormException">No reason.</exception>
    /// <exception cref="DomainException">A colleague was first.</exception>
    /// <returns>When it was decided: what an undo of this decision names.</returns>
    public Task<DateTime> RejectAsync(Actor actor, Guid intentId, RejectPaymentForm form, CancellationToken cancel = default)
    {
        var reason = ReasonOf(form);
        return DecideAsync(actor, intentId, null, AuditAction.PaymentRejected, PaymentStatus.Rejected, reason, (intent, by, now) => intent.Reject(by, reason, now), cancel);
    }

    /// <summary>As <see cref="RejectAsync"/>, for one month of the intent.</summary>
    public Task<DateTime> RejectMonthAsync(Actor actor, Guid intentId, Guid paymentId, RejectPaymentForm form, CancellationToken cancel = default)
    {
        var reason = ReasonOf(form);
        return DecideAsync(actor, intentId, paymentId, AuditAction.PaymentRejected, PaymentStatus.Rejected, reason, (intent, by, now) => intent.Reject(paymentId, by, reason, now), cancel);
    }

    /// <summary>The undo: what one decision confirmed or rejected is pending again; months decided at another time stay decided.</summary>
    /// <param name="decidedAt">The decision that is meant. Another one, taken meanwhile, is not undone.</param>
    /// <exception cref="DomainException">A colleague decided again since, a month has another live payment by now, or money was left over.</exception>
    public Task ReopenAsync(Actor actor, Guid intentId, DateTime decidedAt, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            var intent = await work.Payments.FindAsync(intentId, cancel) ?? throw new DomainException(Problems.NotFound);
            await ReopenAsync(work, actor, intent, decidedAt, Now, cancel);
            return true;
        }, cancel);

    /// <summary>The same, within a unit of work: evidence that had led to it waits again.</summary>
    internal static async Task ReopenAsync(IWork work, Actor actor, PaymentIntent intent, DateTime decidedAt, DateTime now, CancellationToken cancel)
    {
        var back = intent.DecidedAt(decidedAt);

        // When another sum was settled, a month may have been booked anew beside the line that was rejected.
        ChosenMonth[] taken = [.. await work.Payments.TakenElsewhereAsync(intent, cancel), .. intent.Payments.Except(back).Where(payment => payment.IsLive).Select(MonthOf)];
        if (back.FirstOrDefault(payment => taken.Contains(MonthOf(payment))) is { } twice)
        {
            throw new DomainException(Problems.MonthHasLivePayment, twice.Period);
        }

        var isMatched = await MatchRelease.RunAsync(work, actor, intent, decidedAt, now, cancel);
        if (back.Count == 0 && !isMatched && intent.Payments.Any(payment => payment.DecidedAt is not null))
        {
            throw await AlreadyAsync(work, LastOf(intent), cancel);
        }

        if (!isMatched && intent.Received is not null && await work.Credits.OfIntentAsync(intent.Id, cancel) is [var credit, ..])
        {
            throw new DomainException(Problems.CreditInTheWay, credit.Amount);
        }

        var before = IntentLog.Snapshot(intent);
        await work.Outbox.WithdrawAsync(intent.Id, decidedAt, now, cancel);
        intent.Reopen(decidedAt, now, isMatched);
        IntentLog.Record(work, actor, AuditAction.PaymentReopened, intent, before, IntentLog.Snapshot(intent));
    }

    public Task<PaymentQueue> QueueAsync(Actor actor, PaymentFilter filter, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            var page = await Paging.OrLastAsync(filter.Number, number => work.Payments.PageAsync(filter with { Number = number }, settings.Rules, Now, cancel));
            var figures = await work.FiguresAsync(settings.Rules, Now, cancel);

            // Where all that are open are among the rows, nothing more is read for what should be looked at twice.
            var isWhole = page.Items.Count(row => row.CanDecide) == figures.Open;
            return new PaymentQueue(page, figures with { Attention = isWhole ? page.Items.Count(row => row.CanDecide && row.Warnings.Count > 0) : await work.Payments.AttentionAsync(settings.Rules, Now, cancel) });
        }, cancel);

    /// <summary>What the reader decided themselves on a day, to be held against the bank.</summary>
    /// <param name="day">Today where it is missing.</param>
    public Task<IReadOnlyList<DecidedRow>> DayAsync(Actor actor, DateOnly? day, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            var cashier = await work.RequireAsync(actor, Permission.Cashier, cancel);
            var on = day ?? settings.Rules.DayOf(Now);
            return await work.Payments.DecidedAsync(cashier.Id, StartOf(on), StartOf(on.AddDays(1)), cancel);
        }, cancel);

    private DateTime StartOf(DateOnly day) => TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(TimeOnly.MinValue), settings.Rules.Zone);

    /// <exception cref="DomainException">Not found.</exception>
    public Task<StaffIntentDetails> IntentAsync(Actor actor, Guid intentId, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            var row = await work.Payments.RowAsync(intentId, settings.Rules, Now, cancel) ?? throw new DomainException(Problems.NotFound);
            var (payer, ledger, _) = await MemberLedger.ReadAsync(work, row.PayerId, settings.Rules, Now, cancel);
            return new StaffIntentDetails(row, payer.Number.Value, ledger.Standing, ledger.Debt, ledger.TilesOf(ledger.Current.Year), await work.Audit.OfAsync(intentId, cancel))
            {
                Credits = row.Received is null ? [] : await work.Credits.OfIntentAsync(intentId, cancel),
            };
        }, cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private static string ReasonOf(RejectPaymentForm form)
    {
        new RejectPaymentFormValidator().Ensure(form);
        return form.Reason.Trim();
    }

    /// <param name="paymentId">The one month that is meant; all that are pending where it is missing.</param>
    private Task<DateTime> DecideAsync(
        Actor actor, Guid intentId, Guid? paymentId, AuditAction action, PaymentStatus wanted, string? reason, Action<PaymentIntent, Guid, DateTime> decide, CancellationToken cancel) =>
        store.WriteAsync(async work =>
        {
            var cashier = await work.RequireAsync(actor, Permission.Cashier, cancel);
            var intent = await work.Payments.FindAsync(intentId, cancel) ?? throw new DomainException(Problems.NotFound);
            var month = paymentId is { } id ? intent.Find(id) : null;
            if (month is null ? !intent.IsPending : month.Status != PaymentStatus.Pending)
            {
                var last = month ?? LastOf(intent);
                return last.Status == wanted && last.DecidedBy == cashier.Id && last.Reason == reason
                    ? last.DecidedAt!.Value
                    : throw await AlreadyAsync(work, last, cancel);
            }

            var before = IntentLog.Snapshot(intent);
            var now = Now;
            decide(intent, cashier.Id, now);
            await CompareAsync(work, intent, now, cancel);
            IntentLog.Record(work, actor, action, intent, before, IntentLog.Snapshot(intent));
            return (month ?? LastOf(intent)).DecidedAt!.Value;
        }, cancel);

    /// <summary>Holds what a person decided against what the portal would have confirmed.</summary>
    internal static async Task CompareAsync(IWork work, PaymentIntent intent, DateTime now, CancellationToken cancel)
    {
        if (intent.IsPending)
        {
            return;
        }

        foreach (var evidence in await work.Evidence.ForeseenAsync(intent.Id, cancel))
        {
            evidence.Compare(intent.Payments.All(payment => payment.Status == PaymentStatus.Confirmed), now);
        }
    }

    private static ChosenMonth MonthOf(Payment payment) => new(payment.MemberId, payment.Period);

    internal static Payment LastOf(PaymentIntent intent) => intent.Payments.MaxBy(payment => payment.DecidedAt)!;

    /// <summary>The sentence that names who was first, and when.</summary>
    internal static async Task<DomainException> AlreadyAsync(IWork work, Payment last, CancellationToken cancel)
    {
        if (last.Reason is Reasons.CancelledByMember)
        {
            return new DomainException(Problems.AlreadyCancelled, last.DecidedAt!.Value);
        }

        var who = last.DecidedBy is { } id ? await work.Access.NameOfAsync(id, cancel) : null;
        return new DomainException(
            last.Status switch
            {
                PaymentStatus.Confirmed => Problems.AlreadyConfirmed,
                PaymentStatus.Rejected => Problems.AlreadyRejected,
                PaymentStatus.Refunded => Problems.AlreadyRefunded,
                _ => Problems.AlreadyDecided,
            },
            who ?? "—",
            last.DecidedAt!.Value);
    }
}
