using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Diaspora.Domain.Kernel;

/// <summary>What can be in the log, numbered in blocks of a hundred per slice. Stored by name: <c>PAYMENT_CONFIRMED</c>.</summary>
public enum AuditAction
{
    // Members and accounts
    MemberRegistered = 100,
    MemberEdited = 101,

    /// <summary>Blocked or let in again: before and after say which.</summary>
    MemberStatusChanged = 102,
    SignInLinkCreated = 103,
    PasswordReset = 104,
    MemberPhoneChanged = 105,
    StaffSignedIn = 106,
    MemberLanguageChanged = 107,
    MemberRoleChanged = 108,
    NoteWritten = 109,
    NoteRemoved = 110,

    /// <summary>An admin added them by hand.</summary>
    MemberAdded = 111,

    /// <summary>Somebody opened a prepared WhatsApp message to them.</summary>
    ReminderOpened = 112,

    /// <summary>Somebody registered with the phone of a member who never signed in.</summary>
    RegistrationRequested = 113,
    RegistrationApproved = 114,
    RegistrationRefused = 115,

    /// <summary>By the member, who knew the old one.</summary>
    PasswordChanged = 116,
    MemberSignedIn = 117,

    /// <summary>A wrong password: of a member, or with a phone that is nobody's.</summary>
    SignInFailed = 118,

    /// <summary>Wrong passwords for many phones.</summary>
    GuessingNoticed = 119,

    // The ledger
    MemberExempted = 120,
    ExemptionEnded = 121,
    MemberSuspended = 122,
    SuspensionEnded = 123,
    JoiningMoved = 124,

    /// <summary>A member said whether the portal may remind them.</summary>
    RemindersChosen = 125,

    /// <summary>By which channels a member wants to be told.</summary>
    ChannelsChosen = 126,
    TelegramLinked = 127,
    TelegramUnlinked = 128,

    // Personal data

    /// <summary>To a newer wording than the one they agreed to before.</summary>
    ConsentGiven = 130,

    /// <summary>A member asked that their data be deleted.</summary>
    DeletionAsked = 131,
    DeletionWithdrawn = 132,
    DeletionDone = 133,
    DeletionRefused = 134,

    /// <summary>Cards are counted anew from then on.</summary>
    DoorEventBegan = 135,

    /// <summary>A member may be written to by a channel that costs money: after says by which, and which text they agreed to.</summary>
    ChannelAgreed = 136,
    ChannelRefused = 137,

    // Duplicates
    MembersMerged = 140,
    MergeUndone = 141,

    /// <summary>Two members who look like one are two people.</summary>
    DuplicateDismissed = 142,
    DismissalUndone = 143,

    // Import
    MembersImported = 150,
    ImportUndone = 151,

    // Payments
    PaymentCreated = 200,
    PaymentClaimed = 201,
    PaymentConfirmed = 202,
    PaymentRejected = 203,

    /// <summary>The undo: confirmed or rejected is pending again.</summary>
    PaymentReopened = 204,
    PaymentCancelled = 205,
    PaymentLapsed = 206,
    PaymentRefunded = 207,

    /// <summary>A cashier wrote down money that came by hand.</summary>
    PaymentRecorded = 208,

    /// <summary>Other money came than the intent said; its months were changed to match.</summary>
    PaymentSettled = 209,
    ReceiptAttached = 210,
    ReceiptRemoved = 211,
    CreditUsed = 212,
    CreditReturned = 213,

    /// <summary>The booking that had left it was undone.</summary>
    CreditVoided = 214,

    // Evidence: statements, the bank's calls, webhooks

    /// <summary>Money that came was taken for an intent: before and after say which.</summary>
    EvidenceMatched = 220,
    MatchUndone = 221,

    /// <summary>A line that is no due.</summary>
    EvidenceRefused = 222,
    EvidenceReadmitted = 223,
    StatementStaged = 224,
    StatementBooked = 225,
    StatementUndone = 226,

    /// <summary>How far the portal may go with a source; without an actor where it lowered its own.</summary>
    TrustChanged = 227,

    /// <summary>The bank or an aggregator said that money came.</summary>
    EvidenceReceived = 228,
    InvoiceAsked = 229,

    // Reports
    ReportExported = 300,

    /// <summary>The portal kept a month's figures: after says the sums.</summary>
    MonthClosed = 301,
    MembersExported = 310,
    PaymentsExported = 311,

    // Settings
    SettingsChanged = 400,

    /// <summary>On which days members are reminded, and how often at the most.</summary>
    ReminderPlanChanged = 410,
    RemindersStarted = 411,

    /// <summary>And what still waited was withdrawn.</summary>
    RemindersStopped = 412,

    /// <summary>What a message says: before and after say in which words.</summary>
    MessageTextChanged = 420,

    // Backups

    /// <summary>By hand: the daily ones are in a list of their own.</summary>
    BackupMade = 500,
    BackupFailed = 501,

    /// <summary>Somebody had an archive looked into: after says whether it is whole.</summary>
    BackupVerified = 502,
    BackupDownloaded = 503,
}

/// <summary>One line of the log. Written in the commit of what it tells about; never changed.</summary>
public sealed class AuditEntry
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    public const int UserAgentLength = 400;

    private AuditEntry()
    {
    }

    /// <param name="subjectId">Whom it is about, where it is about a member.</param>
    /// <param name="before">What changed, as it was; an anonymous object.</param>
    /// <param name="after">What changed, as it is now.</param>
    public AuditEntry(Actor actor, AuditAction action, string entityType, Guid entityId, Guid? subjectId, object? before, object? after, DateTime now)
    {
        ActorId = actor.MemberId;
        Action = action;
        EntityType = entityType;
        EntityId = entityId;
        SubjectId = subjectId;
        BeforeJson = before is null ? null : JsonSerializer.Serialize(before, Json);
        AfterJson = after is null ? null : JsonSerializer.Serialize(after, Json);
        CreatedAt = now;
        Ip = actor.Address;
        UserAgent = actor.UserAgent is { Length: > UserAgentLength } long_ ? long_[..UserAgentLength] : actor.UserAgent;
    }

    /// <summary>Gapless and in the order of the commits. The store gives it as the last thing before it commits.</summary>
    public long Id { get; private set; }

    public Guid? ActorId { get; private set; }

    public AuditAction Action { get; private set; }

    public string EntityType { get; private set; } = "";

    public Guid EntityId { get; private set; }

    public Guid? SubjectId { get; private set; }

    public string? BeforeJson { get; private set; }

    public string? AfterJson { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public string? Ip { get; private set; }

    public string? UserAgent { get; private set; }

    /// <summary>Called once by the store.</summary>
    public void Number(long id) => Id = Id == 0 ? id : throw new InvalidOperationException("An audit entry is numbered once.");
}
