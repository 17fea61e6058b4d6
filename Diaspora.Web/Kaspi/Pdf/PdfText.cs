using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;

namespace Diaspora.Web.Kaspi.Pdf;

/// <summary>What became of a PDF that was to be read.</summary>
internal enum PdfState
{
    Read,
    Locked,
    Damaged,
    TooMuch,
}

/// <summary>The text of a PDF, row by row, page by page.</summary>
internal sealed record PdfText(PdfState State, IReadOnlyList<IReadOnlyList<TextRow>> Pages)
{
    public static bool IsPdf(ReadOnlySpan<byte> file) => file[..Math.Min(file.Length, 1024)].IndexOf("%PDF-"u8) >= 0;

    /// <exception cref="OperationCanceledException">It takes too long.</exception>
    public static PdfText Read(byte[] file, int pages, long bytes, int letters, CancellationToken cancel)
    {
        var budget = new PdfBudget(pages, bytes, letters, cancel);
        try
        {
            using var document = PdfDocument.Open(file, new ParsingOptions { FilterProvider = new PdfUnpacking(budget), SkipMissingFonts = true, UseLenientParsing = true });
            if (document.NumberOfPages > budget.Pages)
            {
                return Not(PdfState.TooMuch);
            }

            document.AddPageFactory<GlyphPage, GlyphPages>();
            List<IReadOnlyList<TextRow>> read = [];
            for (var number = 1; number <= document.NumberOfPages; number++)
            {
                budget.BeginPage();
                read.Add(TextRow.Of(document.GetPage<GlyphPage>(number)));
                budget.Require(true);
            }

            return new PdfText(PdfState.Read, read);
        }
        catch (PdfDocumentEncryptedException)
        {
            return Not(PdfState.Locked);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or OutOfMemoryException))
        {
            // The library throws all kinds of exceptions on a file it does not understand.
            cancel.ThrowIfCancellationRequested();
            return Not(budget.IsSpent ? PdfState.TooMuch : PdfState.Damaged);
        }
    }

    private static PdfText Not(PdfState state) => new(state, []);
}
