using Diaspora.Domain.Dues;
using Diaspora.Domain.Payments;

namespace Diaspora.Web.Dues;

/// <summary>What one member reads of one transfer: all of their months in it, as one thing.</summary>
public sealed class Transfer
{
    private Transfer(IEnumerable<HistoryRow> rows) => Rows = [.. rows.OrderBy(row => row.Period)];

    /// <summary>Oldest month first.</summary>
    public IReadOnlyList<HistoryRow> Rows { get; }

    public Guid IntentId => Rows[0].IntentId;

    public IReadOnlyList<Period> Periods => [.. Rows.Select(row => row.Period)];

    public Money Total => Money.Sum(Rows.Select(row => row.Amount));

    /// <summary>None of it counts any more.</summary>
    public bool IsVoid => Rows.All(row => row.Outcome.IsVoid);

    /// <summary>More than one where its months were decided differently.</summary>
    public IReadOnlyList<PaymentOutcome> Outcomes => [.. Rows.Select(row => row.Outcome).Distinct()];

    /// <summary>In the order in which each transfer is met first.</summary>
    public static IReadOnlyList<Transfer> Of(IEnumerable<HistoryRow> rows) => [.. rows.GroupBy(row => row.IntentId).Select(months => new Transfer(months))];
}
