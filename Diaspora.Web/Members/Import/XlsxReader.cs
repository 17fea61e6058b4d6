using System.Text.RegularExpressions;
using ClosedXML.Excel;
using Diaspora.Domain.Import;

namespace Diaspora.Web.Members.Import;

/// <summary>XLSX by ClosedXML: the first visible sheet with a header that is recognised, else the first visible one that is not empty.</summary>
internal sealed partial class XlsxReader(SheetPurpose purpose) : ISheetReader
{
    /// <summary>Over how many columns a heading is spread at least.</summary>
    private const int TitleWidth = 3;

    public bool Reads(ReadOnlySpan<byte> file) => XlsxGuard.IsZip(file) || XlsxGuard.IsOldOffice(file);

    public IReadOnlyList<SheetRow> Read(byte[] file, CancellationToken cancel)
    {
        var tally = XlsxGuard.Check(file, purpose.MostCells, cancel);
        try
        {
            using var workbook = new XLWorkbook(new Watched(file, cancel));
            IReadOnlyList<SheetRow>? first = null;
            foreach (var sheet in workbook.Worksheets.Where(sheet => sheet.Visibility == XLWorksheetVisibility.Visible))
            {
                var rows = RowsOf(sheet, new XlsxValues(workbook.Use1904DateSystem, purpose.KeepsTime, tally), cancel);
                if (rows.Take(ImportLimits.HeaderRows).Any(purpose.IsHeader))
                {
                    return rows;
                }

                first ??= rows.Count > 0 ? rows : null;
            }

            return first ?? throw new DomainException(Problems.ImportEmpty);
        }
        catch (Exception fault) when (fault is not (DomainException or OutOfMemoryException))
        {
            cancel.ThrowIfCancellationRequested();

            // The library throws all kinds of exceptions on a file it does not understand. For the reader they all mean a damaged file.
            throw new DomainException(Problems.ImportFileDamaged);
        }
    }

    private static List<SheetRow> RowsOf(IXLWorksheet sheet, XlsxValues values, CancellationToken cancel)
    {
        SortedDictionary<int, Row> rows = [];
        foreach (var cell in sheet.CellsUsed(XLCellsUsedOptions.Contents))
        {
            cancel.ThrowIfCancellationRequested();
            SheetFile.RequireWidth(cell.Address.ColumnNumber);
            RowOf(cell.Address.RowNumber).Put(cell.Address.ColumnNumber - 1, values.TextOf(cell));
        }

        foreach (var merged in sheet.MergedRanges)
        {
            Spread(merged.RangeAddress);
        }

        return [.. rows.Select(pair => pair.Value.ToSheetRow(pair.Key)).Where(row => !row.IsEmpty)];

        Row RowOf(int number) => rows.TryGetValue(number, out var row) ? row : rows[number] = new Row();

        // Only the first of merged cells has the value. What the others mean is unclear, so they are reported. Rows without any cell are skipped,
        // because a sheet may be merged down to its end.
        void Spread(IXLRangeAddress range)
        {
            var (top, left) = (range.FirstAddress.RowNumber, range.FirstAddress.ColumnNumber);
            var right = Math.Min(range.LastAddress.ColumnNumber, ImportLimits.MaxColumns);
            foreach (var (number, row) in rows.Where(pair => pair.Key >= top && pair.Key <= range.LastAddress.RowNumber))
            {
                row.Width = Math.Max(row.Width, number == top ? right - left + 1 : 0);
                for (var column = left; column <= right; column++)
                {
                    if (number != top || column != left)
                    {
                        row.Merged.Add(column - 1);
                    }
                }
            }
        }
    }

    [GeneratedRegex(@"^#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|GETTING_DATA)$")]
    private static partial Regex Error();

    /// <summary>The library cannot be cancelled. But it reads this stream bit by bit, so the stream cancels it.</summary>
    private sealed class Watched(byte[] file, CancellationToken cancel) : MemoryStream(file, writable: false)
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            cancel.ThrowIfCancellationRequested();
            return base.Read(buffer, offset, count);
        }

        public override int Read(Span<byte> buffer)
        {
            cancel.ThrowIfCancellationRequested();
            return base.Read(buffer);
        }
    }

    private sealed class Row
    {
        private readonly SortedDictionary<int, string> _cells = [];

        public HashSet<int> Merged { get; } = [];

        /// <summary>Over how many columns its widest cell is spread.</summary>
        public int Width { get; set; }

        public void Put(int column, string text) => _cells[column] = text;

        public SheetRow ToSheetRow(int number)
        {
            var isTitle = Width >= TitleWidth && _cells.Values.Count(text => !string.IsNullOrWhiteSpace(text)) == 1;
            var cells = new string[_cells.Count == 0 ? 0 : _cells.Keys.Last() + 1];
            Array.Fill(cells, "");
            var faults = Merged.Where(_ => !isTitle).ToDictionary(column => column, _ => Problems.ImportCellMerged);
            foreach (var (column, text) in _cells)
            {
                cells[column] = text;
                if (Error().IsMatch(text))
                {
                    faults[column] = Problems.ImportCellBroken;
                }
            }

            return new SheetRow(number, cells, faults.Count == 0 ? SheetRow.NoFaults : faults, isTitle);
        }
    }
}
