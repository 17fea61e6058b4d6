using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Payments;

/// <summary>What a sum can be divided over for one member.</summary>
/// <param name="Credits">Those that are open.</param>
public sealed record PayableMember(Guid Id, string Number, string FullName, string Phone, bool IsBlocked, IReadOnlyList<MonthTile> Payable, IReadOnlyList<CreditRow> Credits);

/// <summary>Money as it really comes: written down by hand, more or less than was claimed, given back, left over.</summary>
public sealed class RecordingService(IStore store, CurrentSettings settings, TimeProvider clock)
{
    /// <summary>What the pages of a recorded sum begin with.</summary>
    /// <exception cref="DomainException">Not found.</exception>
    public Task<PayableMember> PayableAsync(Actor actor, Guid memberId, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            var (member, ledger, _) = await MemberLedger.ReadAsync(work, memberId, settings.Rules, Now, cancel);
            var credits = await work.Credits.OfMemberAsync(memberId, cancel);
            return new PayableMember(
                member.Id, member.Number.Value, member.FullName, member.Phone.Value, member.IsBlocked, ledger.PayableMonths, [.. credits.Where(credit => credit.IsOpen)]);
        }, cancel);

    /// <summary>Books money that came by hand for the months of one member or of several, confirmed at once. The same form sent again is answered with the intent that is there.</summary>
    /// <returns>The intent's id.</returns>
    /// <exception cref="FormException">A field is wrong; the sum does not reach; or something is left over and nobody said that it stays.</exception>
    /// <exception cref="DomainException">A month is paid, waiting or not payable, its member is blocked, a credit is spent, or the form was sent before with something else in it.</exception>
    public Task<Guid> RecordAsync(Actor actor, RecordPaymentForm form, CancellationToken cancel = default)
    {
        new RecordPaymentFormValidator().Ensure(form);
        return store.WriteAsync(async work =>
        {
            var cashier = await work.RequireAsync(actor, Permission.Cashier, cancel);
            await work.Members.HoldAsync([form.PayerId, .. form.Months.Select(month => month.MemberId)], cancel);
            if (await work.Payments.FindAsync(form.Id, cancel) is { } same)
            {
                return same.RecordedBy != cashier.Id ? throw new DomainException(Problems.NotFound)
                    : await IsSaidByAsync(work, same, form, same.CreatedAt, cancel) && same.PayerId == form.PayerId ? same.Id
                    : throw new DomainException(Problems.FormUsed);
            }

            var now = Now;
            var lines = await LinesAsync(work, form, null, now, cancel);
            if (!lines.Any(line => line.MemberId == form.PayerId) && await work.Access.ActingAsync(form.PayerId, cancel) is null)
            {
                throw new DomainException(Problems.NotFound);
            }

            var credits = await CreditsAsync(work, form, [form.PayerId, .. lines.Select(line => line.MemberId)], cancel);
            var remainder = RemainderOf(form, lines, credits, form.PayerId);
            var intent = PaymentIntent.Record(form.Id, await PaymentService.NewCodeAsync(work, cancel), form.PayerId, lines, form.Method, ReceivingOf(form), cashier.Id, now);
            work.Payments.Add(intent);
            Divide(work, actor, intent, credits, remainder, now);
            IntentLog.Record(work, actor, AuditAction.PaymentRecorded, intent, null, WithMoney(intent, credits, remainder));
            return intent.Id;
        }, cancel);
    }

    /// <summary>
    /// Other money came than the intent says: confirms the months it reaches for, rejects the rest, keeps what is left over as a credit.
    /// The same cashier's second press is answered as the first.
    /// </summary>
    /// <returns>When it was decided: what an undo of this decision names.</returns>
    /// <exception cref="FormException">As <see cref="RecordAsync"/>.</exception>
    /// <exception cref="DomainException">As <see cref="RecordAsync"/>; a sum is written down already; or a colleague was first.</exception>
    public Task<DateTime> SettleAsync(Actor actor, Guid intentId, SettlePaymentForm form, CancellationToken cancel = default)
    {
        new SettlePaymentFormValidator().Ensure(form);
        return store.WriteAsync(async work =>
        {
            var cashier = await work.RequireAsync(actor, Permission.Cashier, cancel);
            await work.Members.HoldAsync([.. form.Months.Select(month => month.MemberId)], cancel);
            var intent = await work.Payments.FindAsync(intentId, cancel) ?? throw new DomainException(Problems.NotFound);
            if (!intent.IsPending)
            {
                var last = ModerationService.LastOf(intent);
                return last.DecidedBy == cashier.Id && await IsSaidByAsync(work, intent, form, last.DecidedAt!.Value, cancel)
                    ? last.DecidedAt!.Value
                    : throw await ModerationService.AlreadyAsync(work, last, cancel);
            }

            var now = Now;
            var lines = await LinesAsync(work, form, intent, now, cancel);
            var credits = await CreditsAsync(work, form, [intent.PayerId, .. lines.Select(line => line.MemberId)], cancel);
            if (form.Received == 0 && credits.Count == 0)
            {
                throw new FormException(nameof(form.Received), Problems.SumMissing);
            }

            var remainder = RemainderOf(form, lines, credits, intent.PayerId);
            var before = IntentLog.Snapshot(intent);
            intent.Settle(lines, ReceivingOf(form), cashier.Id, now);
            await ModerationService.CompareAsync(work, intent, now, cancel);
            Divide(work, actor, intent, credits, remainder, now);
            IntentLog.Record(work, actor, AuditAction.PaymentSettled, intent, before, WithMoney(intent, credits, remainder));
            return now;
        }, cancel);
    }

    /// <summary>Gives one month's money back: the month is open again, the payment stays in the history. The same cashier's second press is answered as the first.</summary>
    /// <exception cref="FormException">No reason.</exception>
    /// <exception cref="DomainException">It is not confirmed; or a colleague was first.</exception>
    public Task RefundAsync(Actor actor, Guid intentId, Guid paymentId, RefundPaymentForm form, CancellationToken cancel = default)
    {
        new RefundPaymentFormValidator().Ensure(form);
        var reason = form.Reason.Trim();
        return store.WriteAsync(async work =>
        {
            var cashier = await work.RequireAsync(actor, Permission.Cashier, cancel);
            var intent = await work.Payments.FindAsync(intentId, cancel) ?? throw new DomainException(Problems.NotFound);
            var payment = intent.Find(paymentId);
            if (payment.Status == PaymentStatus.Refunded)
            {
                return payment.DecidedBy == cashier.Id && payment.Reason == reason ? true : throw await ModerationService.AlreadyAsync(work, payment, cancel);
            }

            var before = IntentLog.Snapshot(intent);
            intent.Refund(paymentId, cashier.Id, reason, Now);
            IntentLog.Record(work, actor, AuditAction.PaymentRefunded, intent, before, IntentLog.Snapshot(intent));
            return true;
        }, cancel);
    }

    /// <summary>Writes down that a credit went back to its member. The same cashier's second press is answered as the first.</summary>
    /// <exception cref="FormException">No reason.</exception>
    /// <exception cref="DomainException">Used or returned already.</exception>
    public Task ReturnCreditAsync(Actor actor, Guid creditId, ReturnCreditForm form, CancellationToken cancel = default)
    {
        new ReturnCreditFormValidator().Ensure(form);
        return store.WriteAsync(async work =>
        {
            var cashier = await work.RequireAsync(actor, Permission.Cashier, cancel);
            var credit = await work.Credits.FindAsync(creditId, cancel) ?? throw new DomainException(Problems.NotFound);
            if (credit.Status == CreditStatus.Returned && credit.SettledBy == cashier.Id && credit.Reason == form.Reason.Trim())
            {
                return true;
            }

            var before = Snapshot(credit);
            credit.Return(form.Reason.Trim(), cashier.Id, Now);
            Record(work, actor, AuditAction.CreditReturned, credit, before);
            return true;
        }, cancel);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Whether a form says what was booked at that moment: then it is the same one, sent again.</summary>
    private static async Task<bool> IsSaidByAsync(IWork work, PaymentIntent intent, DivideSumForm form, DateTime at, CancellationToken cancel) =>
        intent.Received is { } received && received.Tenge == form.Received && intent.ReceivedOn == form.ReceivedOn
        && intent.Payments.Where(payment => payment.ConfirmedAt == at).Select(MonthOf).ToHashSet().SetEquals(form.Months)
        && (await work.Credits.OfIntentAsync(intent.Id, cancel)).Where(credit => credit.UsedIntentId == intent.Id).Select(credit => credit.Id).ToHashSet().SetEquals(form.Credits);

    private static ChosenMonth MonthOf(Payment payment) => new(payment.MemberId, payment.Period);

    /// <summary>What the chosen months cost. A claimed month costs what was claimed, any other the fee of its month.</summary>
    private async Task<IReadOnlyList<IntentLine>> LinesAsync(IWork work, DivideSumForm form, PaymentIntent? settled, DateTime now, CancellationToken cancel)
    {
        var rules = await work.RulesAsync(settings, cancel);
        if (form.ReceivedOn > rules.DayOf(now))
        {
            throw new FormException(nameof(form.ReceivedOn), Problems.DayAhead);
        }

        List<IntentLine> lines = [];
        foreach (var months in form.Months.Distinct().GroupBy(month => month.MemberId))
        {
            var ledger = await MemberLedger.ReadAsync(work, months.Key, rules, now, cancel);
            foreach (var month in months.OrderBy(month => month.Period))
            {
                var claimed = settled?.Payments.FirstOrDefault(payment => payment.MemberId == months.Key && payment.Period == month.Period && payment.Status == PaymentStatus.Pending);
                if (claimed is null)
                {
                    ledger.RequirePayable(month.Period);
                }

                lines.Add(new IntentLine(months.Key, month.Period, claimed?.Amount ?? rules.FeeOf(month.Period)));
            }
        }

        return lines;
    }

    /// <exception cref="DomainException">A credit is spent, or belongs to nobody whose months these are.</exception>
    private static async Task<IReadOnlyList<Credit>> CreditsAsync(IWork work, DivideSumForm form, IReadOnlyCollection<Guid> owners, CancellationToken cancel)
    {
        List<Credit> credits = [];
        foreach (var id in form.Credits.Distinct())
        {
            var credit = await work.Credits.FindAsync(id, cancel);
            credits.Add(credit is not null && owners.Contains(credit.MemberId) ? credit : throw new DomainException(Problems.NotFound));
        }

        return credits;
    }

    /// <exception cref="FormException">The sum does not reach; nobody said that what is left over stays; or a part of another member's credit would become the payer's.</exception>
    private static Money RemainderOf(DivideSumForm form, IReadOnlyList<IntentLine> lines, IReadOnlyList<Credit> credits, Guid payerId)
    {
        var received = new Money(form.Received!.Value);
        var there = received + Money.Sum(credits.Select(credit => credit.Amount));
        var wanted = Money.Sum(lines.Select(line => line.Amount));
        var payers = received + Money.Sum(credits.Where(credit => credit.MemberId == payerId).Select(credit => credit.Amount));
        return there < wanted ? throw new FormException(nameof(form.Received), Problems.SumTooSmall, wanted - there)
            : there - wanted > payers ? throw new FormException(nameof(form.KeepsRemainder), Problems.CreditOfAnother, there - wanted - payers)
            : there > wanted && !form.KeepsRemainder ? throw new FormException(nameof(form.KeepsRemainder), Problems.RemainderLeft, there - wanted)
            : there - wanted;
    }

    private static Receiving ReceivingOf(DivideSumForm form) => new(new Money(form.Received!.Value), form.ReceivedOn!.Value, form.Note);

    /// <summary>Uses up the credits, and keeps what is left over as a new one of the payer.</summary>
    private static void Divide(IWork work, Actor actor, PaymentIntent intent, IReadOnlyList<Credit> credits, Money remainder, DateTime now)
    {
        foreach (var credit in credits)
        {
            var before = Snapshot(credit);
            credit.Use(intent.Id, actor.MemberId!.Value, now);
            Record(work, actor, AuditAction.CreditUsed, credit, before);
        }

        if (!remainder.IsZero)
        {
            work.Credits.Add(new Credit(intent.PayerId, remainder, intent.Id, actor.MemberId!.Value, now));
        }
    }

    private static object WithMoney(PaymentIntent intent, IReadOnlyList<Credit> credits, Money remainder) => new
    {
        intent.Code,
        payments = IntentLog.SnapshotOf(intent),
        received = intent.Received?.Tenge,
        receivedOn = intent.ReceivedOn,
        fromCredits = Money.Sum(credits.Select(credit => credit.Amount)).Tenge,
        remainder = remainder.Tenge,
        intent.Note,
    };

    private static object Snapshot(Credit credit) => new { amount = credit.Amount.Tenge, credit.Status, credit.Reason };

    private static void Record(IWork work, Actor actor, AuditAction action, Credit credit, object before)
    {
        work.Audit.Add(new AuditEntry(actor, action, nameof(Credit), credit.Id, credit.MemberId, before, Snapshot(credit), credit.SettledAt!.Value));
        work.Announce(new PaymentsChanged(credit.IntentId, [credit.MemberId]) { Months = [] });
    }
}
