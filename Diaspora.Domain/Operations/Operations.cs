namespace Diaspora.Domain.Operations;

/// <summary>Which database this is. A folder remembers the id of the database it belongs to.</summary>
public sealed class DatabaseMark
{
    public const int OnlyId = 1;

    public int Id { get; private set; } = OnlyId;

    public Guid DatabaseId { get; private set; } = Guid.NewGuid();

    /// <summary>UTC.</summary>
    public required DateTime CreatedAt { get; init; }
}

/// <summary>A task of the background: when it last ran, and which portal has it in hand now. Of several portals over one database one runs it.</summary>
public sealed class TaskRun
{
    public const int NameLength = 60;

    public required string Name { get; init; }

    /// <summary>UTC; none before the first time.</summary>
    public DateTime? LastRunAt { get; init; }

    /// <summary>The portal that has it in hand, until <see cref="HeldUntil"/>: one that was killed gives it back by that.</summary>
    public Guid? HeldBy { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? HeldUntil { get; init; }
}

/// <summary>A portal that runs over this database, and when it last said so.</summary>
public sealed class PortalInstance
{
    public const int NameLength = 120;

    public required Guid Id { get; init; }

    /// <summary>Machine and process, for people.</summary>
    public required string Name { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>UTC.</summary>
    public DateTime SeenAt { get; init; }
}

/// <summary>One try to make a backup, and how it ended.</summary>
public sealed class BackupRun
{
    public const int FileLength = 120;
    public const int ProblemLength = 500;

    public Guid Id { get; private set; } = Guid.NewGuid();

    /// <summary>UTC.</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>UTC; none while it runs, and for one that was killed.</summary>
    public DateTime? FinishedAt { get; set; }

    /// <summary>The archive's name within the folder of backups.</summary>
    public string? FileName { get; set; }

    public long Bytes { get; set; }

    public bool IsEncrypted { get; set; }

    /// <summary>The archive was opened after it was written, and holds what it says.</summary>
    public bool IsVerified { get; set; }

    /// <summary>When it was laid in the second place too. UTC.</summary>
    public DateTime? CopiedAt { get; set; }

    /// <summary>Why there is no archive, or no copy of it, without personal data: what <c>BackupProblem</c> writes.</summary>
    public string? Problem { get; set; }

    /// <summary>There is an archive, and it holds what it says.</summary>
    public bool IsGood => FinishedAt is not null && FileName is not null && IsVerified;
}
