using System.Globalization;
using System.Xml;
using Diaspora.Domain.Import;

namespace Diaspora.Web.Members.Import;

/// <summary>
/// Counts what a workbook is made of while it is read once from end to end: for the library that opens it afterwards each row, cell, merge and style is an object,
/// and some of them it compares with all others.
/// </summary>
public sealed class XlsxTally(int mostCells, CancellationToken cancel)
{
    private const int MaxDepth = 64;

    /// <summary>Cells that merges cover, as far as they are looked at: the rows and columns that are taken.</summary>
    private const long MaxMerged = 2_000_000;

    /// <summary>What a sheet has besides its cells: widths, rules, links. A sheet with more was made to be slow.</summary>
    private const int MaxOfSheet = 10_000;

    /// <summary>Styles, names, fonts, parts of texts in all.</summary>
    private const int MaxOthers = 200_000;

    private const string Sheet = "worksheet";

    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    private readonly HashSet<string> _notComputed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _digitTexts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _comments = new(StringComparer.Ordinal);
    private string? _comment;
    private int _rows;
    private int _cells;
    private int _texts;
    private int _merges;
    private long _merged;
    private int _ofSheets;
    private int _others;

    /// <summary>
    /// The addresses of formulas that no program has computed, of all sheets together. The library shows them like formulas that came to an empty text, which are no fault;
    /// only those say in the file that they are text.
    /// </summary>
    public IReadOnlySet<string> NotComputed => _notComputed;

    /// <summary>The addresses of formulas that came to a text that looks like a number: «+994501234567», «007». The library shows them like numbers.</summary>
    public IReadOnlySet<string> DigitTexts => _digitTexts;

    /// <summary>What comments say, by the address of their cells, of all sheets together. The library reads only those that are made of parts.</summary>
    public IReadOnlyDictionary<string, string> Comments => _comments;

    /// <summary>Whether any style fills cells with a colour. Else nobody need ask each cell for it, which takes its time.</summary>
    public bool HasFills { get; private set; }

    /// <summary>Whether rows are hidden anywhere.</summary>
    public bool HasHiddenRows { get; private set; }

    /// <exception cref="DomainException">There is too much of something.</exception>
    /// <exception cref="XmlException">It is none.</exception>
    public void Count(Stream part)
    {
        using var xml = XmlReader.Create(part, Settings);
        var isSheet = false;
        _comment = null;
        var (filled, width) = (0, 0);
        Cell cell = default;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                if (_comment is not null && xml.NodeType == XmlNodeType.Text && _comments.GetValueOrDefault(_comment, "") is { Length: < ImportLimits.MaxCell } said)
                {
                    _comments[_comment] = said + xml.Value[..Math.Min(xml.Value.Length, ImportLimits.MaxCell)];
                }

                cell.HasValue |= cell.IsInValue && xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA;
                if (cell is { IsInValue: true, IsText: true, IsFormula: true, Address: { } address } && double.TryParse(xml.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
                {
                    _digitTexts.Add(address);
                }

                continue;
            }

            cell.IsInValue = xml.LocalName == "v" && !xml.IsEmptyElement;

            Require(xml.Depth <= MaxDepth, Problems.ImportFileSwells);
            isSheet |= xml.Depth == 0 && xml.LocalName == Sheet;
            switch (xml.LocalName)
            {
                case "row":
                    cancel.ThrowIfCancellationRequested();
                    width = 0;
                    HasHiddenRows |= xml.GetAttribute("hidden") is "1" or "true";
                    Require(++_rows <= ImportLimits.MaxRowsWithEmpty, Problems.ImportTooManyEmptyRows);
                    break;
                case "c":
                    Require(++_cells <= mostCells, Problems.ImportTooManyCells, mostCells);
                    Note(cell);
                    cell = new Cell { Address = xml.GetAttribute("r"), IsText = xml.GetAttribute("t") == "str" };
                    break;
                case "v" or "is":
                    // Rows that hold anything: a sheet that was only coloured down to its end is not long.
                    filled += width++ == 0 ? 1 : 0;
                    Require(filled <= ImportLimits.MaxRows + ImportLimits.HeaderRows, Problems.ImportTooManyRows, ImportLimits.MaxRows);
                    Require(width <= ImportLimits.MaxColumns, Problems.ImportTooManyColumns, ImportLimits.MaxColumns);
                    break;
                case "f":
                    cell.IsFormula = true;
                    break;
                case "comment":
                    _comment = xml.GetAttribute("ref");
                    Require(++_others <= MaxOthers, Problems.ImportFileSwells);
                    break;
                case "t" or "r":
                    break;
                case "si":
                    Require(++_texts <= ImportLimits.MaxCells, Problems.ImportFileSwells);
                    break;
                case "mergeCell":
                    _merged += Area(xml.GetAttribute("ref"));
                    Require(++_merges <= ImportLimits.MaxMerges && _merged <= MaxMerged, Problems.ImportTooManyMerges);
                    break;
                default:
                    HasFills |= xml.LocalName == "patternFill" && xml.GetAttribute("patternType") is not (null or "none" or "gray125");
                    Require(isSheet ? ++_ofSheets <= MaxOfSheet : ++_others <= MaxOthers, Problems.ImportFileSwells);
                    break;
            }
        }

        Note(cell);
    }

    private void Note(Cell cell)
    {
        if (cell is { IsFormula: true, HasValue: false, IsText: false, Address: { } address })
        {
            _notComputed.Add(address);
        }
    }

    private static void Require(bool isFine, string problem, params object[] values)
    {
        if (!isFine)
        {
            throw new DomainException(problem, values);
        }
    }

    /// <summary>Of «A1:XFD1048576»; nothing of what is no such range.</summary>
    private static long Area(string? range) => range?.Split(':') is [var from, var to]
        ? Math.Clamp(Row(to) - Row(from) + 1L, 0, ImportLimits.MaxRows) * Math.Clamp(Column(to) - Column(from) + 1L, 0, ImportLimits.MaxColumns)
        : 0;

    private static int Row(string cell) => int.TryParse(cell.AsSpan(cell.AsSpan().IndexOfAnyInRange('0', '9') is >= 0 and var digit ? digit : cell.Length), out var row) ? row : 0;

    private static int Column(string cell) => cell.TakeWhile(char.IsAsciiLetter).Take(3).Aggregate(0, (column, letter) => column * 26 + (letter & 0x1F));

    /// <summary>What is known so far of the cell that is being read.</summary>
    private struct Cell
    {
        public string? Address;
        public bool IsText;
        public bool IsFormula;
        public bool IsInValue;
        public bool HasValue;
    }
}
