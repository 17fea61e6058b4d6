using System.Text;
using Diaspora.Domain.Export;
using Diaspora.Web.Members.Import;
using Diaspora.Web.Shared;

namespace Diaspora.Tests.Members.Import;

/// <summary>What stands in a cell beside its text: signs that nobody sees, guards against formulas, quotes.</summary>
public sealed class InvisibleCellsTests
{
    public static TheoryData<string> Beginnings => ["=", "＝", "+", "＋", "-", "－", "@", "＠", "\t", "\r", "\n"];

    [Fact]
    public void Read_ACsvWithSignsNobodySees_IsTheTextThatIsSeen()
    {
        var row = SheetFile.Read(Encoding.UTF8.GetBytes("ФИО;Теле\u00ADфон;\u200FГород;май\u00A02025\n\u202AАлиев\u202C\u00A0Рашад\uFEFF;\u202A+7 701 555 01 42\u202C;Ал\u200Bматы;2\u202F000\u2060\n"), "a.csv").Rows;
        Assert.Equal(["ФИО", "Телефон", "Город", "май 2025"], row[0].Cells);
        Assert.Equal(["Алиев Рашад", "+7 701 555 01 42", "Алматы", "2 000"], row[1].Cells);
    }

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void Write_ACellThatWouldBeAFormula_IsGuarded(string beginning)
    {
        var text = Encoding.UTF8.GetString(Spreadsheet.Csv(["ФИО"], [[Spreadsheet.Plain(beginning + "1+1")]])).TrimStart('\uFEFF');
        Assert.StartsWith("'", text.Split("\r\n", 2)[1].TrimStart('"'), StringComparison.Ordinal);
    }

    /// <summary>Whatever a city begins with: what left the portal comes in as it was.</summary>
    [Theory]
    [InlineData("=Алматы")]
    [InlineData("'=Алматы")]
    [InlineData("''=Алматы")]
    [InlineData("'Алматы")]
    [InlineData("''")]
    [InlineData("＝Алматы")]
    [InlineData("'＝Алматы")]
    [InlineData("+7")]
    [InlineData("'+7")]
    [InlineData("-7")]
    [InlineData("@Алматы")]
    [InlineData("＠Алматы")]
    [InlineData("О'Нил; \"Город\"")]
    public void Export_ThenRead_IsTheSameText(string city)
    {
        var file = Spreadsheet.Csv(["ФИО", "Телефон", "Город"], [["Алиев Рашад", Spreadsheet.Phone("+77015550142"), Spreadsheet.Plain(city)]]);
        var row = SheetFile.Read(file, "a.csv").Rows[1];
        Assert.Equal((city, "+7 701 555 01 42"), (row[2], row[1]));
    }

    /// <summary>As a person keeps it (sample 3): one stray quote costs the row it stands in and no other.</summary>
    [Theory]
    [InlineData("ФИО;Телефон;янв.26\nАлиев Рашад;87015550142;да\n\"Гусейнов Вусал;87015550143;да\nКеримов Анар;87015550144;да\n", 3)]
    [InlineData("ФИО;Телефон;янв.26\nАлиев Рашад;87015550142;\"2000;да\nКеримов Анар;87015550144;да\nКеримов Самир;87015550145;да\n", 2)]
    [InlineData("ФИО;Телефон;янв.26\n\"Алиев\" Рашад;87015550142;да\nКеримов Анар;87015550144;да\n", 2)]
    public void Read_AStrayQuote_CostsItsRowAlone(string text, int number)
    {
        var rows = SheetFile.Read(Encoding.UTF8.GetBytes(text), "a.csv").Rows;
        Assert.Equal(text.Split('\n').Length - 1, rows.Count);
        Assert.Equal([number], rows.Where(row => row.Faults.Count > 0).Select(row => row.Number));
    }

    /// <summary>As spreadsheets read it: a quote inside a cell that does not begin with one is a sign like any other.</summary>
    [Fact]
    public void Read_AQuoteInsideACell_IsPartOfIt()
    {
        var rows = SheetFile.Read(Encoding.UTF8.GetBytes("ФИО;Телефон;Примечание\nАлиев Рашад;87015550142;в \"WhatsApp\" писал\nКеримов Анар;87015550144;5\" экран\n"), "a.csv").Rows;
        Assert.Equal(("в \"WhatsApp\" писал", "5\" экран"), (rows[1][2], rows[2][2]));
        Assert.DoesNotContain(rows, row => row.Faults.Count > 0);
    }

    /// <summary>Cells over several lines are no stray quotes.</summary>
    [Fact]
    public void Read_AQuotedCellOfSeveralLines_IsOneCell()
    {
        var rows = SheetFile.Read(Encoding.UTF8.GetBytes("ФИО;Телефон;Примечание\nАлиев Рашад;87015550142;\"сказал \"\"потом\"\";\nпозвонить\"\nКеримов Анар;87015550144;да\n"), "a.csv").Rows;
        Assert.Equal("сказал \"потом\";\nпозвонить", rows[1][2].Replace("\r", "", StringComparison.Ordinal));
        Assert.Equal([1, 2, 4], rows.Select(row => row.Number));
    }
}
