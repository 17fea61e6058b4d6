using Diaspora.Domain.Operations;

namespace Diaspora.Domain.Backups;

/// <summary>An archive that is there.</summary>
/// <param name="MadeAt">UTC.</param>
public sealed record BackupFile(string Name, DateTime MadeAt, long Bytes, bool IsEncrypted);

/// <summary>What came out when an archive was opened and everything in it looked at.</summary>
/// <param name="Problem">Without personal data; none where it is sound.</param>
public sealed record BackupVerdict(BackupProblem? Problem)
{
    public bool IsSound => Problem is null;

    /// <summary>It has another passphrase than the portal now, or damage at its very beginning: nothing was learnt of what is in it.</summary>
    public bool IsUnopened => Problem?.Faults is [BackupFault.Passphrase];
}

/// <summary>The archives themselves. No rights are asked here.</summary>
public interface IBackupArchives
{
    /// <summary>Makes one, looks into it, lays it in the second place and thins out the old ones.</summary>
    /// <returns>The row that tells of it. A failure is said there; one that never ended was not begun, because another process makes one now.</returns>
    Task<BackupRun> CreateAsync(CancellationToken cancel = default);

    /// <summary>Newest first.</summary>
    IReadOnlyList<BackupFile> List();

    /// <param name="name">As <see cref="List"/> gives it.</param>
    /// <exception cref="FileNotFoundException">There is no such archive.</exception>
    Task<BackupVerdict> VerifyAsync(string name, CancellationToken cancel = default);

    /// <inheritdoc cref="VerifyAsync"/>
    Stream Open(string name);
}
