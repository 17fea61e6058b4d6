using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Merging;

/// <summary>Somebody who may be the one who is about to be added.</summary>
/// <param name="HasPhone">The number is theirs, so nobody else can have it.</param>
public sealed record AlikeMember(string Number, string FullName, string Phone, string? City, bool HasPhone)
{
    /// <summary>More of them say no more.</summary>
    public const int Most = 3;
}

/// <summary>A pair that was told apart.</summary>
public sealed record DismissedRow(Guid FirstId, string FirstName, string FirstNumber, Guid SecondId, string SecondName, string SecondNumber, string? By, DateTime At);

/// <summary>A merge, with the names and numbers a person knows it by.</summary>
public sealed record MergeRow(Guid Id, string StaysName, string StaysNumber, string GoesName, string GoesNumber, string? By, DateTime At, DateTime UndoneUntil, string? UndoneBy, DateTime? UndoneAt);

/// <summary>Everything there is to say about duplicates.</summary>
/// <param name="Pairs">The surest ones; <paramref name="Total"/> are there.</param>
/// <param name="Merges">The last ones, newest first.</param>
public sealed record DuplicateList(IReadOnlyList<DuplicatePair> Pairs, int Total, IReadOnlyList<DismissedRow> Dismissed, IReadOnlyList<MergeRow> Merges)
{
    /// <summary>How many of each are read at once. The next ones appear when these are done.</summary>
    public const int Most = 50;
}

/// <summary>One of two records, side by side.</summary>
/// <param name="HasPassword">Whether anybody can sign in with it.</param>
public sealed record MergeSide(
    MemberPerson Person, MemberData Data, bool HasPassword, Standing Standing, Money Debt, Period? JoinedIn, IReadOnlyList<MonthTile> Tiles, IReadOnlyList<HistoryRow> Payments,
    IReadOnlyList<CreditRow> Credits, IReadOnlyList<IntervalRow> Intervals, IReadOnlyList<NoteRow> Notes);

/// <param name="IsDismissed">Somebody has said that these are two people.</param>
public sealed record MergeComparison(MergeSide First, MergeSide Second, bool IsDismissed);

/// <summary>A payment of a month that both records have paid.</summary>
public sealed record MergePayment(Guid IntentId, string Code, Money Amount, PaymentStatus Status, DateTime CreatedAt);

/// <summary>A month with a live payment of both.</summary>
public sealed record MergeMonth(Period Period, MergePayment Stays, MergePayment Goes);

/// <summary>Months of an exemption or a suspension that the member who stays gets; none where they have all of them already.</summary>
public sealed record MergeInterval(bool IsExemption, PeriodSpan Span, IReadOnlyList<PeriodSpan> Parts);

/// <summary>What a merge would do.</summary>
/// <param name="Months">Those that need a choice.</param>
/// <param name="Open">The months a payment may be moved to.</param>
/// <param name="Payments">How many change hands, with how many intents and receipts.</param>
/// <param name="LogEntries">How many lines of the log name the record that goes; they stay, and the card of the other shows them too.</param>
/// <param name="Debt">What is owed afterwards, whichever of two payments of a month stays.</param>
/// <param name="Seen">Names the state that was looked at.</param>
public sealed record MergePreview(
    IReadOnlyList<MergeMonth> Months,
    IReadOnlyList<Period> Open,
    int Payments,
    int Intents,
    int Receipts,
    IReadOnlyList<Money> Credits,
    IReadOnlyList<MergeInterval> Intervals,
    int Notes,
    int LogEntries,
    Standing Standing,
    Money Debt,
    string Seen);

/// <summary>Two members were merged, parted, or told apart.</summary>
public sealed record DuplicatesChanged(Guid FirstId, Guid SecondId) : Change;
