using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Diaspora.Data.Accounts;
using Diaspora.Domain.Backups;

namespace Diaspora.Data.Backups;

/// <summary>
/// The file of an archive: a zip, encrypted where there is a passphrase. A plain one ends with the SHA-256 of everything before it, as the zip's comment, so that a flipped byte is found wherever it is and
/// any program still opens it; an encrypted one needs no such sum.
/// </summary>
internal static class ArchiveFile
{
    private const int SumLength = 64;

    /// <summary>Writes a new archive and flushes it to the disk.</summary>
    /// <param name="cost">What the key of an encrypted one costs.</param>
    public static void Write(string path, string? passphrase, PasswordOptions cost, Action<ZipArchive> write)
    {
        using var file = PrivateFiles.Create(path, bufferBytes: 128 * 1024, access: FileAccess.ReadWrite);
        if (passphrase is not null)
        {
            using (var sealing = new SealingStream(file, passphrase, SealHeader.New(cost)))
            using (var zip = new ZipArchive(sealing, ZipArchiveMode.Create, leaveOpen: true))
            {
                write(zip);
            }
        }
        else
        {
            using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            {
                zip.Comment = new string('0', SumLength);
                write(zip);
            }

            var sum = SumOf(file, CancellationToken.None);
            file.Position = file.Length - SumLength;
            file.Write(Encoding.ASCII.GetBytes(sum));
        }

        file.Flush(flushToDisk: true);
    }

    /// <param name="isReadThrough">Whether all of it is read first, also what belongs to no entry.</param>
    /// <exception cref="BackupException">It cannot be read: damaged, or the passphrase is missing or another one.</exception>
    public static ZipArchive Open(string path, string? passphrase, bool isReadThrough, CancellationToken cancel)
    {
        var stream = OpenStream(path, passphrase);
        try
        {
            if (isReadThrough)
            {
                ReadThrough(stream, cancel);
            }

            stream.Position = 0;
            return new ZipArchive(stream, ZipArchiveMode.Read);
        }
        catch (Exception fault)
        {
            stream.Dispose();
            throw fault is InvalidDataException ? new BackupException(BackupFault.Damaged, $"The archive is damaged or cut off: {fault.Message}", fault) : fault;
        }
    }

    public static bool IsSealed(string path)
    {
        using var file = File.OpenRead(path);
        return SealHeader.Begins(file);
    }

    private static void ReadThrough(Stream stream, CancellationToken cancel)
    {
        if (stream is UnsealingStream)
        {
            stream.CopyTo(Stream.Null, cancel);
        }
        else if (stream.Length < SumLength || SumOf(stream, cancel) != Encoding.ASCII.GetString(stream.ReadEnd(SumLength)))
        {
            throw new BackupException(BackupFault.Damaged, "The archive is damaged or cut off: its sum is another one than at its end.");
        }
    }

    private static Stream OpenStream(string path, string? passphrase)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 128 * 1024);
        try
        {
            return !SealHeader.Begins(file) && !path.EndsWith(ArchiveName.Sealed, StringComparison.Ordinal) ? file
                : new UnsealingStream(file, passphrase ?? throw new BackupException(BackupFault.Passphrase, "The archive is encrypted: set Backups:Passphrase."));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static string SumOf(Stream file, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        file.Position = 0;
        file.CopyTo(null, hash, file.Length - SumLength, cancel);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[] ReadEnd(this Stream file, int count)
    {
        var end = new byte[count];
        file.Position = file.Length - count;
        file.ReadExactly(end);
        return end;
    }
}
