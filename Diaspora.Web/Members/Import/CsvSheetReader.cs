using System.Buffers;
using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Diaspora.Domain.Import;

namespace Diaspora.Web.Members.Import;

/// <summary>CSV by CsvHelper: semicolon, comma or tab, whichever makes the most of the header; UTF-8, UTF-16 with its mark, or windows-1251.</summary>
internal sealed class CsvSheetReader(SheetPurpose purpose) : ISheetReader
{
    private static readonly char[] Delimiters = [';', ',', '\t'];
    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(sign => char.IsControl(sign) && sign is not ('\r' or '\n' or '\t'))]);
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding Cyrillic = CodePagesEncodingProvider.Instance.GetEncoding(1251)!;

    /// <summary>Whatever is not binary: a CSV has nothing to be known by.</summary>
    public bool Reads(ReadOnlySpan<byte> file) => HasMark(file) || file[..Math.Min(file.Length, 4096)].IndexOf((byte)0) < 0;

    public IReadOnlyList<SheetPage> Read(byte[] file, CancellationToken cancel)
    {
        var text = Decode(file, out var isGuess);
        if (text.AsSpan().ContainsAny(Controls))
        {
            throw new DomainException(Problems.ImportEncoding);
        }

        CsvMeasure.Check(text, cancel);
        var delimiter = Delimiters.MaxBy(each => Recognised(text, each, cancel));
        if (isGuess && Recognised(text, delimiter, cancel).Known == 0)
        {
            // Neither of the two encodings makes words of it that belong above a list of people.
            throw new DomainException(Problems.ImportEncoding);
        }

        var (mended, stray) = CsvQuotes.Mend(text, delimiter, cancel);
        var count = 0;
        List<SheetRow> rows = [];
        foreach (var row in RowsOf(mended, delimiter))
        {
            cancel.ThrowIfCancellationRequested();
            SheetFile.RequireWidth(row.Cells.Count);
            if (!row.IsEmpty || stray.ContainsKey(row.Number))
            {
                rows.Add(stray.TryGetValue(row.Number, out var column) ? row with { Faults = new Dictionary<int, string> { [column] = Problems.ImportCellQuote } } : row);
            }

            if (++count > ImportLimits.MaxRows + ImportLimits.HeaderRows)
            {
                throw new DomainException(Problems.ImportTooManyRows, ImportLimits.MaxRows);
            }
        }

        return [new SheetPage("", rows)];
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
    private (int Known, int Width) Recognised(string text, char delimiter, CancellationToken cancel) =>
        RowsOf(CsvQuotes.Mend(text[..Math.Min(text.Length, ImportLimits.MaxLine)], delimiter, cancel).Text, delimiter)
            .TakeWhile(row => row.Cells.Count <= ImportLimits.MaxColumns)
            .Take(ImportLimits.HeaderRows)
            .Select(row => (purpose.Known(row.Cells), row.Cells.Count))
            .DefaultIfEmpty()
            .Max();

    private static IEnumerable<SheetRow> RowsOf(string text, char delimiter)
    {
        using var parser = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter.ToString(),

            // What begins without a quote may have some inside, as spreadsheets write it; quotes that belong nowhere are out already.
            BadDataFound = null,
            TrimOptions = TrimOptions.Trim,
        });
        for (var line = 1; parser.Read(); line = parser.RawRow + 1)
        {
            yield return new SheetRow(line, [.. (parser.Record ?? []).Select(SheetFile.Plain)], SheetRow.NoFaults);
        }
    }
}
