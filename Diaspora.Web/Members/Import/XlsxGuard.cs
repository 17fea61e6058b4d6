using System.IO.Compression;
using System.Text;
using System.Xml;
using Diaspora.Domain.Import;

namespace Diaspora.Web.Members.Import;

/// <summary>
/// Looks at an XLSX before a library opens it, which would unpack all of it into memory: is it one at all, how large is what is
/// really inside, how many rows, cells and merges. What the archive says about itself is not believed: everything is unpacked once and counted.
/// </summary>
public static class XlsxGuard
{
    private const long MostUnpacked = 100L * 1024 * 1024;
    private const long SmallUnpacked = 20L * 1024 * 1024;
    private const int MostSwelling = 100;
    private const int MostEntries = 2000;

    private static readonly byte[] OldOffice = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// <summary>With a password the archive is encrypted inside a container of the old format.</summary>
    private static readonly byte[] Encrypted = Encoding.Unicode.GetBytes("EncryptedPackage");

    public static bool IsZip(ReadOnlySpan<byte> file) => file.StartsWith("PK\u0003\u0004"u8) || file.StartsWith("PK\u0005\u0006"u8);

    public static bool IsOldOffice(ReadOnlySpan<byte> file) => file.StartsWith(OldOffice);

    /// <exception cref="DomainException">It is locked, old, none at all, damaged, too large inside, or has too much of something; <see cref="XlsxTally"/>.</exception>
    /// <exception cref="OperationCanceledException">It takes too long.</exception>
    /// <returns>What the file says of its formulas.</returns>
    public static XlsxTally Check(byte[] file, int mostCells = ImportLimits.MaxCells, CancellationToken cancel = default)
    {
        if (IsOldOffice(file))
        {
            throw new DomainException(file.AsSpan().IndexOf(Encrypted) >= 0 ? Problems.ImportFileLocked : Problems.ImportFileOld);
        }

        try
        {
            using var archive = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
            if (archive.Entries.Count > MostEntries)
            {
                throw new DomainException(Problems.ImportFileSwells);
            }

            if (archive.GetEntry("xl/workbook.xml") is null)
            {
                throw new DomainException(Problems.ImportFileWrongKind);
            }

            var tally = new XlsxTally(mostCells, cancel);
            var left = Math.Min(MostUnpacked, Math.Max(SmallUnpacked, (long)file.Length * MostSwelling));
            foreach (var entry in archive.Entries)
            {
                var isXml = IsXml(entry);
                using var content = new Counted(entry.Open(), left, isXml, cancel);
                if (isXml)
                {
                    Count(entry, content, tally);
                }

                content.CopyTo(Stream.Null);
                left = content.Left;
            }

            return tally;
        }
        catch (Exception fault) when (fault is InvalidDataException or XmlException or NotSupportedException or EndOfStreamException)
        {
            throw new DomainException(Problems.ImportFileDamaged);
        }
    }

    /// <summary>By its first bytes: a library finds a sheet by what the workbook says of it, not by its name.</summary>
    private static bool IsXml(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        Span<byte> head = stackalloc byte[64];
        head = head[..content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        var text = head.TrimStart("\uFEFF \r\n\t"u8);
        return text is [(byte)'<', ..] or [0, (byte)'<', ..] or [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..];
    }

    private static void Count(ZipArchiveEntry entry, Stream content, XlsxTally tally)
    {
        try
        {
            tally.Count(content);
        }
        catch (XmlException) when (Path.GetExtension(entry.Name) is not (".xml" or ".rels"))
        {
            // The drawings of old comments are often no valid XML. They are counted as far as they can be read.
        }
    }

    /// <summary>Lets through so many bytes and no more, and of XML no text or attribute longer than a reader should keep in memory.</summary>
    private sealed class Counted(Stream inner, long limit, bool isXml, CancellationToken cancel) : Stream
    {
        private const int LongestText = 1024 * 1024;
        private int _text;

        public long Left { get; private set; } = limit;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            cancel.ThrowIfCancellationRequested();
            var read = inner.Read(buffer);
            Left -= read;
            var end = buffer[..read].LastIndexOf((byte)'>');
            _text = end < 0 ? _text + read : read - end - 1;
            return Left >= 0 && (!isXml || _text <= LongestText) ? read : throw new DomainException(Problems.ImportFileSwells);
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
