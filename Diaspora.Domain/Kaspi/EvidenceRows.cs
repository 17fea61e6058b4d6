using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Kaspi;

/// <summary>Which pieces of evidence a list shows.</summary>
/// <param name="StatementId">Those that came with one statement; all where it is missing.</param>
public sealed record EvidenceFilter(Guid? StatementId = null, EvidenceShow Show = EvidenceShow.All, int Number = 1)
{
    public const int Size = 50;

    /// <summary>A part of the payer or the message, or a sum.</summary>
    public string? Search { get; init => field = VisibleText.Search(value); }
}

/// <summary>The tabs of the list of lines.</summary>
public enum EvidenceShow
{
    All,

    /// <summary>The matcher is sure.</summary>
    Sure,

    /// <summary>It has guesses, and a person must choose.</summary>
    Several,

    /// <summary>It knows nobody.</summary>
    Nobody,
    Matched,
    NotDues,
}

/// <summary>How many lines each tab has.</summary>
public sealed record EvidenceCounts(int Sure, int Several, int Nobody, int Matched, int NotDues)
{
    public int All => Sure + Several + Nobody + Matched + NotDues;
}

/// <summary>A guess with the names a person knows it by.</summary>
/// <param name="Code">The intent's.</param>
/// <param name="Periods">The months of the intent that wait, or that are confirmed where nothing waits; none where there is no intent.</param>
public sealed record GuessRow(
    Guid? IntentId, string? Code, Guid MemberId, string MemberNumber, string MemberName, int Rank, bool IsSure, IReadOnlyList<MatchReason> Reasons, IReadOnlyList<Period> Periods, Money Total, bool IsConfirmed)
{
    /// <summary>The months that it would pay, as its reader sees them; missing where nobody wrote them down.</summary>
    public IReadOnlyList<Period>? Shown { get; init; }
}

/// <summary>What evidence was taken for.</summary>
/// <param name="By">The cashier; missing where the portal did it by itself.</param>
public sealed record MatchRow(Guid Id, Guid IntentId, string Code, Guid MemberId, string MemberName, bool IsBooking, string? By, DateTime At, IReadOnlyList<MatchReason> Reasons)
{
    public IReadOnlyList<Period> Periods { get; init; } = [];

    /// <summary>What of it stays with the payer.</summary>
    public Money Left { get; init; }
}

/// <summary>One piece of evidence in a list.</summary>
public sealed record EvidenceRow(
    Guid Id, EvidenceSource Source, Guid? StatementId, int? Line, DateOnly On, TimeOnly? At, long Tiyn, string Payer, string Message, string? Operation, EvidenceState State, string? Note,
    IReadOnlyList<GuessRow> Guesses, MatchRow? Match)
{
    public Money Sum => new(Tiyn / 100);

    /// <summary>Whose number it carries, or whose bill it paid.</summary>
    public string? MemberName { get; init; }

    public GuessRow? Sure => State == EvidenceState.Open && Guesses is [{ IsSure: true } first, ..] ? first : null;
}

/// <summary>One screen of evidence.</summary>
public sealed record EvidencePage(Page<EvidenceRow> Rows, EvidenceCounts Counts) : IPaged
{
    public int Number => Rows.Number;

    public int Count => Rows.Count;
}

/// <summary>What «confirm all that is sure» did.</summary>
/// <param name="At">What its undo names.</param>
/// <param name="Refused">What did not go through, and why.</param>
public sealed record SureOutcome(int Confirmed, DateTime At, IReadOnlyList<(EvidenceRow Row, Problem Problem)> Refused);
