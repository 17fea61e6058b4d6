using System.Text;
using Diaspora.Domain.Import;
using Diaspora.Domain.Kaspi;
using Diaspora.Web.Kaspi.Pdf;
using Diaspora.Web.Members.Import;

namespace Diaspora.Web.Kaspi.Statements;

/// <summary>
/// Reads a statement of any kind that is known, by what is in it and never by its name. What is read is bounded by counting, not by a clock: bytes unpacked, letters, cells,
/// rows. A clock besides, for a machine that is slow, is the caller's.
/// </summary>
public static class StatementReader
{
    public const long MaxBytes = 20 * 1024 * 1024;

    /// <summary>More than any association has in a year.</summary>
    public const int MaxLines = 20_000;

    private const int PdfPages = 500;
    private const long PdfBytes = 12 * 1024 * 1024;
    private const int PdfLetters = 600_000;

    /// <summary>Of a workbook: a report has some twenty columns. What opens it makes an object of some hundred bytes of each.</summary>
    private const int MostCells = 90_000;

    private static readonly SheetPurpose Purpose = new(TableWords.Known, TableWords.IsHeader, KeepsTime: true, MostCells);

    /// <summary>Only these are told in the words of lists of people; anything else that is wrong with a spreadsheet is wrong with any.</summary>
    private static readonly Dictionary<string, string> OwnWords = new()
    {
        [Problems.ImportEmpty] = Problems.StatementEmpty,
        [Problems.ImportFileWrongKind] = Problems.StatementUnknown,
        [Problems.ImportFileLocked] = Problems.StatementEncrypted,
        [Problems.ImportFileDamaged] = Problems.StatementDamaged,
        [Problems.ImportFileSwells] = Problems.StatementTooLarge,
        [Problems.ImportTooManyRows] = Problems.StatementTooLarge,
        [Problems.ImportTooManyCells] = Problems.StatementTooLarge,
        [Problems.ImportTooManyEmptyRows] = Problems.StatementTooLarge,
    };

    /// <param name="columns">What a person said of the columns of a table that is not known; nothing where nobody was asked.</param>
    /// <exception cref="DomainException">It cannot be read whole; the sentence says why and, where there is one, in which row.</exception>
    /// <exception cref="OperationCanceledException">It takes too long.</exception>
    public static StatementReading Read(Stream content, TableColumns? columns = null, CancellationToken cancel = default)
    {
        using var file = new MemoryStream();
        var window = new byte[81920];
        while (content.Read(window) is > 0 and var read)
        {
            cancel.ThrowIfCancellationRequested();
            file.Write(window, 0, read);
            if (file.Length > MaxBytes)
            {
                throw TooLarge();
            }
        }

        return Read(file.ToArray(), columns, cancel);
    }

    /// <inheritdoc cref="Read(Stream, TableColumns?, CancellationToken)"/>
    public static StatementReading Read(byte[] file, TableColumns? columns = null, CancellationToken cancel = default)
    {
        if (file.LongLength > MaxBytes)
        {
            throw TooLarge();
        }

        var reading = PdfText.IsPdf(file) ? new StatementReading(ReadPdf(file, cancel))
            : OneCReader.Reads(file) ? new StatementReading(OneCReader.Read(file, cancel))
            : ReadTable(file, columns, cancel);
        return reading.Statement switch
        {
            { Lines.Count: 0 } => throw new DomainException(Problems.StatementEmpty),
            { Lines.Count: > MaxLines } => throw TooLarge(),
            _ => reading,
        };
    }

    private static DomainException TooLarge() => new(Problems.StatementTooLarge, (int)(MaxBytes >> 20), MaxLines);

    private static ReadStatement ReadPdf(byte[] file, CancellationToken cancel)
    {
        var gold = new GoldReader();
        return PdfText.Read(file, PdfPages, PdfBytes, PdfLetters, gold.Take, cancel) switch
        {
            PdfState.Pictures => throw new DomainException(Problems.StatementNoText),
            PdfState.Locked => throw new DomainException(Problems.StatementEncrypted),
            PdfState.TooMuch => throw TooLarge(),
            PdfState.Damaged => throw new DomainException(Problems.StatementDamaged),
            _ => gold.ToStatement(),
        };
    }

    private static StatementReading ReadTable(byte[] file, TableColumns? columns, CancellationToken cancel)
    {
        if (file.Length == 0)
        {
            throw new DomainException(Problems.StatementEmpty);
        }

        IReadOnlyList<SheetRow> rows;
        try
        {
            rows = SheetFile.RowsOf(file, Purpose, cancel);
        }
        catch (DomainException refused) when (OwnWords.TryGetValue(refused.Problem.Code, out var own))
        {
            throw own == Problems.StatementTooLarge ? TooLarge() : new DomainException(own);
        }

        return PayReport.ColumnsOf(rows) is { } report ? new StatementReading(TableReader.Read(StatementFormat.PayReport, rows, report, cancel))
            // A day and a sum stand in two columns: what has one is some other text, and naming its column would lead nowhere.
            : rows.All(row => row.Cells.Count(cell => cell.Trim().Length > 0) < 2) ? throw new DomainException(Problems.StatementUnknown)
            : columns is null ? new StatementReading(TableWords.Unnamed(rows))
            : columns.AreEnough ? new StatementReading(TableReader.Read(StatementFormat.Table, rows, columns, cancel))
            : throw new DomainException(Problems.StatementColumnsUnclear);
    }
}
