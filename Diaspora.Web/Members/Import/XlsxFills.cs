using System.Globalization;
using ClosedXML.Excel;
using Diaspora.Domain.Import;

namespace Diaspora.Web.Members.Import;

/// <summary>The colours that cells are filled with, each as the one word by which it is asked.</summary>
internal sealed class XlsxFills(XLWorkbook workbook)
{
    private const string White = "FFFFFF";

    /// <summary>From here on an index means the colours of the window.</summary>
    private const int FirstOfWindow = 64;

    private readonly Dictionary<XLColor, string?> _words = [];

    /// <summary>Nothing for a cell that is not filled, or is white as the sheet is.</summary>
    public string? Of(IXLCell cell)
    {
        var fill = cell.Style.Fill;
        if (fill.PatternType is XLFillPatternValues.None or XLFillPatternValues.Gray125)
        {
            return null;
        }

        var colour = fill.BackgroundColor;
        if (!_words.TryGetValue(colour, out var word))
        {
            _words[colour] = word = HexOf(colour) is { } hex && hex != White ? CellColour.Of(hex) : null;
        }

        return word;
    }

    private string? HexOf(XLColor colour) => colour switch
    {
        { ColorType: XLColorType.Theme } => Tinted(workbook.Theme.ResolveThemeColor(colour.ThemeColor).Color, colour.ThemeTint),
        { ColorType: XLColorType.Indexed, Indexed: >= FirstOfWindow } => null,
        _ => Tinted(colour.Color, 0),
    };

    /// <summary>A theme's colour made lighter or darker, near enough to tell two apart and to show it.</summary>
    private static string Tinted(System.Drawing.Color colour, double tint)
    {
        return string.Concat(new[] { colour.R, colour.G, colour.B }.Select(part => Part(part).ToString("X2", CultureInfo.InvariantCulture)));

        int Part(byte part) => (int)Math.Round(tint < 0 ? part * (1 + tint) : part + (255 - part) * tint);
    }
}
