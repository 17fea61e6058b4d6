using Microsoft.Extensions.Options;
using UglyToad.PdfPig.Fonts;
using UglyToad.PdfPig.Fonts.TrueType;
using UglyToad.PdfPig.Fonts.TrueType.Parser;

namespace Diaspora.Web.Certificates;

/// <summary>The face that certificates are written in: the one that is configured, else one of the system that has every letter of both languages, ə and ₸.</summary>
public sealed class CertificateFont(IOptions<CertificateOptions> options, ILogger<CertificateFont> logger)
{
    private const string Needed =
        "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюяӘәҒғҚқҢңӨөҰұҮүҺһІіABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzƏəĞğŞşİıÇçÖöÜü0123456789 .,:;()«»—–-−+/№₸";

    /// <summary>Faces known to have them all, the plainest first.</summary>
    private static readonly string[] Known = ["DejaVuSans.ttf", "NotoSans-Regular.ttf", "segoeui.ttf", "arial.ttf", "Arial.ttf", "Arial Unicode.ttf"];

    private static readonly string[] Folders =
    [
        "/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts", Environment.GetFolderPath(Environment.SpecialFolder.Fonts),
    ];

    private readonly Lazy<Face?> face = new(() => string.IsNullOrWhiteSpace(options.Value.Font) ? InFolders().Select(Read).FirstOrDefault(read => read is not null) : Read(options.Value.Font));

    /// <summary>Missing where no file fits: then a certificate is a page to print, and no file.</summary>
    public Face? Face => face.Value;

    /// <summary>For the start, which reads no font: that takes longer than all else it does.</summary>
    public void SayIfNone()
    {
        if (string.IsNullOrWhiteSpace(options.Value.Font) && !InFolders().Any())
        {
            logger.LogWarning("No font with all letters of Russian, Kazakh and Azerbaijani and ₸ was found: certificates are pages to print and no PDF. Install DejaVu Sans, or name a file in {Key}.", $"{CertificateOptions.Section}:{nameof(CertificateOptions.Font)}");
        }
    }

    private static IEnumerable<string> InFolders()
    {
        List<string> files = [.. Folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.ttf", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }))];
        return Known.SelectMany(name => files.Where(file => Path.GetFileName(file) == name));
    }

    /// <returns>Nothing where it is no such file, or lacks a letter.</returns>
    internal static Face? Read(string file)
    {
        try
        {
            var read = new Face(File.ReadAllBytes(file));
            return Needed.All(read.Has) ? read : null;
        }
        catch (Exception fault) when (fault is IOException or InvalidFontFormatException or UnauthorizedAccessException or NotSupportedException or InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}

/// <summary>A TrueType file and which letters it can draw.</summary>
public sealed class Face
{
    private readonly TrueTypeFont font;

    public Face(byte[] file)
    {
        File = file;
        font = TrueTypeFontParser.Parse(new TrueTypeDataBytes(file));
    }

    public ReadOnlyMemory<byte> File { get; }

    public bool Has(char letter) => font.WindowsUnicodeCMap is { } map && map.CharacterCodeToGlyphIndex(letter) != 0;

    /// <summary>The same text with «?» for what the face cannot draw: a name may have any letter there is.</summary>
    public string Drawable(string text) => string.Concat(text.Select(letter => letter == '\u00A0' ? ' ' : Has(letter) ? letter : char.IsLowSurrogate(letter) ? "" : (object)'?'));
}
