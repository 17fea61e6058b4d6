using Diaspora.Domain.Operations;

namespace Diaspora.Domain.Backups;

/// <summary>What kept a backup from being what it should be. Each has words in the reader's language.</summary>
public enum BackupFault
{
    /// <summary>The log says more.</summary>
    Unknown,

    /// <summary>Another one was being made.</summary>
    Running,
    NoRoom,

    /// <summary>The folder takes nothing.</summary>
    NotWritten,
    NoDatabase,
    DatabaseUnread,

    /// <summary>What lies in the archive is not what was laid there.</summary>
    Damaged,

    /// <summary>It is encrypted, with another passphrase or while none is set.</summary>
    Passphrase,
    Newer,

    /// <summary>There is an archive; those of old could not be removed.</summary>
    NotThinned,

    /// <summary>There is an archive; the second place is not there.</summary>
    PlaceAway,

    /// <summary>There is an archive; it could not be laid in the second place.</summary>
    NotCopied,

    /// <summary>There is an archive; the database is on a server and not in it.</summary>
    ServerDatabase,
}

/// <summary>What went wrong, for whoever reads the page, and in sentences for whoever runs the portal.</summary>
public sealed record BackupProblem(IReadOnlyList<BackupFault> Faults, string Sentences)
{
    private const string Behind = ": ";

    public BackupProblem(BackupFault fault, string sentence)
        : this([fault], sentence)
    {
    }

    /// <summary>One more thing that went wrong.</summary>
    public BackupProblem And(BackupProblem next) => new([.. Faults.Union(next.Faults)], $"{Sentences} {next.Sentences}");

    /// <param name="kept">As <see cref="Kept"/> writes it; a sentence alone is what an older version wrote.</param>
    public static BackupProblem Of(string kept) =>
        kept.Split(Behind, 2) is [var names, var sentences] && names.Split(' ') is var words && words.All(name => Enum.TryParse<BackupFault>(name, out _))
            ? new([.. words.Select(Enum.Parse<BackupFault>)], sentences)
            : new(BackupFault.Unknown, kept);

    /// <summary>As it is written into the history.</summary>
    public string Kept() => $"{string.Join(' ', Faults)}{Behind}{Sentences}" is var all && all.Length > BackupRun.ProblemLength ? all[..BackupRun.ProblemLength] : all;
}
