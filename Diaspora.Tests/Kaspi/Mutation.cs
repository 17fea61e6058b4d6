using System.IO.Compression;
using System.Text;

namespace Diaspora.Tests.Kaspi;

/// <summary>Changes pieces of a file: bytes, words of its format, lengths, order; and what is packed within it, unpacked before and packed again.</summary>
internal sealed class Mutation(Random random)
{
    private static readonly byte[][] Words = [.. new[]
    {
        "stream\n", "endstream\n", "endobj\n", "1 0 R", "/Kids [1 0 R 2 0 R 3 0 R]", "/Count 999999999", "/Length 2147483647", "/Filter /LZWDecode", "/Filter [/FlateDecode /FlateDecode]", "<<", ">>", "[[[[[[[[",
        "/DecodeParms << /Predictor 12 /Columns 2147483647 >>", "xref\n", "trailer\n", "startxref\n0\n", "/Parent 1 0 R", "q q q q q q q q", "BT", "ET", "/Fm0 Do", "(((((((", "\0", "\uFEFF", "\"", "\"\"", ";", ",", "\t", "=",
        "\r\n", "КонецДокумента", "СекцияДокумент=", "99999999999999999999", "-1", "1e308", "NaN", "31.02.2026", "<row r=\"1048576\"/>", "<!DOCTYPE a [<!ENTITY b \"c\">]>", "&b;", "]]>", "PK\u0003\u0004", "%PDF-1.7", "1CClientBankExchange",
    }.Select(Encoding.UTF8.GetBytes)];

    public byte[] Of(byte[] file)
    {
        // What is changed from outside is mostly no archive any more, and says nothing of the rest.
        var isArchive = file.AsSpan().StartsWith("PK"u8);
        var isInside = isArchive || random.Next(2) == 0;
        var changed = !isInside ? file : isArchive ? InArchive(file) : InStream(file);
        for (var times = isInside && random.Next(5) > 0 ? 0 : random.Next(1, 5); times > 0 || ReferenceEquals(changed, file); times--)
        {
            changed = Once(changed);
        }

        return changed;
    }

    private byte[] Once(byte[] file)
    {
        if (file.Length < 4)
        {
            return [.. file, .. Words[random.Next(Words.Length)]];
        }

        var (at, length) = (random.Next(file.Length), random.Next(1, 40));
        var end = Math.Min(file.Length, at + length);
        switch (random.Next(8))
        {
            case 0:
                return [.. file[..at], (byte)random.Next(256), .. file[(at + 1)..]];
            case 1:
                return [.. file[..at], (byte)(file[at] ^ 1 << random.Next(8)), .. file[(at + 1)..]];
            case 2:
                return [.. file[..at], .. Words[random.Next(Words.Length)], .. file[at..]];
            case 3:
                return [.. file[..at], .. Words[random.Next(Words.Length)], .. file[end..]];
            case 4:
                return [.. file[..at], .. file[end..]];
            case 5:
                return [.. file[..end], .. file[at..]];
            case 6:
                return random.Next(4) == 0 ? file[..at] : [.. file[..at], .. file[at..end].Reverse(), .. file[end..]];
            default:
                // A number of the format becomes another one.
                var digit = file.AsSpan(at).IndexOfAnyInRange((byte)'0', (byte)'9');
                return digit < 0 ? file : [.. file[..(at + digit)], (byte)('0' + random.Next(10)), .. random.Next(3) == 0 ? "99999999"u8 : [], .. file[(at + digit + 1)..]];
        }
    }

    /// <summary>Within a stream of a PDF, which keeps its place: what is shorter is filled up.</summary>
    private byte[] InStream(byte[] file)
    {
        List<int> streams = [];
        for (var at = 0; at < file.Length && file.AsSpan(at).IndexOf("stream\n"u8) is >= 0 and var found; at += found + 7)
        {
            if (found < 3 || !file.AsSpan(at + found - 3, 3).SequenceEqual("end"u8))
            {
                streams.Add(at + found + 7);
            }
        }

        if (streams.Count == 0)
        {
            return file;
        }

        var begin = streams[random.Next(streams.Count)];
        var end = file.AsSpan(begin).IndexOf("endstream"u8) is >= 0 and var length ? begin + length : file.Length;
        byte[] inside;
        try
        {
            using var unpacked = new MemoryStream();
            using (var packed = new ZLibStream(new MemoryStream(file[begin..end]), CompressionMode.Decompress))
            {
                packed.CopyTo(unpacked);
            }

            inside = unpacked.ToArray();
        }
        catch (InvalidDataException)
        {
            return file;
        }

        using var result = new MemoryStream();
        using (var packing = new ZLibStream(result, CompressionLevel.Fastest, leaveOpen: true))
        {
            packing.Write(Once(Once(inside)));
        }

        return [.. file[..begin], .. result.ToArray(), (byte)'\n', .. file[end..]];
    }

    /// <summary>Within a part of a workbook.</summary>
    private byte[] InArchive(byte[] file)
    {
        using var result = new MemoryStream();
        using (var source = new ZipArchive(new MemoryStream(file)))
        using (var target = new ZipArchive(result, ZipArchiveMode.Create, leaveOpen: true))
        {
            var chosen = random.Next(source.Entries.Count);
            foreach (var (index, entry) in source.Entries.Index())
            {
                using var content = new MemoryStream();
                using (var opened = entry.Open())
                {
                    opened.CopyTo(content);
                }

                using var written = target.CreateEntry(entry.FullName).Open();
                written.Write(index == chosen ? Once(Once(content.ToArray())) : content.ToArray());
            }
        }

        return result.ToArray();
    }
}
