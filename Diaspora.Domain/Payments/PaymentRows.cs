using System.Text.Json.Serialization;
using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;

namespace Diaspora.Domain.Payments;

/// <summary>What the queue is sorted by.</summary>
public enum PaymentSort
{
    /// <summary>Who waits longest; of what is decided, what changed last.</summary>
    Waiting,

    /// <summary>The largest sum first.</summary>
    Sum,
    Name,
}

/// <summary>What the queue is asked for; the page's address says the same.</summary>
/// <param name="Status">Intents with a payment in this status; all where it is missing.</param>
/// <param name="Search">As <see cref="QueueSearch"/> reads it.</param>
public sealed record PaymentFilter(PaymentStatus? Status = PaymentStatus.Pending, Period? Month = null, string? Search = null, int Number = 1)
{
    public const int Size = 50;

    public string? Search { get; init => field = VisibleText.Search(value); } = VisibleText.Search(Search);

    public PaymentMethod? Method { get; init; }

    /// <summary>Only what a cashier should look at twice.</summary>
    public bool NeedsAttention { get; init; }

    public PaymentSort Sort { get; init; }

    /// <summary>The other way round than <see cref="Sort"/> says.</summary>
    public bool IsReversed { get; init; }
}

public sealed record ReceiptRow(Guid Id, string FileName, string ContentType, long Size)
{
    /// <summary>Another intent that has the same file; staff are told, members are not.</summary>
    public Guid? UsedIn { get; init; }

    /// <summary>Only they may take it off again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Guid AttachedBy { get; init; }
}

/// <summary>One month of an intent. A queue carries hundreds of them, so empty fields are left out of the JSON.</summary>
public sealed record PaymentMonth(Period Period, Money Amount, PaymentStatus Status)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Guid PaymentId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Guid MemberId { get; init; }

    /// <summary>Whose month it is, where it is not the payer's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? MemberName { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? Reason { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? DecidedBy { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public DateTime? DecidedAt { get; init; }

    [JsonIgnore]
    public PaymentOutcome Outcome => new(Status, Reason);

    [JsonIgnore]
    public bool CanReopen => DecidedAt is not null && (Status == PaymentStatus.Confirmed || (Status == PaymentStatus.Rejected && Reason is not (Reasons.SettlingUndone or Reasons.KeptAsCredit)));
}

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

    /// <summary>What really came, where a cashier wrote it down.</summary>
    public Money? Received { get; init; }

    public DateOnly? ReceivedOn { get; init; }

    /// <summary>The cashier's own words.</summary>
    public string? Note { get; init; }

    /// <summary>The cashier who recorded it by hand; missing where the payer set out by themselves.</summary>
    public string? RecordedBy { get; init; }

    /// <summary>Why a cashier looks twice; told in the queue and beside it, and never to members.</summary>
    public IReadOnlyList<RowWarning> Warnings { get; init; } = [];

    /// <summary>The local time that one of its receipts says, where it was read.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TimeOnly? ReceiptAt { get; init; }

    /// <summary>What is still to be decided.</summary>
    [JsonIgnore]
    public Money Waiting => Money.Sum(Months.Where(month => month.Status == PaymentStatus.Pending).Select(month => month.Amount));

    /// <summary>What was neither refused nor given back.</summary>
    [JsonIgnore]
    public Money Live => Money.Sum(Months.Where(month => !month.Outcome.IsVoid).Select(month => month.Amount));

    /// <summary>Another intent that has one of these receipts: the same file, or the same number on it.</summary>
    [JsonIgnore]
    public Guid? UsedIn => Receipts.FirstOrDefault(receipt => receipt.UsedIn is not null)?.UsedIn ?? Warnings.FirstOrDefault(warning => warning.Kind == ClaimWarning.ReceiptUsed)?.IntentId;

    [JsonIgnore]
    public Money Total => Money.Sum(Months.Select(month => month.Amount));

    /// <summary>Pending while one month is; else what was decided last.</summary>
    [JsonIgnore]
    public PaymentStatus Status =>
        Months.Any(month => month.Status == PaymentStatus.Pending) ? PaymentStatus.Pending
        : Months.Any(month => month.Status == PaymentStatus.Confirmed) ? PaymentStatus.Confirmed
        : Months[^1].Status;

    /// <summary>What was decided last.</summary>
    [JsonIgnore]
    public PaymentOutcome Outcome => new(Status, Reason);

    [JsonIgnore]
    public bool CanDecide => Status == PaymentStatus.Pending;

    /// <summary>What came is written down once: it is not settled twice.</summary>
    [JsonIgnore]
    public bool CanSettle => CanDecide && Received is null;

    /// <summary>Whether the last decision can be taken back; a refund cannot.</summary>
    [JsonIgnore]
    public bool CanReopen => Months.Any(month => month.CanReopen && month.DecidedAt == DecidedAt);

    /// <summary>No month is decided yet, so no receipt is the proof of anything.</summary>
    [JsonIgnore]
    public bool CanDetach => Months.All(month => month.Status == PaymentStatus.Pending);

    [JsonIgnore]
    public DateTime WaitsSince => ClaimedAt ?? CreatedAt;

    /// <summary>By what stands in it: two readings of one intent are never equal, since their lists are two.</summary>
    public bool SaysTheSame(PaymentRow other) =>
        Months.SequenceEqual(other.Months) && Receipts.SequenceEqual(other.Receipts) && Warnings.SequenceEqual(other.Warnings)
        && this == (other with { Months = Months, Receipts = Receipts, Warnings = Warnings });

    /// <summary>A copy of bounded size with what a list shows. No member can make it long with receipts or names. It keeps one receipt, and prefers one that was used before.</summary>
    public PaymentRow InShort() => this with
    {
        PayerName = Cut(PayerName),
        City = City is null ? null : Cut(City),
        Receipts = [.. Receipts.OrderBy(receipt => receipt.UsedIn is null).Take(1).Select(receipt => receipt with { FileName = Cut(receipt.FileName) })],
        MoreReceipts = MoreReceipts + Math.Max(0, Receipts.Count - 1),
        Months = [.. Months.Select(month => new PaymentMonth(month.Period, month.Amount, month.Status) { MemberName = month.MemberName is { } name ? Cut(name) : null })],
        DecidedBy = null,
        Reason = Outcome.IsOwnEnd ? Reason : null,
        Note = null,
        Warnings = [.. Warnings.Select(warning => warning with { Payer = warning.Payer is { } payer ? Cut(payer) : null })],
    };

    /// <summary>As members read it: without what staff tell each other.</summary>
    public PaymentRow ForMember() => this with { Note = null, Warnings = [], Receipts = [.. Receipts.Select(receipt => receipt with { UsedIn = null })] };

    /// <summary>The months of one member whom somebody else paid for, and nothing of the payer.</summary>
    public PaymentRow OnlyOf(ActingMember member)
    {
        PaymentMonth[] own = [.. Months.Where(month => month.MemberId == member.Id).Select(month => month with { MemberName = null })];
        var last = own.MaxBy(month => month.DecidedAt);
        return this with
        {
            PayerId = member.Id,
            PayerName = member.FullName,
            PayerPhone = "",
            City = null,
            Code = "",
            Receipts = [],
            Received = null,
            Months = own,
            DecidedBy = last?.DecidedBy,
            DecidedAt = last?.DecidedAt,
            Reason = last?.Reason,
        };
    }

    private static string Cut(string text) => text.Length <= ShortLength ? text : text[..(ShortLength - 1)] + "…";
}

