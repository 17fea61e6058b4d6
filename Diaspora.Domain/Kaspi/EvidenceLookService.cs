using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Kaspi;

/// <summary>What would become of a line's money if it were this member's.</summary>
/// <param name="Months">What it would pay, oldest first.</param>
/// <param name="Left">What would stay with the member as credit.</param>
/// <param name="Claims">What the member says to have paid, and nobody has decided on: the money is rather for that.</param>
public sealed record EvidenceForecast(Guid MemberId, string Number, string FullName, IReadOnlyList<Period> Months, Money Left, IReadOnlyList<ForecastClaim> Claims);

/// <param name="Periods">Those that wait.</param>
public sealed record ForecastClaim(Guid IntentId, string Code, IReadOnlyList<Period> Periods, Money Total);

/// <summary>What a page of lines looks up besides: single lines that have changed, and what a press would do.</summary>
public sealed class EvidenceLookService(IStore store, CurrentSettings settings, TimeProvider clock)
{
    /// <summary>Lines as they are now, whatever a filter would find.</summary>
    public Task<IReadOnlyList<EvidenceRow>> RowsAsync(Actor actor, IReadOnlyList<Guid> evidenceIds, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            return await work.Kaspi.RowsAsync(evidenceIds, cancel);
        }, cancel);

    /// <exception cref="DomainException">There is no such line, or no such member.</exception>
    public Task<EvidenceForecast> ForecastAsync(Actor actor, Guid evidenceId, Guid memberId, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            var evidence = await work.Evidence.FindAsync(evidenceId, cancel) ?? throw new DomainException(Problems.NotFound);
            var (member, ledger, _) = await MemberLedger.ReadAsync(work, memberId, await work.RulesAsync(settings, cancel), clock.GetUtcNow().UtcDateTime, cancel);
            var (lines, left) = EvidenceBooking.Divide(evidence.Sum, EvidenceBooking.LinesOf(memberId, ledger));
            var claims = await work.Payments.PendingOfAsync(memberId, cancel);
            return new EvidenceForecast(
                member.Id, member.Number.Value, member.FullName, [.. lines.Select(line => line.Period)], left,
                [.. claims.Select(intent => intent.Payments.Where(payment => payment.Status == PaymentStatus.Pending).OrderBy(payment => payment.Period).ToList())
                    .Zip(claims, (pending, intent) => new ForecastClaim(intent.Id, intent.Code, [.. pending.Select(payment => payment.Period)], Money.Sum(pending.Select(payment => payment.Amount))))]);
        }, cancel);
}
