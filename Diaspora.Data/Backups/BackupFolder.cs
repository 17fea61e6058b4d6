using Diaspora.Domain.Backups;

namespace Diaspora.Data.Backups;

/// <summary>Where the archives lie.</summary>
public sealed record BackupFolder(string Path)
{
    private string Lock => System.IO.Path.Combine(Path, "backing-up.lock");

    /// <summary>One at a time, whichever process makes it; a lock that ends with its process.</summary>
    /// <exception cref="BackupException">Another one is being made.</exception>
    internal FileStream TakeTurn()
    {
        PrivateFiles.CreateFolder(Path);
        try
        {
            return PrivateFiles.OpenAlone(Lock);
        }
        catch (IOException fault)
        {
            throw new BackupException(BackupFault.Running, "Another backup is being made now.", fault);
        }
    }
}
