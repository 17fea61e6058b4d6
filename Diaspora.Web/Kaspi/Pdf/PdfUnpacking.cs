using System.Buffers;
using System.IO.Compression;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace Diaspora.Web.Kaspi.Pdf;

/// <summary>
/// Unpacks the streams of a PDF within a budget. What swells is measured first, because the library would unpack all of it into memory. Pictures are never unpacked, and
/// what is packed in a way that neither statements nor receipts use is not read.
/// </summary>
internal sealed class PdfUnpacking(PdfBudget budget) : BaseFilterProvider(Filters(budget))
{
    /// <summary>Of a picture's row. With a table of what crosses the file it is below ten.</summary>
    private const int MostColumns = 20_000;

    public PdfBudget Budget => budget;

    private static Dictionary<string, IFilter> Filters(PdfBudget budget)
    {
        var flate = new Measured(new FlateFilter(), budget, isFlate: true);
        var hex = new Measured(new AsciiHexDecodeFilter(), budget, isFlate: false);
        var ascii = new Measured(new Ascii85Filter(), budget, isFlate: false);
        return new Dictionary<string, IFilter>
        {
            ["FlateDecode"] = flate,
            ["Fl"] = flate,
            ["ASCIIHexDecode"] = hex,
            ["AHx"] = hex,
            ["ASCII85Decode"] = ascii,
            ["A85"] = ascii,
        };
    }

    private sealed class Measured(IFilter inner, PdfBudget budget, bool isFlate) : IFilter
    {
        /// <summary>A «z» stands for four bytes.</summary>
        private const int MostOfText = 5;

        public bool IsSupported => true;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
        {
            budget.Require(AreSmall(streamDictionary));
            if (isFlate)
            {
                Measure(input);
            }
            else
            {
                budget.Unpack(input.Length * MostOfText);
            }

            var unpacked = inner.Decode(input, streamDictionary, filterProvider, filterIndex);
            if (streamDictionary.Data.TryGetValue("Type", out var type) && type is NameToken { Data: "ObjStm" })
            {
                budget.Look(unpacked.Span);
            }

            return unpacked;
        }

        /// <summary>As the library unpacks it: what is behind the two bytes of its head, as far as it goes.</summary>
        private void Measure(Memory<byte> input)
        {
            var window = ArrayPool<byte>.Shared.Rent(16 * 1024);
            try
            {
                using var packed = new MemoryStream(input[Math.Min(2, input.Length)..].ToArray(), writable: false);
                using var unpacked = new DeflateStream(packed, CompressionMode.Decompress);
                while (unpacked.Read(window) is > 0 and var read)
                {
                    budget.Unpack(read);
                }
            }
            catch (InvalidDataException)
            {
                // What breaks off ends there for the library too.
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(window);
            }
        }

        /// <summary>The parameters say how long a row is, and the library would make room for it.</summary>
        private static bool AreSmall(DictionaryToken stream) =>
            stream.Data.All(entry => entry.Key is not ("DecodeParms" or "DP") || AreSmall(entry.Value, 0));

        private static bool AreSmall(IToken parameters, int depth) => parameters switch
        {
            NumericToken number => Math.Abs(number.Double) <= MostColumns,
            DictionaryToken dictionary => depth < 2 && dictionary.Data.Values.All(value => AreSmall(value, depth + 1)),
            ArrayToken array => depth < 2 && array.Data.All(value => AreSmall(value, depth + 1)),
            IndirectReferenceToken => false,
            _ => true,
        };
    }
}