/// <summary>The figures above the queue.</summary>
/// <param name="Waiting">How many intents were claimed and wait for a decision, of whatever month.</param>
/// <param name="Open">All intents with a pending payment, those nobody claimed yet among them.</param>
public sealed record QueueFigures(MonthFigures Month, int Waiting, Money WaitingSum, int Open)
{
    /// <summary>How many of the open ones a cashier should look at twice.</summary>
    public int Attention { get; init; }
}

public sealed record PaymentQueue(Page<PaymentRow> Page, QueueFigures Figures);

/// <summary>One intent as its payer sees it.</summary>
/// <param name="LapsesOn">The local day after which an unclaimed intent lapses.</param>
/// <param name="IsPayer">Else somebody paid months of the reader's with it: the reader sees those months and nothing of the payer.</param>
public sealed record IntentDetails(PaymentRow Row, DateOnly LapsesOn, bool IsPayer = true);

/// <summary>One intent as the cashier sees it: with the payer's year and all that happened.</summary>
public sealed record StaffIntentDetails(PaymentRow Row, string PayerNumber, Standing Standing, Money Debt, IReadOnlyList<MonthTile> Year, IReadOnlyList<AuditRow> Log)
{
    /// <summary>What is left over of this intent, and what it used up.</summary>
    public IReadOnlyList<CreditRow> Credits { get; init; } = [];

    /// <summary>Money was left over or used up with it. So its decisions cannot be undone any more, and single months can only be refunded.</summary>
    public bool IsFinal => Credits.Count > 0;
}

/// <summary>One line of a member's history.</summary>
public sealed record HistoryRow(
    Guid PaymentId, Guid IntentId, string Code, Period Period, Money Amount, PaymentStatus Status, PaymentMethod Method,
    DateTime CreatedAt, DateTime? ClaimedAt, DateTime? DecidedAt, string? Reason, IReadOnlyList<ReceiptRow> Receipts)
{
    /// <summary>Who decided last; missing while nobody did, or where the portal itself did.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>Who paid it, where it was somebody else. Empty where the reader may know that, but not who.</summary>
    public string? PayerName { get; init; }

    public DateOnly? ReceivedOn { get; init; }

    [JsonIgnore]
    public PaymentOutcome Outcome => new(Status, Reason);

    public bool IsPaidByAnother => PayerName is not null;

    public PaidMonth ForLedger() => new(Period, Status.ForLedger(), Amount);

    /// <summary>As the member reads it. Of somebody else's transfer they learn only that it was somebody else's.</summary>
    public HistoryRow ForMember() => IsPaidByAnother ? this with { Code = "", PayerName = "", Receipts = [] } : this;
}

/// <summary>A receipt's file, for those who may see it.</summary>
public sealed record ReceiptFile(string StoredName, string FileName, string ContentType);
