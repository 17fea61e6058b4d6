using System.Globalization;
using ClosedXML.Excel;
using ExcelNumberFormat;

namespace Diaspora.Web.Members.Import;

/// <summary>
/// What a cell shows, as text. A formula counts for what it came to when the file was saved: a new computation could differ from what the admin saw. Whether a number is
/// a day, its style says; the library asks the style only where there is no formula, and takes some styles for what they are not.
/// </summary>
/// <param name="is1904">Whether the book counts its days from 1904, as those of old Macs do.</param>
/// <param name="keepsTime">Whether a day is written with its time, where it has one.</param>
/// <param name="tally">What the library does not tell of formulas.</param>
internal sealed class XlsxValues(bool is1904, bool keepsTime, XlsxTally tally)
{
    private const string TrueText = "true";
    private const string FalseText = "false";

    /// <summary>A formula that no program has computed.</summary>
    private const string NotComputed = "#NAME?";

    /// <summary>Between the first days of the two calendars.</summary>
    private const int DaysTo1904 = 1462;

    /// <summary>The last day that a spreadsheet knows, in the year 9999.</summary>
    private const int LastDay = 2_958_465;

    private readonly Dictionary<string, bool> _datesByFormat = [];

    public string TextOf(IXLCell cell)
    {
        if (!cell.HasFormula)
        {
            return cell.DataType switch
            {
                XLDataType.DateTime => NumberOf(cell.GetDateTime().ToOADate() - Shift, cell),
                XLDataType.Number => NumberOf(cell.GetDouble(), cell),
                XLDataType.Boolean => cell.GetBoolean() ? TrueText : FalseText,
                _ => SheetFile.Plain(cell.GetString()),
            };
        }

        return cell.CachedValue switch
        {
            DateTime day => DayOf(day),
            double number => NumberOf(number, cell),
            bool isTrue => isTrue ? TrueText : FalseText,
            string { Length: > 0 } text when !IsText(cell) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => NumberOf(number, cell),
            string { Length: > 0 } text => SheetFile.Plain(text),
            string when !tally.NotComputed.Contains(cell.Address.ToString()!) => "",
            _ => NotComputed,
        };
    }

    /// <summary>A text keeps its plus and its noughts. With the style of a day it is taken for that day.</summary>
    private bool IsText(IXLCell cell) => tally.DigitTexts.Contains(cell.Address.ToString()!) && !IsDate(cell.Style.NumberFormat);

    private int Shift => is1904 ? DaysTo1904 : 0;

    private string NumberOf(double number, IXLCell cell) =>
        number + Shift is >= 1 and <= LastDay && IsDate(cell.Style.NumberFormat) ? DayOf(DateTime.FromOADate(number + Shift)) : number.ToString("0.##########", CultureInfo.InvariantCulture);

    private bool IsDate(IXLNumberFormat style)
    {
        if (style.Format.Length == 0)
        {
            // The formats that every spreadsheet has by number: days with and without a time, and those of East Asia.
            return style.NumberFormatId is >= 14 and <= 17 or 22 or >= 27 and <= 31 or 36 or >= 50 and <= 54 or 57 or 58;
        }

        if (!_datesByFormat.TryGetValue(style.Format, out var isDate))
        {
            var format = new NumberFormat(style.Format);
            _datesByFormat[style.Format] = isDate = format is { IsValid: true, IsDateTimeFormat: true, IsTimeSpanFormat: false };
        }

        return isDate;
    }

    private string DayOf(DateTime day) => day.ToString(keepsTime && day.TimeOfDay > TimeSpan.Zero ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
