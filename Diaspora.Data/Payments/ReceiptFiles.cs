using System.Buffers;
using System.Security.Cryptography;
using Diaspora.Domain;
using Diaspora.Domain.Payments;

namespace Diaspora.Data.Payments;

/// <summary>Receipts as files in a folder of their own, outside the web root, under random names in 256 subfolders.</summary>
internal sealed class ReceiptFiles(StorageFolders folders) : IReceiptFiles
{
    public async Task<StoredFile> SaveAsync(Stream content, CancellationToken cancel = default)
    {
        var name = $"{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            return await WriteAsync(content, name, path, cancel);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    public Stream Open(string storedName) => new FileStream(PathOf(storedName), FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, useAsync: true);

    public void Delete(string storedName)
    {
        var path = PathOf(storedName);
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    private static async Task<StoredFile> WriteAsync(Stream content, string name, string path, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024, useAsync: true);
            string? contentType = null;
            long size = 0;
            int read;
            while ((read = await content.ReadAtLeastAsync(buffer.AsMemory(0, 64 * 1024), ReceiptRules.HeadBytes, throwOnEndOfStream: false, cancel)) > 0)
            {
                contentType ??= ReceiptRules.ContentTypeOf(buffer.AsSpan(0, read)) ?? throw new DomainException(Problems.FileWrongKind);
                size += read;
                if (size > ReceiptRules.MaxBytes)
                {
                    throw new DomainException(Problems.FileTooLarge);
                }

                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancel);
            }

            if (contentType is null)
            {
                throw new DomainException(Problems.FileEmpty);
            }

            file.Flush(flushToDisk: true);
            return new StoredFile(name, contentType, size, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The name is one of ours: hex only, so it can lead nowhere else.</summary>
    private string PathOf(string storedName) =>
        storedName.Length == 32 && storedName.All(char.IsAsciiHexDigitLower)
            ? Path.Combine(folders.Receipts, storedName[..2], storedName)
            : throw new FileNotFoundException("There is no receipt under such a name.");
}
