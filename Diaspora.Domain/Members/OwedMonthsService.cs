using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Members;

/// <summary>What an admin changes of the months a member owes: exemptions, suspensions, the joining month.</summary>
public sealed class OwedMonthsService(IStore store, CurrentSettings settings, TimeProvider clock)
{
    /// <exception cref="FormException">No month, no reason, or the months are the wrong way round; or payments of them wait for check, and the form does not accept those.</exception>
    /// <exception cref="DomainException">Another exemption has one of the months, or one of them is paid.</exception>
    /// <returns>The exemption's id.</returns>
    public Task<Guid> ExemptAsync(Actor actor, Guid memberId, MonthIntervalForm form, CancellationToken cancel = default) =>
        AddAsync(actor, memberId, form, AuditAction.MemberExempted, (member, reason, by, now) => member.Exempt(form.From!.Value, form.To, reason, by, now), cancel);

    /// <inheritdoc cref="ExemptAsync"/>
    /// <returns>The suspension's id.</returns>
    public Task<Guid> SuspendAsync(Actor actor, Guid memberId, MonthIntervalForm form, CancellationToken cancel = default) =>
        AddAsync(actor, memberId, form, AuditAction.MemberSuspended, (member, reason, by, now) => member.Suspend(form.From!.Value, form.To, reason, by, now), cancel);

