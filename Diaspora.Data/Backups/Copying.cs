using System.Buffers;
using System.Security.Cryptography;

namespace Diaspora.Data.Backups;

/// <summary>Copies in pieces, so that what is copied may be larger than memory, and stops between two of them when it has to.</summary>
internal static class Copying
{
    private const int Piece = 256 * 1024;

    public static void CopyTo(this Stream from, Stream to, CancellationToken cancel) => from.CopyTo(to, null, long.MaxValue, cancel);

    /// <returns>How many bytes there were, and their SHA-256.</returns>
    /// <param name="most">More bytes are not read.</param>
    public static (long Bytes, string Sha256) CopyAndSum(this Stream from, Stream to, CancellationToken cancel, long most = long.MaxValue)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = from.CopyTo(to, hash, most, cancel);
        return (bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    public static long CopyTo(this Stream from, Stream? to, IncrementalHash? hash, long most, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            var copied = 0L;
            int read;
            while (copied < most && (read = from.Read(buffer, 0, (int)Math.Min(buffer.Length, most - copied))) > 0)
            {
                cancel.ThrowIfCancellationRequested();
                hash?.AppendData(buffer, 0, read);
                to?.Write(buffer, 0, read);
                copied += read;
            }

            return copied;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
