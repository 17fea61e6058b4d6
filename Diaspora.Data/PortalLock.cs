using Diaspora.Data.Backups;
using Diaspora.Data.Operations;

namespace Diaspora.Data;

/// <summary>
/// Shows other processes that a portal runs over the storage directory: several portals hold the same lock together, and a restore needs it alone. It ends with its process.
/// </summary>
public sealed class PortalLock(StorageFolders folders) : IDisposable
{
    private FileStream? _held;

    /// <summary>Goes on where a restore was killed, before anybody looks at what is there.</summary>
    /// <exception cref="StartRefusedException">A backup is being restored there.</exception>
    public void EndRestore() => RestoreSwap.GoOn(folders);

    /// <summary>From now on until the portal has stopped.</summary>
    /// <exception cref="StartRefusedException">A backup is being restored there.</exception>
    public void Hold()
    {
        folders.PrepareRoot();
        try
        {
            _held ??= PrivateFiles.OpenTogether(folders.PortalLock);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"Storage:Directory = '{folders.Root}': a backup is being restored there, or '{folders.PortalLock}' cannot be opened: {fault.Message}");
        }

        if (File.Exists(folders.RestoreJournal))
        {
            throw new StartRefusedException($"Storage:Directory = '{folders.Root}': a restore was interrupted there just now. Start the portal again.");
        }
    }

    public void Dispose() => _held?.Dispose();
}