    /// <summary>Who has paid for a month of the interval without anybody having checked it. Told before the months are set, because such a payment stays in the queue.</summary>
    /// <exception cref="FormException">No month, no reason, or the months are the wrong way round.</exception>
    public Task<IReadOnlyList<WaitingMonths>> WaitingAsync(Actor actor, IReadOnlyList<Guid> memberIds, MonthIntervalForm form, CancellationToken cancel = default)
    {
        new MonthIntervalFormValidator().Ensure(form);
        var span = new PeriodSpan(form.From!.Value, form.To);
        return store.ReadAsync<IReadOnlyList<WaitingMonths>>(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            List<WaitingMonths> waiting = [];
            foreach (var memberId in memberIds)
            {
                if (MonthsIn(span, PaidMonthState.Pending, await work.PaidMonths.OfMemberAsync(memberId, cancel)) is { Count: > 0 } months)
                {
                    waiting.Add(new WaitingMonths(memberId, await work.Access.NameOfAsync(memberId, cancel) ?? throw new DomainException(Problems.NotFound), months));
                }
            }

            return waiting;
        }, cancel);
    }

    /// <summary>Brings the end of an exemption or a suspension forward. An end before its first month cancels it.</summary>
    /// <exception cref="DomainException">It ends then or earlier already.</exception>
    public Task EndAsync(Actor actor, Guid memberId, Guid intervalId, EndIntervalForm form, CancellationToken cancel = default)
    {
        new EndIntervalFormValidator().Ensure(form);
        return store.WriteAsync(async work =>
        {
            var admin = await work.RequireAsync(actor, Permission.Admin, cancel);
            var member = await work.Members.FindAsync(memberId, cancel) ?? throw new DomainException(Problems.NotFound);
            var to = member.Exemptions.Concat<MonthInterval>(member.Suspensions).FirstOrDefault(interval => interval.Id == intervalId)?.To;
            await RequireSeenAsync(work, member, nameof(form.Last), (form.Seen, form.Last, to), [nameof(MonthInterval.To)], cancel);
            var interval = member.EndInterval(intervalId, form.Last!.Value, admin.Id, Now);
            Record(work, actor, interval is Exemption ? AuditAction.ExemptionEnded : AuditAction.SuspensionEnded, member, new { interval.From, To = to }, new { interval.From, interval.To });
            return true;
        }, cancel);
    }

    /// <summary>Changes from which month on dues are owed.</summary>
    /// <exception cref="FormException">No month or reason; too far ahead; or months before it are paid and nobody said that this is known.</exception>
    public Task MoveJoiningAsync(Actor actor, Guid memberId, MoveJoiningForm form, CancellationToken cancel = default)
    {
        new MoveJoiningFormValidator().Ensure(form);
        return store.WriteAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            var member = await work.Members.FindAsync(memberId, cancel) ?? throw new DomainException(Problems.NotFound);
            var month = form.Month!.Value;
            var joined = member.JoinedOn is { } day ? Period.Of(day) : (Period?)null;
            await RequireSeenAsync(work, member, nameof(form.Month), (form.Seen, month, joined), [nameof(member.JoinedOn), nameof(MemberField.JoinedIn)], cancel);
            RequireJoining(nameof(form.Month), month, settings.Rules, Now);
            await RequireAcceptedAsync(work, nameof(form.IsAccepted), memberId, month, form.IsAccepted, cancel);
            var before = new { member.JoinedOn };
            member.MoveJoining(month, settings.Rules.DayOf(Now), Now);
            Record(work, actor, AuditAction.JoiningMoved, member, before, new { member.JoinedOn, reason = form.Reason.Trim() });
            return true;
        }, cancel);
    }

    /// <exception cref="FormException">A colleague has set another month since the form was opened.</exception>
    private static async Task RequireSeenAsync(IWork work, Member member, string field, (Period? Seen, Period? Wanted, Period? Stored) month, string[] names, CancellationToken cancel)
    {
        if (SeenValue.IsStale(month.Seen, month.Wanted, month.Stored))
        {
            var conflict = await work.ConflictAsync(member.Id, month.Stored, names, cancel);
            throw new FormException(field, conflict.Code, conflict.Args);
        }
    }

    /// <exception cref="FormException">Nobody joins later than may be paid ahead.</exception>
    internal static void RequireJoining(string field, Period month, DuesRules rules, DateTime now)
    {
        var last = rules.PeriodOf(now).AddMonths(rules.MonthsAhead);
        if (month > last)
        {
            throw new FormException(field, Problems.JoiningTooFar, last);
        }
    }

    /// <exception cref="FormException">Months before the new one are paid or wait, and nobody said that this is known.</exception>
    internal static async Task RequireAcceptedAsync(IWork work, string field, Guid memberId, Period month, bool isAccepted, CancellationToken cancel)
    {
        var paid = (await work.PaidMonths.OfMemberAsync(memberId, cancel)).Where(row => row.State is PaidMonthState.Confirmed or PaidMonthState.Pending && row.Period < month).Select(row => row.Period).Order().ToList();
        if (paid.Count > 0 && !isAccepted)
        {
            throw new FormException(field, Problems.JoiningAfterPayment, paid[0], month);
        }
    }

    private static IReadOnlyList<Period> MonthsIn(PeriodSpan span, PaidMonthState state, IReadOnlyList<PaidMonth> payments) =>
        [.. payments.Where(row => row.State == state && span.Covers(row.Period)).Select(row => row.Period).Order()];

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private Task<Guid> AddAsync(
        Actor actor, Guid memberId, MonthIntervalForm form, AuditAction action, Func<Member, string, Guid, DateTime, MonthInterval> add, CancellationToken cancel)
    {
        new MonthIntervalFormValidator().Ensure(form);
        return store.WriteAsync(async work =>
        {
            var admin = await work.RequireAsync(actor, Permission.Admin, cancel);
            var member = await work.Members.FindAsync(memberId, cancel) ?? throw new DomainException(Problems.NotFound);
            var interval = add(member, form.Reason.Trim(), admin.Id, Now);
            var months = await work.PaidMonths.OfMemberAsync(memberId, cancel);
            if (MonthsIn(interval.Span, PaidMonthState.Confirmed, months) is [var paid, ..])
            {
                throw new DomainException(Problems.IntervalMonthPaid, paid);
            }

            var waiting = new WaitingMonths(memberId, member.FullName, MonthsIn(interval.Span, PaidMonthState.Pending, months));
            if (waiting.Months.Count > 0 && !form.Accepts(waiting))
            {
                throw new FormException(nameof(form.IsAccepted), Problems.IntervalMonthsWaiting, (IReadOnlyList<WaitingMonths>)[waiting]);
            }

            Record(work, actor, action, member, null, new { interval.From, interval.To, interval.Reason });
            return interval.Id;
        }, cancel);
    }

    private void Record(IWork work, Actor actor, AuditAction action, Member member, object? before, object after)
    {
        work.Audit.Add(new AuditEntry(actor, action, nameof(Member), member.Id, member.Id, before, after, Now));
        work.Announce(new MemberChanged(member.Id));
    }
}
