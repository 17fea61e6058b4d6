using System.Buffers;
using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Diaspora.Domain.Import;

namespace Diaspora.Web.Members.Import;

/// <summary>CSV by CsvHelper: semicolon, comma or tab, whichever makes the most of the header; UTF-8, UTF-16 with its mark, or windows-1251.</summary>
internal sealed class CsvSheetReader : ISheetReader
{
    private static readonly string[] Delimiters = [";", ",", "\t"];
    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(sign => char.IsControl(sign) && sign is not ('\r' or '\n' or '\t'))]);
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding Cyrillic = CodePagesEncodingProvider.Instance.GetEncoding(1251)!;

    /// <summary>Whatever is not binary: a CSV has nothing to be known by.</summary>
    public bool Reads(ReadOnlySpan<byte> file) => HasMark(file) || file[..Math.Min(file.Length, 4096)].IndexOf((byte)0) < 0;

    public IReadOnlyList<SheetRow> Read(byte[] file, CancellationToken cancel)
    {
        var text = Decode(file, out var isGuess);
        if (text.AsSpan().ContainsAny(Controls))
        {
            throw new DomainException(Problems.ImportEncoding);
        }

        CsvMeasure.Check(text, cancel);

        var delimiter = Delimiters.MaxBy(each => Recognised(text, each))!;
        if (isGuess && Recognised(text, delimiter).Known == 0)
        {
            // Neither of the two encodings makes words of it that belong above a list of people.
            throw new DomainException(Problems.ImportEncoding);
        }

        List<SheetRow> rows = [];
        foreach (var row in RowsOf(text, delimiter, isStrict: true))
        {
            cancel.ThrowIfCancellationRequested();
            if (!row.IsEmpty)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private static bool HasMark(ReadOnlySpan<byte> file) => file.StartsWith(Encoding.Unicode.Preamble) || file.StartsWith(Encoding.BigEndianUnicode.Preamble);

    private static string Decode(byte[] file, out bool isGuess)
    {
        isGuess = false;
        if (HasMark(file) || file.AsSpan().StartsWith(Encoding.UTF8.Preamble))
        {
            using var marked = new StreamReader(new MemoryStream(file), detectEncodingFromByteOrderMarks: true);
            return marked.ReadToEnd();
        }

        try
        {
            return Strict.GetString(file);
        }
        catch (DecoderFallbackException)
        {
            isGuess = true;
            return Cyrillic.GetString(file);
        }
    }

    /// <summary>How many columns the best row near the top has that are known, then how many it has at all.</summary>
    private static (int Known, int Width) Recognised(string text, string delimiter) => RowsOf(text, delimiter, isStrict: false)
        .Take(ImportLimits.HeaderRows)
        .Select(row => (ImportColumns.Recognise([.. row.Cells.Take(ImportLimits.MaxColumns)]).Count(column => column.Field != ImportField.Skip), row.Cells.Count))
        .DefaultIfEmpty()
        .Max();

    /// <param name="isStrict">Whether a stray quote and too many rows or columns are refused; the search for the delimiter does not mind.</param>
    private static IEnumerable<SheetRow> RowsOf(string text, string delimiter, bool isStrict)
    {
        var isBad = false;
        using var parser = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter,
            BadDataFound = _ => isBad = true,
            TrimOptions = TrimOptions.Trim,
        });
        var count = 0;
        for (var line = 1; parser.Read(); line = parser.RawRow + 1)
        {
            if (parser.Count > ImportLimits.MaxColumns && !isStrict)
            {
                yield break;
            }

            SheetFile.RequireWidth(parser.Count);

            // Read before it is judged: what is wrong with a field shows only then.
            var cells = parser.Record ?? [];
            if (isStrict)
            {
                // A quote that is never closed swallows the rest of the file without a word.
                if (isBad || parser.RawRecord.Count(sign => sign == '"') % 2 != 0)
                {
                    throw new DomainException(Problems.ImportQuote, line);
                }

                if (++count > ImportLimits.MaxRows + ImportLimits.HeaderRows)
                {
                    throw new DomainException(Problems.ImportTooManyRows, ImportLimits.MaxRows);
                }
            }

            yield return new SheetRow(line, [.. cells.Select(SheetFile.Plain)], SheetRow.NoFaults);
        }
    }
}
