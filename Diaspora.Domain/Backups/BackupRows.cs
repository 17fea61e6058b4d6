using Diaspora.Domain.Kernel;
using Diaspora.Domain.Operations;
using FluentValidation;

namespace Diaspora.Domain.Backups;

public enum BackupOutcome
{
    Running,
    Made,

    /// <summary>There is no archive, or none to rely on.</summary>
    Failed,
}

/// <summary>An archive, or a try that left none.</summary>
/// <param name="At">When it was begun. UTC.</param>
/// <param name="FileName">Missing where there is no archive.</param>
/// <param name="IsVerified">It was opened and is whole.</param>
/// <param name="CopiedAt">When it was laid in the second place. UTC.</param>
public sealed record BackupRow(DateTime At, BackupOutcome Outcome, string? FileName, long Bytes, bool IsEncrypted, bool IsVerified, DateTime? CopiedAt, string? Problem)
{
    /// <summary>Tries that left nothing are told so long.</summary>
    private static readonly TimeSpan FailureShownFor = TimeSpan.FromDays(14);

    /// <summary>What lies in the folder, and what was tried and left nothing there; newest first. An archive from before a restore has no row, and one that was thinned out has no file.</summary>
    public static IReadOnlyList<BackupRow> Of(IReadOnlyList<BackupFile> files, IReadOnlyList<BackupRun> runs, DateTime now)
    {
        var byName = runs.Where(run => run.FileName is not null).DistinctBy(run => run.FileName).ToDictionary(run => run.FileName!);
        var tries = runs.Where(run => run.FileName is null && now - run.StartedAt < FailureShownFor);
        return [.. files.Select(file => Of(file, byName.GetValueOrDefault(file.Name))).Concat(tries.Select(run => Of(run, now))).OrderByDescending(row => row.At)];
    }

    /// <summary>A try that has just ended.</summary>
    public static BackupRow Of(BackupRun run) => new(
        run.StartedAt, run.IsGood ? BackupOutcome.Made : BackupOutcome.Failed, run.FileName, run.Bytes, run.IsEncrypted, run.IsVerified, run.CopiedAt, run.Problem);

    private static BackupRow Of(BackupFile file, BackupRun? run) => new(
        run?.StartedAt ?? file.MadeAt, run is { IsVerified: false, Problem: not null } ? BackupOutcome.Failed : BackupOutcome.Made,
        file.Name, file.Bytes, file.IsEncrypted, run?.IsVerified == true, run?.CopiedAt, run?.Problem);

    private static BackupRow Of(BackupRun run, DateTime now) => new(
        run.StartedAt, run.FinishedAt is null && now - run.StartedAt < BackupState.Longest ? BackupOutcome.Running : BackupOutcome.Failed,
        null, 0, run.IsEncrypted, false, null, run.Problem);
}

/// <summary>All that the page of the backups shows.</summary>
public sealed record BackupsDetails(BackupState State, BackupPlan Plan, IReadOnlyList<BackupRow> Rows);

/// <summary>Whoever takes the whole database home proves once more who they are.</summary>
public sealed class DownloadBackupForm
{
    [AsItCame]
    public string Password { get; set; } = "";
}

public sealed class DownloadBackupFormValidator : AbstractValidator<DownloadBackupForm>
{
    public DownloadBackupFormValidator() => RuleFor(form => form.Password).Check(password => string.IsNullOrEmpty(password) ? new Problem(Problems.PasswordEmpty) : null);
}
