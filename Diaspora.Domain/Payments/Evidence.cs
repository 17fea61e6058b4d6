using System.Security.Cryptography;
using System.Text;
using Diaspora.Domain.Members;

namespace Diaspora.Domain.Payments;

/// <summary>Where word of money comes from. The numbers are stored.</summary>
public enum EvidenceSource
{
    /// <summary>A line of a bank's statement.</summary>
    Statement = 0,

    /// <summary>What stands on a receipt that somebody sent: a claim with a number, not yet money.</summary>
    Receipt = 1,

    /// <summary>The bank's own call, by the protocol of «Платежи».</summary>
    Biller = 2,

    /// <summary>A signed call of an aggregator.</summary>
    Webhook = 3,
}

/// <summary>What became of a piece of evidence. The numbers are stored; the database's filters name them.</summary>
public enum EvidenceState
{
    /// <summary>Nobody and nothing has decided what it is for.</summary>
    Open = 0,

    /// <summary>A live match says what it is for.</summary>
    Matched = 1,

    /// <summary>A cashier said that it is no due, and why.</summary>
    NotDues = 2,

    /// <summary>The statement it came with was taken back.</summary>
    Withdrawn = 3,
}

/// <summary>What the portal would have confirmed, against what cashiers did.</summary>
public enum ShadowOutcome
{
    /// <summary>It would have confirmed nothing, or was not asked.</summary>
    None = 0,

    /// <summary>It would have confirmed, and nobody has decided yet.</summary>
    Waiting = 1,
    Agreed = 2,
    Disagreed = 3,
}

/// <summary>Word of money that came, as it came: stored first, decided afterwards. The same line, receipt or call twice is one.</summary>
public sealed class Evidence
{
    public const int PayerLength = 200;
    public const int MessageLength = 500;
    public const int OperationLength = 64;
    public const int RawLength = 4000;
    public const int NoteLength = 200;

    private Guid? _statementId;
    private int? _line;

    private Evidence()
    {
    }

