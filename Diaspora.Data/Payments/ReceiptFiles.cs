using System.Buffers;
using System.Security.Cryptography;
using Diaspora.Domain.Payments;
using SkiaSharp;

namespace Diaspora.Data.Payments;

/// <summary>Receipts as files in a folder of their own, outside the web root, under random names in 256 subfolders.</summary>
internal sealed class ReceiptFiles(StorageFolders folders, StorageState state) : IReceiptFiles, IDisposable
{
    private const int NameLength = 32;
    private const int BufferBytes = 64 * 1024;

    /// <summary>The upload as it comes, until it is known to be a receipt.</summary>
    private const string Incoming = ".part";

    private const string Thumbnail = ".thumb";

    private static readonly string[] Endings = ["", Thumbnail, Incoming];

    private readonly MemoryBudget _memory = new(ReceiptPicture.MaxMemory);

    public Task<StoredFile> SaveAsync(Stream content, CancellationToken cancel = default) => WriteAsync(async (name, path) =>
    {
        var came = await ReceiveAsync(content, name, path + Incoming, ReceiptRules.MaxBytes, head => ReceiptRules.ContentTypeOf(head) ?? throw new DomainException(ReceiptRules.RefusalOf(head)), cancel);
        return came.ContentType == ReceiptRules.Pdf
            ? await KeepAsync(came, path, cancel)
            : await MakeAnewAsync(came, path, cancel);
    });

    public Task<StoredFile> KeepAsync(Stream content, string contentType, long maxBytes, CancellationToken cancel = default) => WriteAsync(async (name, path) =>
    {
        var came = await ReceiveAsync(content, name, path + Incoming, maxBytes, _ => contentType, cancel);
        File.Move(path + Incoming, path);
        return came;
    });

    private async Task<StoredFile> WriteAsync(Func<string, string, Task<StoredFile>> write)
    {
        var name = RandomNumberGenerator.GetHexString(NameLength, lowercase: true);
        var path = PathOf(name);
        try
        {
            RequireFolder();
            PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
            return await write(name, path);
        }
        catch (Exception fault)
        {
            Delete(name);
            if (fault is IOException or UnauthorizedAccessException && state.Blames(fault))
            {
                throw new DomainException(Problems.NotWritten);
            }

            throw;
        }
    }

    public Stream Open(string storedName) => OpenFile(PathOf(storedName));

    public Stream OpenThumbnail(string storedName) => OpenFile(PathOf(storedName) + Thumbnail);

    public void Delete(string storedName)
    {
        var path = PathOf(storedName);
        foreach (var file in Endings.Select(ending => path + ending).Where(File.Exists))
        {
            File.Delete(file);
        }
    }

    public IReadOnlyDictionary<string, DateTime> Written() => In(folders.Receipts);

    public IReadOnlyDictionary<string, DateTime> Aside() => In(folders.Quarantine);

    public void SetAside(string storedName, DateTime now) => Move(PathOf(storedName), AsideOf(storedName), file => File.SetLastWriteTimeUtc(file, now));

    public void BringBack(string storedName)
    {
        PrivateFiles.CreateFolder(Path.GetDirectoryName(PathOf(storedName))!);
        Move(AsideOf(storedName), PathOf(storedName), _ => { });
    }

    public void DeleteAside(string storedName)
    {
        foreach (var file in Endings.Select(ending => AsideOf(storedName) + ending).Where(File.Exists))
        {
            File.Delete(file);
        }
    }

    /// <summary>Where the volume was taken away, a folder made in its place would hide the receipts from it when it is back.</summary>
    private void RequireFolder()
    {
        if (!Directory.Exists(folders.Receipts))
        {
            throw new DirectoryNotFoundException($"The folder '{folders.Receipts}' is gone.");
        }
    }

    private static Dictionary<string, DateTime> In(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetFileNameWithoutExtension(file.Name), file.LastWriteTimeUtc))
            .Where(file => IsName(file.Name))
            .GroupBy(file => file.Name).ToDictionary(file => file.Key, file => file.Max(part => part.LastWriteTimeUtc));

    private static void Move(string from, string to, Action<string> moving)
    {
        foreach (var ending in Endings.Where(ending => File.Exists(from + ending)))
        {
            moving(from + ending);
            File.Move(from + ending, to + ending, overwrite: true);
        }
    }

    public void Dispose() => _memory.Dispose();

    private delegate string KindOf(ReadOnlySpan<byte> head);

    private static async Task<StoredFile> ReceiveAsync(Stream content, string name, string path, long maxBytes, KindOf kindOf, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            await using var file = PrivateFiles.Create(path, BufferBytes, FileOptions.Asynchronous);
            string? contentType = null;
            long size = 0;
            int read;
            while ((read = await content.ReadAtLeastAsync(buffer.AsMemory(0, BufferBytes), ReceiptRules.HeadBytes, throwOnEndOfStream: false, cancel)) > 0)
            {
                contentType ??= kindOf(buffer.AsSpan(0, read));
                size += read;
                if (size > maxBytes)
                {
                    throw new DomainException(Problems.FileTooLarge);
                }

                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancel);
            }

            // A picture is written anew in a moment, so the upload itself need not be flushed to the disk.
            file.Flush(flushToDisk: contentType is not (ReceiptRules.Jpeg or ReceiptRules.Png or ReceiptRules.Webp));
            return new StoredFile(name, contentType ?? throw new DomainException(Problems.FileEmpty), size, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<StoredFile> KeepAsync(StoredFile came, string path, CancellationToken cancel)
    {
        using var share = await _memory.ReserveAsync(came.Size, cancel);
        await Task.Run(() =>
        {
            using var file = SKData.Create(path + Incoming) ?? throw new IOException("The receipt's file cannot be read.");
            PdfCheck.Check(file);
        }, cancel);
        File.Move(path + Incoming, path);
        return came;
    }

    /// <summary>Only the pixels are kept. Where and with what a photo was taken is nobody's business.</summary>
    private async Task<StoredFile> MakeAnewAsync(StoredFile came, string path, CancellationToken cancel)
    {
        using (var picture = ReceiptPicture.Open(path + Incoming, came.ContentType))
        {
            using var share = await _memory.ReserveAsync(picture.Memory, cancel);
            await Task.Run(() => picture.Write(path, path + Thumbnail), cancel);
        }

        File.Delete(path + Incoming);
        return came with { ContentType = ReceiptRules.Jpeg, Size = new FileInfo(path).Length };
    }

    private static FileStream OpenFile(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, useAsync: true);

    /// <summary>Only a name that we gave is taken. It is hexadecimal, so it cannot lead out of the folder.</summary>
    private string PathOf(string storedName) =>
        IsName(storedName)
            ? Path.Combine(folders.Receipts, storedName[..2], storedName)
            : throw new FileNotFoundException("There is no receipt under such a name.");

    private string AsideOf(string storedName) => Path.Combine(folders.Quarantine, Path.GetFileName(PathOf(storedName)));

    private static bool IsName(string text) => text.Length == NameLength && text.All(char.IsAsciiHexDigitLower);
}
