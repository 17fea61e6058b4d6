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

    /// <returns>Every row that is not empty.</returns>
    /// <exception cref="DomainException">It cannot be read; the sentence says why and, where there is one, in which row.</exception>
    /// <exception cref="OperationCanceledException">It takes too long.</exception>
    IReadOnlyList<SheetRow> Read(byte[] file, CancellationToken cancel);
}

/// <summary>Reads a spreadsheet of any kind that is known.</summary>
public static class SheetFile
{
    private static readonly ISheetReader[] Readers = [new XlsxReader(), new CsvSheetReader()];

    /// <param name="cancel">Ends the reading when it takes too long.</param>
    /// <exception cref="DomainException">Too large, empty, no spreadsheet, or it took too long.</exception>
    public static Sheet Read(byte[] file, string? fileName, CancellationToken cancel = default)
    {
        if (file.LongLength is 0 or > ImportLimits.MaxBytes)
        {
            throw file.Length == 0 ? new DomainException(Problems.ImportEmpty) : new DomainException(Problems.ImportFileTooLarge, (int)(ImportLimits.MaxBytes >> 20));
        }

        var reader = Array.Find(Readers, known => known.Reads(file)) ?? throw new DomainException(Problems.ImportFileWrongKind);
        try
        {
            var rows = reader.Read(file, cancel);
            return new Sheet(ReceiptRules.TidyName(fileName), Convert.ToHexStringLower(SHA256.HashData(file)), rows);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw new DomainException(Problems.ImportTooSlow, ImportLimits.MaxSeconds);
        }
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
