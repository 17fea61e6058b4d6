using System.Security.Cryptography;
using Diaspora.Domain.Import;
using Diaspora.Domain.Payments;
using Diaspora.Web.Shared;

namespace Diaspora.Web.Members.Import;

/// <summary>Reads one kind of spreadsheet. The seam behind which the libraries stand, so that they can be replaced.</summary>
public interface ISheetReader
{
    /// <summary>Whether this is its kind, by the first bytes; a name counts for nothing.</summary>
    bool Reads(ReadOnlySpan<byte> file);

    /// <returns>Its sheets in order, hidden ones too; a kind without sheets has one.</returns>
    /// <exception cref="DomainException">It cannot be read; the sentence says why and, where there is one, in which row.</exception>
    /// <exception cref="OperationCanceledException">It takes too long.</exception>
    IReadOnlyList<SheetPage> Read(byte[] file, CancellationToken cancel);
}

/// <summary>What a spreadsheet is read for.</summary>
/// <param name="Known">How many columns of a row that may be the head are known: it tells a separator and a sheet.</param>
/// <param name="IsHeader">Whether a row is surely the head.</param>
/// <param name="KeepsTime">Whether a day in a cell keeps its time.</param>
/// <param name="MostCells">Each of them is an object to the library that opens a workbook.</param>
/// <param name="KeepsFills">Whether a colour is a mark.</param>
internal sealed record SheetPurpose(Func<IReadOnlyList<string>, int> Known, Func<SheetRow, bool> IsHeader, bool KeepsTime, int MostCells, bool KeepsFills = false)
{
    public static readonly SheetPurpose Members =
        new(cells => ImportColumns.Recognise(cells).Count(column => column.Field != ImportField.Skip), ImportColumns.IsHeader, KeepsTime: false, ImportLimits.MaxCells, KeepsFills: true);
}

/// <summary>Reads a spreadsheet of any kind that is known.</summary>
public static class SheetFile
{
    /// <param name="cancel">Ends the reading when it takes too long.</param>
    /// <exception cref="DomainException">Too large, empty, no spreadsheet, or it took too long.</exception>
    public static Sheet Read(byte[] file, string? fileName, CancellationToken cancel = default)
    {
        if (file.LongLength is 0 or > ImportLimits.MaxBytes)
        {
            throw file.Length == 0 ? new DomainException(Problems.ImportEmpty) : new DomainException(Problems.ImportFileTooLarge, (int)(ImportLimits.MaxBytes >> 20));
        }

        try
        {
            var pages = PagesOf(file, SheetPurpose.Members, cancel);
            return pages.Any(page => page.Rows.Count > 0)
                ? new Sheet(ReceiptRules.TidyName(fileName), Convert.ToHexStringLower(SHA256.HashData(file)), pages)
                : throw new DomainException(Problems.ImportEmpty);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw new DomainException(Problems.ImportTooSlow, ImportLimits.MaxSeconds);
        }
    }

    /// <summary>The rows of one table, whatever it is read for: of the first visible sheet with a header that is recognised, else of the first that is not empty.</summary>
    /// <exception cref="DomainException">It is no spreadsheet, or cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It takes too long.</exception>
    internal static IReadOnlyList<SheetRow> RowsOf(byte[] file, SheetPurpose purpose, CancellationToken cancel)
    {
        var filled = PagesOf(file, purpose, cancel).Where(page => page.Rows.Count > 0).ToList();
        return (filled.Find(page => page.Rows.Take(ImportLimits.HeaderRows).Any(purpose.IsHeader)) ?? filled.FirstOrDefault() ?? throw new DomainException(Problems.ImportEmpty)).Rows;
    }

    private static IReadOnlyList<SheetPage> PagesOf(byte[] file, SheetPurpose purpose, CancellationToken cancel)
    {
        ISheetReader[] readers = [new XlsxReader(purpose), new CsvSheetReader(purpose)];
        var reader = Array.Find(readers, known => known.Reads(file)) ?? throw new DomainException(Problems.ImportFileWrongKind);
        return reader.Read(file, cancel);
    }

    /// <summary>An export guards a cell that would be a formula with an apostrophe; read back, it is not part of the text.</summary>
    internal static string Plain(string text) => text is ['\'', .. var guarded] && FormulaGuard.Needs(guarded) ? guarded : text;

    /// <exception cref="DomainException">A row has more columns than anybody looks at.</exception>
    internal static void RequireWidth(int columns)
    {
        if (columns > ImportLimits.MaxColumns)
        {
            throw new DomainException(Problems.ImportTooManyColumns, ImportLimits.MaxColumns);
        }
    }
}
