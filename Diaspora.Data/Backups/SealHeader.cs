using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Diaspora.Data.Accounts;
using Diaspora.Domain.Backups;
using Konscious.Security.Cryptography;

namespace Diaspora.Data.Backups;

/// <summary>
/// How an encrypted archive begins. All numbers are big-endian.
/// <code>
///  0  8  "DIASEAL1"
///  8  4  Argon2id: memory in KiB      12  4  iterations      16  4  parallelism
/// 20  4  bytes of a chunk before it is encrypted
/// 24 16  salt
/// 40  7  nonce prefix, random
/// 47 16  tag over all of this (nothing encrypted, nonce of chunk 0 with the mark 2): whether the passphrase is the right one
/// 63     chunks: ciphertext and a tag of 16 bytes each, all of the full size but the last
/// </code>
/// The key is Argon2id of the passphrase (UTF-8, NFKC) and the salt, 32 bytes. A chunk is AES-256-GCM, its nonce is prefix, number from 0 (4 bytes) and mark: 1 for the last chunk, 0 for those
/// before; the first 63 bytes are associated data of each. So a flipped byte, chunks in another order or of another archive, a part that is missing at the end or was added there: each is found.
/// </summary>
internal sealed record SealHeader(int MemoryKiB, int Iterations, int Parallelism, int ChunkBytes, byte[] Salt, byte[] Prefix)
{
    public const int TagBytes = 16;
    public const int Length = Untagged + TagBytes;

    private const int Untagged = 47;
    private const byte Middle = 0;
    private const byte Last = 1;
    private const byte Head = 2;

    private static readonly byte[] Magic = "DIASEAL1"u8.ToArray();

    /// <param name="cost">What a password costs here; whoever has the file guesses just so.</param>
    public static SealHeader New(PasswordOptions cost) => new(cost.MemoryKiB, cost.Iterations, cost.Parallelism, 1024 * 1024, RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(7));

    public static bool Begins(Stream file)
    {
        Span<byte> begin = stackalloc byte[Magic.Length];
        var read = file.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return begin[..read].SequenceEqual(Magic);
    }

    /// <returns>What stands at the beginning of the file, and the key.</returns>
    public (byte[] Header, AesGcm Key) Write(string passphrase)
    {
        var header = new byte[Length];
        Magic.CopyTo(header, 0);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8), MemoryKiB);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(12), Iterations);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(16), Parallelism);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(20), ChunkBytes);
        Salt.CopyTo(header, 24);
        Prefix.CopyTo(header, 40);
        var key = Derive(passphrase);
        key.Encrypt(Nonce(0, Head), [], [], header.AsSpan(Untagged), header.AsSpan(0, Untagged));
        return (header, key);
    }

    /// <exception cref="BackupException">It is no such header, or the passphrase is another one.</exception>
    public static (SealHeader Header, AesGcm Key) Read(ReadOnlySpan<byte> from, string passphrase)
    {
        if (from.Length < Length || !from.StartsWith(Magic))
        {
            throw new BackupException(BackupFault.Damaged, "The archive is damaged: it does not begin as an encrypted one does.");
        }

        var header = new SealHeader(
            BinaryPrimitives.ReadInt32BigEndian(from[8..]), BinaryPrimitives.ReadInt32BigEndian(from[12..]), BinaryPrimitives.ReadInt32BigEndian(from[16..]), BinaryPrimitives.ReadInt32BigEndian(from[20..]),
            from[24..40].ToArray(), from[40..Untagged].ToArray());

        // Looked at before it is believed: what a stranger writes here must not take the machine's memory.
        if (header is not { MemoryKiB: >= 1024 and <= 1024 * 1024, Iterations: >= 1 and <= 64, Parallelism: >= 1 and <= 16, ChunkBytes: >= 1024 and <= 16 * 1024 * 1024 })
        {
            throw new BackupException(BackupFault.Damaged, "The archive is damaged at its beginning.");
        }

        var key = header.Derive(passphrase);
        try
        {
            key.Decrypt(header.Nonce(0, Head), [], from[Untagged..Length], [], from[..Untagged]);
            return (header, key);
        }
        catch (AuthenticationTagMismatchException)
        {
            key.Dispose();
            throw new BackupException(BackupFault.Passphrase, "The passphrase is not the one of this archive, or the archive is damaged at its beginning.");
        }
    }

    public byte[] Nonce(uint chunk, bool isLast) => Nonce(chunk, isLast ? Last : Middle);

    private byte[] Nonce(uint chunk, byte mark)
    {
        var nonce = new byte[12];
        Prefix.CopyTo(nonce, 0);
        BinaryPrimitives.WriteUInt32BigEndian(nonce.AsSpan(7), chunk);
        nonce[11] = mark;
        return nonce;
    }

    private AesGcm Derive(string passphrase)
    {
        using var argon2 = new Argon2id(Encoding.UTF8.GetBytes(passphrase.Whole(NormalizationForm.FormKC)))
        {
            Salt = Salt,
            MemorySize = MemoryKiB,
            Iterations = Iterations,
            DegreeOfParallelism = Parallelism,
        };
        var key = argon2.GetBytes(32);
        try
        {
            return new AesGcm(key, TagBytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
