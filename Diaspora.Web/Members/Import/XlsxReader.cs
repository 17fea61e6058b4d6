using System.Text.RegularExpressions;
using ClosedXML.Excel;
using Diaspora.Domain.Import;

namespace Diaspora.Web.Members.Import;

/// <summary>XLSX by ClosedXML: all sheets, hidden ones too.</summary>
internal sealed partial class XlsxReader(SheetPurpose purpose) : ISheetReader
{
    /// <summary>Over how many columns a heading is spread at least.</summary>
    private const int TitleWidth = 3;

    public bool Reads(ReadOnlySpan<byte> file) => XlsxGuard.IsZip(file) || XlsxGuard.IsOldOffice(file);

    public IReadOnlyList<SheetPage> Read(byte[] file, CancellationToken cancel)
    {
        var tally = XlsxGuard.Check(file, purpose.MostCells, cancel);
        try
        {
            using var workbook = new XLWorkbook(new Watched(file, cancel));
            var values = new XlsxValues(workbook.Use1904DateSystem, purpose.KeepsTime, tally);
            var fills = purpose.KeepsFills && tally.HasFills ? new XlsxFills(workbook) : null;
            return [.. workbook.Worksheets.Select(sheet => sheet.Visibility == XLWorksheetVisibility.Visible ? PageOf(sheet, values, fills, tally, cancel) : HiddenOf(sheet, values, fills, tally, cancel))];
        }
        catch (Exception fault) when (fault is not (DomainException or OutOfMemoryException))
        {
            cancel.ThrowIfCancellationRequested();

            // The library throws all kinds of exceptions on a file it does not understand. For the reader they all mean a damaged file.
            throw new DomainException(Problems.ImportFileDamaged);
        }
    }

    /// <summary>What nobody sees cannot make a file unreadable.</summary>
    private static SheetPage HiddenOf(IXLWorksheet sheet, XlsxValues values, XlsxFills? fills, XlsxTally tally, CancellationToken cancel)
    {
        try
        {
            return PageOf(sheet, values, fills, tally, cancel) with { IsHidden = true };
        }
        catch (DomainException)
        {
            return new SheetPage(sheet.Name, []) { IsHidden = true };
        }
    }

    private static SheetPage PageOf(IXLWorksheet sheet, XlsxValues values, XlsxFills? fills, XlsxTally tally, CancellationToken cancel)
    {
        SortedDictionary<int, Row> rows = [];
        var width = 0;
        foreach (var cell in sheet.CellsUsed(XLCellsUsedOptions.Contents))
        {
            cancel.ThrowIfCancellationRequested();
            SheetFile.RequireWidth(cell.Address.ColumnNumber);
            width = Math.Max(width, cell.Address.ColumnNumber);
            RowOf(cell.Address.RowNumber).Put(cell.Address.ColumnNumber - 1, values.TextOf(cell));
        }

        List<SheetMerge> merges = [];
        foreach (var merged in sheet.MergedRanges)
        {
            Spread(merged.RangeAddress);
        }

        foreach (var (number, row) in fills is null ? [] : rows)
        {
            cancel.ThrowIfCancellationRequested();
            row.Fill(Enumerable.Range(1, width).Select(column => fills!.Of(sheet.Cell(number, column))));
        }

        return new SheetPage(sheet.Name, [.. rows.Select(pair => pair.Value.ToSheetRow(pair.Key)).Where(row => !row.IsEmpty)]) { Merges = merges, Notes = XlsxNotes.Of(sheet, tally) };

        Row RowOf(int number) => rows.TryGetValue(number, out var row) ? row : rows[number] = new Row();

        // Only the first of merged cells has the value. What the others mean is unclear, so they are reported. Rows without any cell are skipped,
        // because a sheet may be merged down to its end.
        void Spread(IXLRangeAddress range)
        {
            var (top, left) = (range.FirstAddress.RowNumber, range.FirstAddress.ColumnNumber);
            var right = Math.Min(range.LastAddress.ColumnNumber, ImportLimits.MaxColumns);
            merges.Add(new SheetMerge(top, left - 1, range.LastAddress.RowNumber, right - 1));
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
        private readonly Dictionary<int, string> _fills = [];

        public HashSet<int> Merged { get; } = [];

        /// <summary>Over how many columns its widest cell is spread.</summary>
        public int Width { get; set; }

        public void Put(int column, string text) => _cells[column] = text;

        /// <param name="colours">Of each column.</param>
        public void Fill(IEnumerable<string?> colours)
        {
            foreach (var (column, colour) in colours.Index())
            {
                if (colour is not null && !Merged.Contains(column))
                {
                    _fills[column] = colour;
                }
            }
        }

        public SheetRow ToSheetRow(int number)
        {
            var isTitle = Width >= TitleWidth && _cells.Values.Count(text => !string.IsNullOrWhiteSpace(text)) == 1;
            var cells = new string[Math.Max(_cells.Count == 0 ? 0 : _cells.Keys.Last() + 1, _fills.Count == 0 || isTitle ? 0 : _fills.Keys.Max() + 1)];
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

            var beside = _fills.Where(fill => !isTitle && fill.Key < cells.Length && !string.IsNullOrWhiteSpace(cells[fill.Key])).ToDictionary();
            foreach (var (column, colour) in _fills.Where(fill => !isTitle && !beside.ContainsKey(fill.Key)))
            {
                cells[column] = colour;
            }

            return new SheetRow(number, cells, faults.Count == 0 ? SheetRow.NoFaults : faults, isTitle) { Fills = beside };
        }
    }
}
