using Diaspora.Domain.Operations;

namespace Diaspora.Domain.Backups;

/// <summary>One archive in the folder of backups.</summary>
/// <param name="MadeAt">UTC.</param>
public sealed record BackupFile(string Name, DateTime MadeAt, long Bytes, bool IsEncrypted);

/// <summary>What an archive turned out to be when it was opened.</summary>
/// <param name="Problems">A sentence each; none when it is whole.</param>
public sealed record BackupVerdict(bool IsSound, IReadOnlyList<string> Problems);

/// <summary>The archives themselves. No rights are asked here.</summary>
public interface IBackupArchives
{
    /// <summary>Makes one, looks into it, lays it in the second place and thins out the old ones.</summary>
    /// <returns>The row that tells of it. A failure is said there.</returns>
    Task<BackupRun> CreateAsync(CancellationToken cancel = default);

    IReadOnlyList<BackupFile> List();

    Task<BackupVerdict> VerifyAsync(string name, CancellationToken cancel = default);

    /// <summary>The whole of it, to send.</summary>
    Stream Open(string name);
}