    /// <param name="identity">What makes it the same one when it comes again: see <see cref="IdentityOf"/>.</param>
    /// <param name="on">The local day the money came.</param>
    /// <param name="tiyn">The sum in tiyn, as it came; more than nothing, but for a receipt that does not say.</param>
    public Evidence(EvidenceSource source, string identity, DateOnly on, TimeOnly? at, long tiyn, DateTime now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tiyn, source == EvidenceSource.Receipt ? 0 : 1);
        Source = source;
        Identity = identity;
        On = on;
        At = at;
        Tiyn = tiyn;
        CreatedAt = UpdatedAt = now;
    }

    public Guid Id { get; private set; } = Guid.CreateVersion7();

    public EvidenceSource Source { get; private set; }

    /// <summary>Unique within its source.</summary>
    public string Identity { get; private set; } = "";

    /// <summary>The statement it came with first, or one that has it too after that one was taken back.</summary>
    public Guid? StatementId
    {
        get => _statementId;
        init => _statementId = value;
    }

    /// <summary>Its place in that statement, or nothing.</summary>
    public int? Line
    {
        get => _line;
        init => _line = value;
    }

    public DateOnly On { get; private set; }

    public TimeOnly? At { get; private set; }

    public Period Month => Period.Of(On);

    public long Tiyn { get; private set; }

    /// <summary>Whole tenge of it: dues have no tiyn.</summary>
    public Money Sum => new(Tiyn / 100);

    public string Payer { get; init => (field, PayerKey) = (Cut(value, PayerLength), Cut(NameSkeleton.Of(value), PayerLength)); } = "";

    /// <summary>The payer's name in one spelling; by it a payer is known again.</summary>
    public string PayerKey { get; private set; } = "";

    public string Message { get; init => field = Cut(value, MessageLength); } = "";

    /// <summary>The bank's number of the operation.</summary>
    public string? Operation { get; init => field = value is null ? null : Cut(value, OperationLength); }

    /// <summary>The member whose own number it carries, or whose receipt it was read from.</summary>
    public Guid? MemberId { get; init; }

    /// <summary>The intent whose own number it carries, or whose receipt it was read from.</summary>
    public Guid? IntentId { get; init; }

    /// <summary>The receipt it was read from.</summary>
    public Guid? ReceiptId { get; init; }

    /// <summary>The piece it was read from, as it arrived.</summary>
    public string Raw { get; init => field = Cut(value, RawLength); } = "";

    public EvidenceState State { get; private set; }

    /// <summary>Why it is no due, in the cashier's words.</summary>
    public string? Note { get; private set; }

    /// <summary>Who said so, or took it back.</summary>
    public Guid? DecidedBy { get; private set; }

    public DateTime? DecidedAt { get; private set; }

    public ShadowOutcome Shadow { get; private set; }

    /// <summary>What the portal would have confirmed: the intent, or else the member whose oldest months.</summary>
    public Guid? WouldIntentId { get; private set; }

    public Guid? WouldMemberId { get; private set; }

    /// <summary>When it was found out whether cashiers agreed.</summary>
    public DateTime? ShadowAt { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime UpdatedAt { get; private set; }

    public Guid Version { get; private set; }

    /// <summary>Whether it may be matched to what somebody pays: receipts only say that money was sent.</summary>
    public bool IsMoney => Source != EvidenceSource.Receipt;

    /// <exception cref="DomainException">It is matched, no due, or withdrawn.</exception>
    public void Take(DateTime now)
    {
        Require(State == EvidenceState.Open && IsMoney);
        (State, UpdatedAt) = (EvidenceState.Matched, now);
    }

    /// <summary>Its match was undone: it waits again.</summary>
    public void Free(DateTime now)
    {
        Require(State == EvidenceState.Matched);
        (State, UpdatedAt) = (EvidenceState.Open, now);
    }

    /// <exception cref="DomainException">It is matched, or withdrawn.</exception>
    public void Refuse(string note, Guid by, DateTime now)
    {
        Require(State == EvidenceState.Open);
        (State, Note, DecidedBy, DecidedAt, UpdatedAt) = (EvidenceState.NotDues, note, by, now, now);
    }

    /// <summary>It is a due after all.</summary>
    public void Readmit(DateTime now)
    {
        Require(State == EvidenceState.NotDues);
        (State, Note, DecidedBy, DecidedAt, UpdatedAt) = (EvidenceState.Open, null, null, null, now);
    }

    /// <summary>Its statement was taken back before anything was decided on its strength.</summary>
    public void Withdraw(Guid by, DateTime now)
    {
        Require(State is EvidenceState.Open or EvidenceState.NotDues);
        (State, DecidedBy, DecidedAt, UpdatedAt) = (EvidenceState.Withdrawn, by, now, now);
    }

    /// <summary>Its statement was taken back, and another has it too.</summary>
    public void HandTo(Guid statementId, int line, DateTime now) => (_statementId, _line, UpdatedAt) = (statementId, line, now);

    /// <summary>It came again after it was withdrawn.</summary>
    /// <param name="statementId">The statement it comes with this time.</param>
    public void Return(Guid statementId, int line, DateTime now)
    {
        Require(State == EvidenceState.Withdrawn);
        (_statementId, _line) = (statementId, line);
        (State, Note, DecidedBy, DecidedAt, UpdatedAt) = (EvidenceState.Open, null, null, null, now);
    }

    /// <summary>Writes down what the portal would have confirmed, once: what it thinks later, it thinks with more knowledge than it would have had.</summary>
    public void Foresee(Guid? intentId, Guid memberId, DateTime now)
    {
        if (Shadow == ShadowOutcome.None && State == EvidenceState.Open)
        {
            (Shadow, WouldIntentId, WouldMemberId, UpdatedAt) = (ShadowOutcome.Waiting, intentId, memberId, now);
        }
    }

    /// <summary>A person decided: whether as the portal would have.</summary>
    public void Compare(bool agreed, DateTime now)
    {
        if (Shadow != ShadowOutcome.None)
        {
            (Shadow, ShadowAt, UpdatedAt) = (agreed ? ShadowOutcome.Agreed : ShadowOutcome.Disagreed, now, now);
        }
    }

    /// <summary>The decision it was compared with was undone.</summary>
    public void Wait(DateTime now)
    {
        if (Shadow == ShadowOutcome.Agreed)
        {
            (Shadow, ShadowAt, UpdatedAt) = (ShadowOutcome.Waiting, null, now);
        }
    }

    /// <summary>As it is stored: an identity may be long, and is only compared.</summary>
    public static string IdentityOf(string identity) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)));

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    private static void Require(bool allowed)
    {
        if (!allowed)
        {
            throw new DomainException(Problems.EvidenceDecided);
        }
    }
}
