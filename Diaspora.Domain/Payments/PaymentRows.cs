using Diaspora.Domain.Audit;
using Diaspora.Domain.Dues;

namespace Diaspora.Domain.Payments;

/// <summary>What the queue is asked for; the page's address says the same.</summary>
/// <param name="Status">Intents with a payment in this status; all where it is missing.</param>
/// <param name="Search">A part of the name in any spelling, of the phone, or the whole reference code.</param>
public sealed record PaymentFilter(PaymentStatus? Status = PaymentStatus.Pending, Period? Month = null, string? Search = null, int Number = 1)
{
    public const int Size = 50;
}

public sealed record ReceiptRow(Guid Id, string FileName, string ContentType, long Size);

/// <summary>One month of an intent.</summary>
public sealed record PaymentMonth(Period Period, Money Amount, PaymentStatus Status);

/// <summary>One intent in the queue.</summary>
/// <param name="DecidedBy">The name of who decided last; missing while nobody did.</param>
public sealed record PaymentRow(
    Guid IntentId, string Code, Guid PayerId, string PayerName, string PayerPhone, string? City,
    IReadOnlyList<PaymentMonth> Months, PaymentMethod Method, DateTime CreatedAt, DateTime? ClaimedAt,
    IReadOnlyList<ReceiptRow> Receipts, string? DecidedBy, DateTime? DecidedAt, string? Reason)
{
    private const int ShortLength = 40;

    /// <summary>How many receipts a short copy leaves out.</summary>
    public int MoreReceipts { get; init; }

    public Money Total => Money.Sum(Months.Select(month => month.Amount));

    /// <summary>Pending while one month is; else what was decided last.</summary>
    public PaymentStatus Status =>
        Months.Any(month => month.Status == PaymentStatus.Pending) ? PaymentStatus.Pending
        : Months.Any(month => month.Status == PaymentStatus.Confirmed) ? PaymentStatus.Confirmed
        : Months[^1].Status;

    public bool CanDecide => Status == PaymentStatus.Pending;

    public bool CanReopen => Months.Any(month => month.Status is PaymentStatus.Confirmed or PaymentStatus.Rejected);

    public DateTime WaitsSince => ClaimedAt ?? CreatedAt;

    /// <summary>A copy of bounded size, with what a list shows: no member can make it long with receipts or names.</summary>
    public PaymentRow InShort() => this with
    {
        PayerName = Cut(PayerName),
        City = City is null ? null : Cut(City),
        Receipts = [.. Receipts.Take(1).Select(receipt => receipt with { FileName = Cut(receipt.FileName) })],
        MoreReceipts = MoreReceipts + Math.Max(0, Receipts.Count - 1),
        DecidedBy = null,
        Reason = null,
    };

    private static string Cut(string text) => text.Length <= ShortLength ? text : text[..(ShortLength - 1)] + "…";
}

/// <summary>The figures above the queue.</summary>
/// <param name="Payers">How many members paid the month.</param>
/// <param name="Expected">How many members should pay the month: joined by then, neither exempt nor suspended in it.</param>
/// <param name="Waiting">How many intents were claimed and wait for a decision, of whatever month.</param>
/// <param name="Open">All intents with a pending payment, those nobody claimed yet among them.</param>
public sealed record QueueFigures(Period Month, Money Collected, int Payers, int Expected, int Waiting, Money WaitingSum, int Open);

public sealed record PaymentQueue(Page<PaymentRow> Page, QueueFigures Figures);

/// <summary>One intent as its payer sees it.</summary>
/// <param name="LapsesOn">The local day after which an unclaimed intent lapses.</param>
public sealed record IntentDetails(PaymentRow Row, DateOnly LapsesOn);

/// <summary>One intent as the cashier sees it: with the payer's year and all that happened.</summary>
public sealed record StaffIntentDetails(PaymentRow Row, string PayerNumber, Standing Standing, Money Debt, IReadOnlyList<MonthTile> Year, IReadOnlyList<AuditRow> Log);

/// <summary>One line of a member's history.</summary>
public sealed record HistoryRow(
    Guid PaymentId, Guid IntentId, string Code, Period Period, Money Amount, PaymentStatus Status, PaymentMethod Method,
    DateTime CreatedAt, DateTime? ClaimedAt, DateTime? DecidedAt, string? Reason, IReadOnlyList<ReceiptRow> Receipts);

/// <summary>A receipt's file, for those who may see it.</summary>
public sealed record ReceiptFile(string StoredName, string FileName, string ContentType);
