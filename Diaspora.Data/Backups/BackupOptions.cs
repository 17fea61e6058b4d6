using Diaspora.Domain.Backups;

namespace Diaspora.Data.Backups;

/// <summary>When, where and how backups are made: <c>Backups:…</c>.</summary>
public sealed class BackupOptions
{
    public const string Section = "Backups";

    /// <summary>What can be guessed in an afternoon protects nothing.</summary>
    public const int ShortestPassphrase = 12;

    /// <summary>Absolute or beside the web project; <c>backups</c> in the storage directory unless this says otherwise.</summary>
    public string? Directory { get; set; }

    /// <summary>A second place, best on another machine. It is never made: the folder of a mount that is away would fill the disk the copy is to outlive.</summary>
    public string? CopyTo { get; set; }

    /// <summary>With one the archives are encrypted, and nobody opens them without it.</summary>
    public string? Passphrase { get; set; }

    /// <summary>The time of day in the portal's zone, <c>HH:mm</c>.</summary>
    public string At { get; set; } = "03:10";

    /// <summary>Whether one is made daily.</summary>
    public bool Enabled { get; set; } = true;
}

/// <summary>Why a backup or a restore does not go on, in a sentence for whoever runs the portal.</summary>
public sealed class BackupException(BackupProblem problem, Exception? cause = null) : Exception(problem.Sentences, cause)
{
    public BackupException(BackupFault fault, string sentence, Exception? cause = null)
        : this(new BackupProblem(fault, sentence), cause)
    {
    }

    public BackupProblem Problem => problem;
}
