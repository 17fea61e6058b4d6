using System.Globalization;

namespace Diaspora.Domain.Payments;

/// <summary>What proves a transfer: a file, kept outside the web root under a random name.</summary>
public sealed class Receipt
{
    private Receipt()
    {
    }

    internal Receipt(Guid intentId, string fileName, StoredFile file, Guid attachedBy, DateTime now)
    {
        IntentId = intentId;
        FileName = fileName;
        StoredName = file.StoredName;
        ContentType = file.ContentType;
        Size = file.Size;
        Sha256 = file.Sha256;
        AttachedBy = attachedBy;
        CreatedAt = now;
    }

    public Guid Id { get; private set; } = Guid.CreateVersion7();

    public Guid IntentId { get; private set; }

    /// <summary>As the member's phone called it: to show, never a path.</summary>
    public string FileName { get; private set; } = "";

    public string StoredName { get; private set; } = "";

    public string ContentType { get; private set; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; private set; }

    /// <summary>Of the file as it was uploaded, in lower-case hex. It shows that the same file was used twice.</summary>
    public string Sha256 { get; private set; } = "";

    public Guid AttachedBy { get; private set; }

    public DateTime CreatedAt { get; private set; }
}

/// <summary>A file that lies in the storage and is not named by any row yet.</summary>
public sealed record StoredFile(string StoredName, string ContentType, long Size, string Sha256);

/// <summary>Where receipts' files lie.</summary>
public interface IReceiptFiles
{
    /// <summary>Writes the whole file before any row names it.</summary>
    /// <remarks>A picture is made anew, upright and of a bounded size, with a thumbnail; a PDF stays as it is.</remarks>
    /// <exception cref="DomainException">Empty, larger than <see cref="ReceiptRules.MaxBytes"/>, not what a receipt may be by its content, damaged, or dangerous.</exception>
    Task<StoredFile> SaveAsync(Stream content, CancellationToken cancel = default);

    /// <summary>Writes any file as it is: a statement is read before it is kept.</summary>
    /// <exception cref="DomainException">Empty, or larger than that.</exception>
    Task<StoredFile> KeepAsync(Stream content, string contentType, long maxBytes, CancellationToken cancel = default);

    /// <exception cref="FileNotFoundException">The file is gone.</exception>
    Stream Open(string storedName);

    /// <exception cref="FileNotFoundException">The file is gone, or it is no picture.</exception>
    Stream OpenThumbnail(string storedName);

    /// <summary>Removes a file that no row names, with all that belongs to it; a missing file is no error.</summary>
    void Delete(string storedName);

    /// <summary>The names of all files with the moment each was last written, half-written ones among them.</summary>
    IReadOnlyDictionary<string, DateTime> Written();

    /// <summary>Lays a file that no row names aside, with all that belongs to it, where it is deleted later.</summary>
    void SetAside(string storedName, DateTime now);

    /// <summary>The names of the files that were set aside, and when.</summary>
    IReadOnlyDictionary<string, DateTime> Aside();

    /// <summary>Brings back what was set aside: a row names it after all.</summary>
    void BringBack(string storedName);

    /// <summary>Deletes what was set aside.</summary>
    void DeleteAside(string storedName);
}

public static class ReceiptRules
{
    public const long MaxBytes = 10 * 1024 * 1024;
    public const int MaxFiles = 10;

    /// <summary>How long a file may lie without a row that names it. Longer than any request lasts, and long enough for somebody to ask about it.</summary>
    public static readonly TimeSpan WaitsForRow = TimeSpan.FromHours(48);

    /// <summary>How long a file that no row names lies aside before it is deleted: long enough to notice that the wrong database was asked.</summary>
    public static readonly TimeSpan StaysAside = TimeSpan.FromDays(30);

    public const string Jpeg = "image/jpeg";
    public const string Png = "image/png";
    public const string Webp = "image/webp";
    public const string Pdf = "application/pdf";

    /// <summary>How many first bytes <see cref="ContentTypeOf"/> needs.</summary>
    public const int HeadBytes = 16;

    /// <summary>HEIC, HEIF and AVIF name themselves so in the box that they begin with; films of phones begin with other names.</summary>
    private static readonly string[] PhoneBrands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "mif2", "msf1", "avif", "avis"];

    private static readonly string[] Endings = [".jpg", ".jpeg", ".png", ".webp", ".pdf"];

    /// <summary>What a file is by its first bytes. Its name and what the browser says are not believed. Missing when it is no receipt.</summary>
    public static string? ContentTypeOf(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? Jpeg
        : head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? Png
        : head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..].StartsWith("WEBP"u8) ? Webp
        : head.StartsWith("%PDF-"u8) ? Pdf
        : null;

    /// <summary>
    /// Why a file is refused that is none of these, by its first bytes. Phones make photos in formats that nothing here can open, and their owner hears of the way out.
    /// </summary>
    public static Problem RefusalOf(ReadOnlySpan<byte> head) =>
        head.Length >= 12 && head[4..].StartsWith("ftyp"u8) && PhoneBrands.Contains(System.Text.Encoding.ASCII.GetString(head[8..12]))
            ? new Problem(Problems.FilePhoneFormat)
            : new Problem(Problems.FileWrongKind);

    /// <summary>The name with the ending that fits the content. A photo may have been uploaded as another format than it is kept in.</summary>
    public static string NameToSave(string fileName, string contentType)
    {
        var ending = contentType switch { Jpeg => ".jpg", Png => ".png", Webp => ".webp", _ => ".pdf" };
        var own = Endings.FirstOrDefault(known => fileName.EndsWith(known, StringComparison.OrdinalIgnoreCase)) ?? "";
        return own == ending || own == ".jpeg" && contentType == Jpeg ? fileName : fileName[..^own.Length] + ending;
    }

    /// <summary>The last part of a name without signs that mean something to a browser or a disk.</summary>
    public static string TidyName(string? fileName)
    {
        var name = (fileName ?? "").Split('/', '\\')[^1];
        var tidy = string.Concat(name.Where(sign => !IsUnseen(sign) && !"\"<>|:*?".Contains(sign, StringComparison.Ordinal))).Trim();
        return tidy.Length == 0 ? "receipt" : tidy.Length > 100 ? tidy[(char.IsLowSurrogate(tidy[^100]) ? ^99 : ^100)..] : tidy;

        // A format sign can turn the writing round, so that "….exe" is read as a picture.
        static bool IsUnseen(char sign) => char.GetUnicodeCategory(sign) is UnicodeCategory.Control or UnicodeCategory.Format;
    }
}
