using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Kaspi;

/// <summary>A line of a statement as it is held against the books.</summary>
/// <param name="Booked">What its intent paid and left over; missing while it waits.</param>
public sealed record ReconciledLine(Guid EvidenceId, Guid? StatementId, DateOnly On, string Payer, string Message, long Tiyn, Guid? IntentId, string? Code, string? MemberName, Money? Booked);

/// <summary>An intent that was confirmed, with the day its money came as far as it is known.</summary>
/// <param name="Proof">What says that the money came; missing where nothing but a person does.</param>
public sealed record ReconciledIntent(Guid IntentId, string Code, string MemberName, DateOnly On, Money Money, PaymentMethod Method, EvidenceSource? Proof);

/// <summary>
/// A month's money by the statements beside the money that was confirmed, and every line that makes up the difference: the sum by the statements is what was confirmed, and what waits,
/// less what nothing or only the bank's own call proves, and less and more by what differs.
/// </summary>
/// <param name="Waiting">Evidence without a confirmation.</param>
/// <param name="Differing">Lines whose intent has another sum.</param>
/// <param name="Unproved">Confirmed without evidence.</param>
/// <param name="Called">Confirmed by the bank's call or a signed webhook, and found in no statement: it brings them in one sum a day.</param>
public sealed record Reconciliation(
    Period Month, long StatementTiyn, int Lines, Money Confirmed, int Intents,
    IReadOnlyList<ReconciledLine> Waiting, IReadOnlyList<ReconciledLine> Differing, IReadOnlyList<ReconciledIntent> Unproved, IReadOnlyList<ReconciledIntent> Called)
{
    /// <summary>Whether it shows this intent.</summary>
    public bool Names(Guid intentId) =>
        Unproved.Concat(Called).Any(intent => intent.IntentId == intentId) || Differing.Any(line => line.IntentId == intentId);

    /// <summary>The sum by the statements less what was confirmed.</summary>
    public long DifferenceTiyn => StatementTiyn - Confirmed.Tenge * 100;

    /// <summary>The same, by the lines that make it up.</summary>
    public long ExplainedTiyn => Waiting.Sum(line => line.Tiyn) + Differing.Sum(line => line.Tiyn - line.Booked!.Value.Tenge * 100) - 100 * (Unproved.Sum(intent => intent.Money.Tenge) + Called.Sum(intent => intent.Money.Tenge));

    /// <param name="lines">What statements brought in the month, but for what is no due.</param>
    /// <param name="intents">What was confirmed of the month and no line of a statement proves.</param>
    public static Reconciliation Of(Period month, IReadOnlyList<ReconciledLine> lines, IReadOnlyList<ReconciledIntent> intents)
    {
        var matched = lines.Where(line => line.Booked is not null).ToList();
        return new Reconciliation(
            month,
            lines.Sum(line => line.Tiyn),
            lines.Count,
            Money.Sum(matched.Select(line => line.Booked!.Value)) + Money.Sum(intents.Select(intent => intent.Money)),
            matched.Count + intents.Count,
            [.. lines.Where(line => line.Booked is null)],
            [.. matched.Where(line => line.Booked!.Value.Tenge * 100 != line.Tiyn)],
            [.. intents.Where(intent => intent.Proof is null)],
            [.. intents.Where(intent => intent.Proof is not null)]);
    }
}

/// <summary>Holds a month's statements against what was confirmed.</summary>
public interface IReconciliationRepository
{
    /// <summary>Lines of statements of these days, but for what is no due or was withdrawn.</summary>
    Task<IReadOnlyList<ReconciledLine>> LinesAsync(DateOnly first, DateOnly last, CancellationToken cancel = default);

    /// <summary>What was confirmed with money of these days and no line of a statement proves.</summary>
    /// <param name="zone">Where a day begins.</param>
    Task<IReadOnlyList<ReconciledIntent>> UnprovedAsync(DateOnly first, DateOnly last, TimeZoneInfo zone, CancellationToken cancel = default);
}

public static class ReconciliationRepositories
{
    extension(IWork work)
    {
        public IReconciliationRepository Reconciliations => work.Repository<IReconciliationRepository>();
    }
}
