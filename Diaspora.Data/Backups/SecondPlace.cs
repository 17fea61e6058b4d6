using Diaspora.Domain.Backups;

namespace Diaspora.Data.Backups;

/// <summary>The folder on another disk or machine where each archive is laid too.</summary>
internal static class SecondPlace
{
    /// <summary>Copies an archive and reads the copy again: only what is byte for byte the same gets its name.</summary>
    /// <exception cref="BackupException">The place is not there, or the copy is another one.</exception>
    public static void Lay(string archive, string place, CancellationToken cancel)
    {
        if (!Directory.Exists(place))
        {
            throw new BackupException(BackupFault.PlaceAway, $"the second place {place} is not there. Is its mount away?");
        }

        ArchiveName.Clear(place);
        var name = Path.GetFileName(archive);
        var part = ArchiveName.Part(place, name);
        try
        {
            (long, string) written;
            using (var from = File.OpenRead(archive))
            using (var to = PrivateFiles.Create(part, bufferBytes: 1))
            {
                written = from.CopyAndSum(to, cancel);
                to.Flush(flushToDisk: true);
            }

            using (var copy = File.OpenRead(part))
            {
                if (copy.CopyAndSum(Stream.Null, cancel) != written)
                {
                    throw new BackupException(BackupFault.NotCopied, $"what was written to {place} reads otherwise.");
                }
            }

            File.Move(part, Path.Combine(place, name));
        }
        finally
        {
            File.Delete(part);
        }
    }
}
