using System.Text.Json;
using Diaspora.Data.Operations;

namespace Diaspora.Data.Backups;

/// <summary>
/// Everything that a restored backup replaces moves aside, and everything that came out of the archive moves into its place. Once the journal of it is written the new state holds: whoever comes next, a portal
/// that starts or another restore, goes on where a killed process stopped.
/// </summary>
internal sealed record RestoreSwap(IReadOnlyList<RestoreSwap.Step> Aside, IReadOnlyList<RestoreSwap.Step> Place, IReadOnlyList<string> Staging)
{
    internal sealed record Step(string From, string To);

    /// <exception cref="StartRefusedException">A restore is at it right now.</exception>
    public static void GoOn(StorageFolders folders)
    {
        if (!File.Exists(folders.RestoreJournal))
        {
            return;
        }

        FileStream alone;
        try
        {
            alone = PrivateFiles.OpenAlone(folders.PortalLock);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"Storage:Directory = '{folders.Root}': a backup is being restored there.");
        }

        using (alone)
        {
            GoOnAlone(folders);
        }
    }

    /// <summary>For who has the folder alone already.</summary>
    public static void GoOnAlone(StorageFolders folders)
    {
        if (File.Exists(folders.RestoreJournal))
        {
            var swap = JsonSerializer.Deserialize<RestoreSwap>(File.ReadAllBytes(folders.RestoreJournal)) ?? throw new StartRefusedException($"{folders.RestoreJournal} is empty.");
            swap.Run(folders, Move);
        }
    }

    /// <summary>Either all of it happens, or none: what cannot be moved on is moved back.</summary>
    public void Begin(StorageFolders folders, Action<string, string> move)
    {
        var part = folders.RestoreJournal + ".part";
        File.Delete(part);
        using (var journal = PrivateFiles.Create(part))
        {
            JsonSerializer.Serialize(journal, this);
            journal.Flush(flushToDisk: true);
        }

        File.Move(part, folders.RestoreJournal);
        try
        {
            Run(folders, move);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            foreach (var step in Place.Reverse().Concat(Aside.Reverse()).Where(step => Exists(step.To) && !Exists(step.From)))
            {
                move(step.To, step.From);
            }

            foreach (var kept in Aside.Select(step => Path.GetDirectoryName(step.To)!).Distinct().Where(Directory.Exists))
            {
                Directory.Delete(kept);
            }

            End(folders);
            throw;
        }
    }

    public static void Move(string from, string to)
    {
        if (Directory.Exists(from))
        {
            Directory.Move(from, to);
        }
        else
        {
            File.Move(from, to);
        }
    }

    private void Run(StorageFolders folders, Action<string, string> move)
    {
        // Where something lies aside already it is the new one that stands in its place now.
        foreach (var step in Aside.Where(step => Exists(step.From) && !Exists(step.To)))
        {
            PrivateFiles.CreateFolder(Path.GetDirectoryName(step.To)!);
            move(step.From, step.To);
        }

        foreach (var step in Place.Where(step => Exists(step.From)))
        {
            if (Directory.Exists(step.To))
            {
                // Made empty by whoever started meanwhile.
                Directory.Delete(step.To);
            }

            move(step.From, step.To);
        }

        End(folders);
    }

    private void End(StorageFolders folders)
    {
        foreach (var folder in Staging.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }

        File.Delete(folders.RestoreJournal);
    }

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);
}
