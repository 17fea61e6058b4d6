using System.IO.Compression;
using System.Text;
using System.Xml;
using Diaspora.Domain.Import;

namespace Diaspora.Web.Members.Import;

/// <summary>
/// Looks at an XLSX before a library opens it, which would unpack all of it into memory: is it one at all, how large is what is
/// really inside, how many rows. What the archive says about itself is not believed: everything is unpacked once and counted.
/// </summary>
public static class XlsxGuard
{
    private const long MostUnpacked = 200L * 1024 * 1024;
    private const long SmallUnpacked = 20L * 1024 * 1024;
    private const int MostSwelling = 100;
    private const int MostEntries = 2000;

    private static readonly byte[] OldOffice = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// <summary>A password turns the archive into the old container, with the archive encrypted inside.</summary>
    private static readonly byte[] Encrypted = Encoding.Unicode.GetBytes("EncryptedPackage");

    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    public static bool IsZip(ReadOnlySpan<byte> file) => file.StartsWith("PK\u0003\u0004"u8) || file.StartsWith("PK\u0005\u0006"u8);

    public static bool IsOldOffice(ReadOnlySpan<byte> file) => file.StartsWith(OldOffice);

    /// <exception cref="DomainException">It is locked, old, none at all, damaged, too large inside, or has too many rows.</exception>
    public static void Check(byte[] file)
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

            var left = Math.Min(MostUnpacked, Math.Max(SmallUnpacked, (long)file.Length * MostSwelling));
            foreach (var entry in archive.Entries)
            {
                using var content = new Counted(entry.Open(), left);
                if (entry.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal) && entry.FullName.EndsWith(".xml", StringComparison.Ordinal))
                {
                    CountRows(content);
                }

                content.CopyTo(Stream.Null);
                left = content.Left;
            }
        }
        catch (Exception fault) when (fault is InvalidDataException or XmlException or NotSupportedException or EndOfStreamException)
        {
            throw new DomainException(Problems.ImportFileDamaged);
        }
    }

    /// <summary>Rows that hold anything: a sheet that was only coloured down to its end is not long.</summary>
    private static void CountRows(Stream sheet)
    {
        using var xml = XmlReader.Create(sheet, Settings);
        var rows = 0;
        var isCounted = true;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (xml.LocalName == "row")
            {
                isCounted = false;
            }
            else if (!isCounted && xml.LocalName is "v" or "is")
            {
                isCounted = true;
                if (++rows > ImportLimits.MaxRows + ImportLimits.HeaderRows)
                {
                    throw new DomainException(Problems.ImportTooManyRows, ImportLimits.MaxRows);
                }
            }
        }
    }

    /// <summary>Lets through so many bytes and no more.</summary>
    private sealed class Counted(Stream inner, long limit) : Stream
    {
        public long Left { get; private set; } = limit;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            Left -= read;
            return Left >= 0 ? read : throw new DomainException(Problems.ImportFileSwells);
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
