using Diaspora.Domain.Import;
using Diaspora.Web.Members.Import;

namespace Diaspora.Tests.Members.Import;

/// <summary>A formula counts for what it came to when the file was saved, and that is read with its style: a number may be a day.</summary>
public sealed class CachedValuesTests
{
    private const string Dates =
        """
        <numFmts count="5"><numFmt numFmtId="164" formatCode="mmm\.yy"/><numFmt numFmtId="165" formatCode="[$-419]mmmm\ yyyy;@"/><numFmt numFmtId="166" formatCode="&quot;dmy &quot;0.00"/><numFmt numFmtId="167" formatCode="[Red]0.0\d"/><numFmt numFmtId="168" formatCode="[$-F800]dddd\,\ mmmm\ dd\,\ yyyy"/></numFmts>
        <fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>
        <cellXfs count="9"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="17" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/><xf numFmtId="166" applyNumberFormat="1"/><xf numFmtId="167" applyNumberFormat="1"/><xf numFmtId="168" applyNumberFormat="1"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs>
        """;

    /// <summary>45778 is 1 May 2025; in a book that counts from 1904 the same day is 44316.</summary>
    [Theory]
    [InlineData(1, 45778, false, "2025-05-01")]
    [InlineData(2, 45778, false, "2025-05-01")]
    [InlineData(3, 45778, false, "2025-05-01")]
    [InlineData(4, 45778, false, "2025-05-01")]
    [InlineData(7, 45778, false, "2025-05-01")]
    [InlineData(8, 45778.5, false, "2025-05-01")]
    [InlineData(1, 44316, true, "2025-05-01")]
    [InlineData(4, 44316, true, "2025-05-01")]
    [InlineData(0, 45778, false, "45778")]
    [InlineData(5, 2000, false, "2000")]
    [InlineData(6, 2000, false, "2000")]
    public void Read_ANumberWithAStyle_IsADayWhereTheStyleSaysSo(int style, double number, bool is1904, string expected)
    {
        var text = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var rows = Read($"""<c r="C2" s="{style}"><v>{text}</v></c><c r="D2" s="{style}"><f>EDATE(C1,1)</f><v>{text}</v></c>""", is1904);
        Assert.Equal((expected, expected), (rows[1][2], rows[1][3]));
    }

    [Fact]
    public void Read_AFormulaThatCameToNothing_IsAnEmptyCell()
    {
        var rows = Read("""<c r="C2" t="str"><f>IF(A2="","",A2)</f><v></v></c><c r="D2" t="str"><f>T(A1)</f><v/></c><c r="E2"><f>1+1</f></c><c r="F2" t="str"><f>A2</f><v>2025-05</v></c>""", is1904: false);
        Assert.Equal(("", "", "2025-05"), (rows[1][2], rows[1][3], rows[1][5]));
        Assert.Equal([4], rows[1].Faults.Keys);
    }

    /// <summary>What a formula joins or pads is no number, however it looks; and a number stays one.</summary>
    [Fact]
    public void Read_AFormulaThatCameToText_IsThatText()
    {
        var rows = Read("""<c r="C2" t="str"><f>"+"&amp;B2</f><v>+994501234567</v></c><c r="D2" t="str"><f>TEXT(7,"000")</f><v>007</v></c><c r="E2"><f>3+4</f><v>7.0</v></c><c r="F2" s="1"><f>C1</f><v>45778</v></c>""", is1904: false);
        Assert.Equal(["+994501234567", "007", "7", "2025-05-01"], rows[1].Cells.Skip(2));
    }

    [Fact]
    public void Read_HeadsThatAreComputed_AreMonths()
    {
        var rows = SheetFile.Read(Workbooks.Raw(
            """
            <sheetData><row r="1"><c r="A1" t="str"><v>ФИО</v></c><c r="B1" t="str"><v>Телефон</v></c><c r="C1" s="3"><v>45778</v></c><c r="D1" s="3"><f>EDATE(C1,1)</f><v>45809</v></c></row>
            <row r="2"><c r="A2" t="str"><v>Алиев Рашад</v></c><c r="B2"><v>87015550142</v></c><c r="C2"><v>2000</v></c></row></sheetData>
            """, Dates), "a.xlsx").Rows;
        Assert.Equal([new Period(2025, 5), new Period(2025, 6)], ImportColumns.Recognise(rows[0].Cells).Select(column => column.Month).OfType<Period>());
    }

    [Theory]
    [InlineData("25.11.2026 г.", "2026-11-25")]
    [InlineData("25.11.2026г", "2026-11-25")]
    [InlineData("25.11.26 года", "2026-11-25")]
    [InlineData("2024-03-05 00:00:00", "2024-03-05")]
    [InlineData("2024-03-05T00:00:00", "2024-03-05")]
    [InlineData("05.03.2024 0:00", "2024-03-05")]
    [InlineData("05.03.2024 14:32:10", "2024-03-05")]
    [InlineData("5 марта 2024 г.", "2024-03-05")]
    [InlineData("5 марта 2024", "2024-03-05")]
    [InlineData("«5» марта 2024 года", "2024-03-05")]
    [InlineData("5 мар. 2024", "2024-03-05")]
    [InlineData("2024 ж. 5 наурыз", "2024-03-05")]
    [InlineData("5 наурыз 2024 ж.", "2024-03-05")]
    [InlineData("5 mart 2024", "2024-03-05")]
    [InlineData("5 İYUN 2024", "2024-06-05")]
    [InlineData("March 5, 2024", "2024-03-05")]
    [InlineData("5 March 2024", "2024-03-05")]
    [InlineData("2024.03.05", "2024-03-05")]
    public void ReadDay_AsPeopleAndProgramsWriteIt_IsThatDay(string text, string expected)
    {
        Assert.Null(ImportMonths.ReadDay(text, out var day));
        Assert.Equal(DateOnly.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), day);
        Assert.Null(ImportMark.Read(text, out var mark));
        Assert.Equal(new ImportMark(true, null) { On = day }, mark);
    }

    [Theory]
    [InlineData("31 февраля 2024")]
    [InlineData("31.02.2024 г.")]
    [InlineData("45 марта 2024")]
    [InlineData("5 марта")]
    public void ReadDay_ThatIsNone_IsRefused(string text) => Assert.NotNull(ImportMonths.ReadDay(text, out _));

    private static IReadOnlyList<SheetRow> Read(string cells, bool is1904) => SheetFile.Read(Workbooks.Raw(
        $"""
        <sheetData><row r="1"><c r="A1" t="str"><v>ФИО</v></c><c r="B1" t="str"><v>Телефон</v></c></row>
        <row r="2"><c r="A2" t="str"><v>Алиев Рашад</v></c><c r="B2"><v>87015550142</v></c>{cells}</row></sheetData>
        """, Dates, is1904), "a.xlsx").Rows;
}
