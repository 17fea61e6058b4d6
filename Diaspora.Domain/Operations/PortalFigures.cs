namespace Diaspora.Domain.Operations;

/// <summary>A task of the background that ran to its end.</summary>
/// <param name="At">UTC.</param>
public sealed record TaskRunRow(string Name, DateTime At);

/// <summary>A portal over this database.</summary>
/// <param name="StartedAt">UTC.</param>
/// <param name="SeenAt">When it last said that it runs. UTC.</param>
public sealed record InstanceRow(string Name, DateTime StartedAt, DateTime SeenAt);

/// <summary>The newest backup that was opened after it was written.</summary>
/// <param name="At">UTC.</param>
/// <param name="IsCopied">It lies in a second place too.</param>
public sealed record BackupFigure(DateTime At, long Bytes, bool IsEncrypted, bool IsCopied);

/// <summary>The portal in figures, for an admin.</summary>
/// <param name="Backup">None where there never was one.</param>
public sealed record PortalFigures(
    long DatabaseBytes, int Members, int Payments, IReadOnlyList<TaskRunRow> Tasks, IReadOnlyList<InstanceRow> Instances, BackupFigure? Backup);

/// <summary>What the portal measures of its own accord while somebody gathers it.</summary>
/// <param name="Waiting">Intents that were claimed and wait for a decision.</param>
/// <param name="OldestClaimAt">Since when the longest of them does. UTC.</param>
/// <param name="LastBackupAt">UTC.</param>
/// <param name="FailedBackups">Tries since then that came to nothing.</param>
public sealed record WatchedFigures(int Waiting, DateTime? OldestClaimAt, DateTime? LastBackupAt, int FailedBackups);
