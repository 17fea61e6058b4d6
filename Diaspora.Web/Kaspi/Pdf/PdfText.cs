using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;

namespace Diaspora.Web.Kaspi.Pdf;

/// <summary>What became of a PDF that was to be read.</summary>
internal enum PdfState
{
    Read,
    Locked,

    /// <summary>So large that it must be pictures.</summary>
    Pictures,
    Damaged,
    TooMuch,
}

/// <summary>The text of a PDF, row by row, page by page.</summary>
internal static class PdfText
{
    /// <summary>Twenty thousand lines of text have a tenth of it. What the library makes of a file before its first page grows with it.</summary>
    private const int MostBytes = 5 * 1024 * 1024;

    public static bool IsPdf(ReadOnlySpan<byte> file) => file[..Math.Min(file.Length, 1024)].IndexOf("%PDF-"u8) >= 0;

    /// <param name="pages">More of them are not read.</param>
    /// <param name="take">Gets each row, in order; what it throws is thrown.</param>
    /// <param name="count">Gets the number of pages, also where they are too many to be read.</param>
    /// <param name="isBeginningEnough">Of a longer file the first pages are read. Otherwise none is, and it is too much.</param>
    /// <exception cref="OperationCanceledException">It takes too long.</exception>
    public static PdfState Read(byte[] file, int pages, long bytes, int letters, Action<TextRow> take, CancellationToken cancel, Action<int>? count = null, bool isBeginningEnough = false)
    {
        if (file.Length > MostBytes)
        {
            return PdfState.Pictures;
        }

        var budget = new PdfBudget(pages, bytes, letters, cancel);
        try
        {
            budget.Look(file);
            using var document = PdfDocument.Open(file, new ParsingOptions { FilterProvider = new PdfUnpacking(budget), SkipMissingFonts = true, UseLenientParsing = true });
            count?.Invoke(document.NumberOfPages);
            if (document.NumberOfPages > budget.Pages && !isBeginningEnough)
            {
                return PdfState.TooMuch;
            }

            document.AddPageFactory<GlyphPage, GlyphPages>();
            for (var number = 1; number <= Math.Min(document.NumberOfPages, budget.Pages); number++)
            {
                budget.BeginPage();
                var rows = TextRow.Of(document.GetPage<GlyphPage>(number));
                budget.Require(true);
                foreach (var row in rows)
                {
                    take(row);
                }
            }

            return PdfState.Read;
        }
        catch (PdfDocumentEncryptedException)
        {
            return PdfState.Locked;
        }
        catch (Exception fault) when (fault is not (DomainException or OperationCanceledException or OutOfMemoryException))
        {
            // The library throws all kinds of exceptions on a file it does not understand.
            cancel.ThrowIfCancellationRequested();
            return budget.IsSpent ? PdfState.TooMuch : PdfState.Damaged;
        }
    }
}
