namespace Diaspora.Domain.Kaspi;

/// <summary>A statement in the list.</summary>
/// <param name="Open">How many of its lines wait for a decision.</param>
public sealed record StatementRow(
    Guid Id, string FileName, StatementFormat Format, string? Account, DateOnly From, DateOnly To, StatementState State, int LineCount, int NewCount, long IncomingTiyn, string? By, DateTime CreatedAt, int Open);

/// <summary>What stands in a statement before it is booked, and how it was booked.</summary>
/// <param name="Known">How many of its lines are there already.</param>
/// <param name="New">Those that are not, in the order of the file.</param>
/// <param name="Refunds">What was given back: to look at, nothing is booked of it.</param>
public sealed record StatementDetails(
    Guid Id, string FileName, string StoredName, StatementFormat Format, string? Account, DateOnly From, DateOnly To, StatementState State, int LineCount, int NotOurs, long IncomingTiyn, long? StatedIncomingTiyn,
    int Known, IReadOnlyList<StatementLine> New, IReadOnlyList<StatementLine> Refunds, int NewCount);
