namespace Diaspora.Data;

/// <summary>
/// Shows other processes that a portal runs over the storage directory: several portals hold the same lock together, and a restore needs it alone. It ends with its process.
/// </summary>
public sealed class PortalLock(StorageFolders folders) : IDisposable
{
    private FileStream? _held;

    /// <summary>From now on until the portal has stopped.</summary>
    /// <exception cref="InvalidOperationException">A backup is being restored there.</exception>
    public void Hold()
    {
        try
        {
            _held ??= PrivateFiles.OpenTogether(folders.PortalLock);
        }
        catch (IOException fault)
        {
            throw new InvalidOperationException($"Storage:Directory = '{folders.Root}': a backup is being restored there. Start the portal when that is done.", fault);
        }

        if (File.Exists(folders.RestoreJournal))
        {
            throw new InvalidOperationException($"Storage:Directory = '{folders.Root}': a restore was interrupted there just now. Start the portal again.");
        }
    }

    public void Dispose() => _held?.Dispose();
}
