using Diaspora.Domain.Dues;

namespace Diaspora.Domain.Members;

/// <summary>The ledger of one member as a verb reads it, with the payments it follows from.</summary>
internal sealed record MemberLedger(Member Member, Ledger Ledger, IReadOnlyList<PaidMonth> Payments)
{
    /// <exception cref="DomainException">There is no such member.</exception>
    public static async Task<MemberLedger> ReadAsync(IWork work, Guid memberId, DuesRules rules, DateTime now, CancellationToken cancel)
    {
        var member = await work.Members.FindAsync(memberId, cancel) ?? throw new DomainException(Problems.NotFound);
        var payments = await work.PaidMonths.OfMemberAsync(memberId, cancel);
        return new MemberLedger(member, new Ledger(FactsOf(member, payments), rules, now), payments);
    }

    public static LedgerFacts FactsOf(Member member, IReadOnlyList<PaidMonth> payments) => new(
        member.JoinedOn,
        member.IsBlocked,
        [.. member.Exemptions.Select(exemption => exemption.Span)],
        [.. member.Suspensions.Select(suspension => suspension.Span)],
        payments);

    /// <exception cref="DomainException">The month is paid, waiting or not payable; the sentence says which.</exception>
    public void RequirePayable(Period period)
    {
        if (Ledger.CanPay(period))
        {
            return;
        }

        var state = Ledger.StateOf(period);
        throw Member.IsBlocked ? new DomainException(Problems.MonthOfBlocked, Member.FullName)
            : state == MonthState.Pending ? new DomainException(Problems.MonthPending, period, Payments.First(payment => payment.Period == period && payment.State == PaidMonthState.Pending).StartedAt)
            : state is MonthState.Paid or MonthState.Prepaid ? new DomainException(Problems.MonthPaid, period)
            : new DomainException(Problems.MonthNotPayable, period);
    }
}
