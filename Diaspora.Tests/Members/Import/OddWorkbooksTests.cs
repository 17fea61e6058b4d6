using System.Text;
using ClosedXML.Excel;
using Diaspora.Domain.Import;
using Diaspora.Tests.Storage;
using Diaspora.Web.Members.Import;

namespace Diaspora.Tests.Members.Import;

/// <summary>Workbooks with more in them than a list: it is told, or refused with a sentence, and nothing is lost in silence.</summary>
public sealed class OddWorkbooksTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private Actor _admin = default!;

    private ImportService Imports => _database.Get<ImportService>();

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _admin = await _database.AddAdminAsync();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Check_HiddenRowsAFilterCommentsAPivotAndRules_AreTold()
    {
        using var workbook = new XLWorkbook();
        var sheet = List(workbook, "Взносы", 4);
        sheet.Row(3).Hide();
        sheet.Column(3).Hide();
        sheet.Range(1, 1, 5, 4).SetAutoFilter();
        sheet.Cell(2, 1).Comment.AddText("ветеран");
        sheet.Cell(2, 4).Style.Fill.BackgroundColor = XLColor.FromTheme(XLThemeColor.Accent1, 0.4);
        sheet.Range(2, 4, 5, 4).AddConditionalFormat().WhenEquals("да").Fill.SetBackgroundColor(XLColor.Red);
        workbook.Worksheets.Add("Сводная").PivotTables.Add("Итоги", workbook.Worksheet("Сводная").Cell(3, 1), sheet.Range(1, 1, 5, 4)).RowLabels.Add("ФИО");

        var check = await CheckAsync(Workbooks.Save(workbook));
        Assert.Equal(4, check.Rows.Count(row => row.Outcome == ImportOutcome.New));
        Assert.Equal(
            [ImportNoteKind.SheetEmpty, ImportNoteKind.Colour, ImportNoteKind.Comment, ImportNoteKind.ColourRules, ImportNoteKind.HiddenRows, ImportNoteKind.HiddenColumns, ImportNoteKind.Filter],
            check.Notes.Select(note => note.Kind).Order());
        Assert.Equal("ветеран", check.Notes.Single(note => note.Kind == ImportNoteKind.Comment).What);
    }

    /// <summary>A pivot on the very sheet that is read, made of its own rows.</summary>
    [Fact]
    public async Task Check_APivotBesideTheList_IsNamedAndChangesNothing()
    {
        using var workbook = new XLWorkbook();
        var sheet = List(workbook, "Взносы", 3);
        sheet.PivotTables.Add("По городам", sheet.Cell(1, 8), sheet.Range(1, 1, 4, 4)).RowLabels.Add("Город");

        var check = await CheckAsync(Workbooks.Save(workbook));
        Assert.Equal(3, check.Rows.Count(row => row.Outcome == ImportOutcome.New));
        Assert.Single(check.Notes, note => note.Kind == ImportNoteKind.Pivot);
    }

    /// <summary>An old list that somebody hid: named, and read when a person says so.</summary>
    [Fact]
    public async Task Map_AHiddenSheetWithAList_IsReadOnlyWhenAPersonSaysSo()
    {
        using var workbook = new XLWorkbook();
        List(workbook, "2025", 2).Hide();
        List(workbook, "2026", 3, from: 10);
        var id = await _database.StageAsync(_admin, Workbooks.Save(workbook));
        var details = await Imports.ImportAsync(_admin, id);
        Assert.Equal([("2025", false), ("2026", true)], details.Sheets.Select(sheet => (sheet.Sheet.Name, sheet.Sheet.IsRead)));
        Assert.Equal((3, false), (details.RowCount, details.HasSeveralSheets));
        var check = await Imports.CheckAsync(_admin, id);
        Assert.Equal((3, ImportNoteKind.SheetHidden, "2025"), (check.Rows.Count, Assert.Single(check.Notes).Kind, check.Notes[0].What));

        var form = MapImportForm.Of(details.Columns, [.. details.Sheets.Select(sheet => sheet.Sheet)]);
        form.Sheets[0].IsRead = true;
        await Imports.MapAsync(_admin, id, form);
        check = await Imports.CheckAsync(_admin, id);
        Assert.Equal(5, check.Rows.Count(row => row.Outcome == ImportOutcome.New));
        Assert.Empty(check.Notes);
    }

    /// <summary>What was typed on the screen can be typed once more, and a total's formula is no example of a column.</summary>
    [Fact]
    public async Task Mend_ACellTwice_TakesTheLastAndATotalIsNoSample()
    {
        using var workbook = new XLWorkbook();
        var sheet = Fill(workbook.Worksheets.Add("Взносы"), ["ФИО", "Телефон", "янв.26"], ["Алиев Рашад", "8701555", "да"]);
        sheet.Cell(3, 1).SetValue("ИТОГО");
        sheet.Cell(3, 3).FormulaA1 = "COUNTA(C2:C2)";
        var id = await _database.StageAsync(_admin, Workbooks.Save(workbook));
        Assert.Equal(["да"], (await Imports.ImportAsync(_admin, id)).Sheets[0].Samples[2]);

        var answers = _database.Get<ImportAnswerService>();
        Assert.Empty((await Imports.CheckAsync(_admin, id)).Rows[0].Mends);
        foreach (var text in new[] { "87015550142", "87015550143" })
        {
            await answers.MendAsync(_admin, id, new MendCellForm { Place = 2, Column = 1, Text = text });
            Assert.Equal(new CellMend(2, 1, text), Assert.Single((await Imports.CheckAsync(_admin, id)).Rows[0].Mends));
        }

        Assert.Equal("+77015550143", (await Imports.CheckAsync(_admin, id)).Rows[0].Phone);
    }

    [Fact]
    public async Task Check_FortySheets_AreAllReadOrNamed()
    {
        using var workbook = new XLWorkbook();
        for (var number = 1; number <= 40; number++)
        {
            _ = number % 2 == 0 ? List(workbook, $"Группа {number}", 2, number) : workbook.Worksheets.Add($"Черновик {number}").Cell(1, 1).SetValue("заметка").Worksheet;
        }

        var check = await CheckAsync(Workbooks.Save(workbook));
        Assert.Equal(40, check.Rows.Count(row => row.Outcome == ImportOutcome.New));
        Assert.Equal(20, check.Notes.Count(note => note.Kind == ImportNoteKind.SheetWithoutList));
    }

    [Fact]
    public void Read_ThreeHundredColumns_IsRefusedWithASentence()
    {
        using var workbook = new XLWorkbook();
        var sheet = List(workbook, "Взносы", 1);
        sheet.Cell(1, 300).SetValue("конец");
        Assert.Equal(Problems.ImportTooManyColumns, Assert.Throws<DomainException>(() => SheetFile.Read(Workbooks.Save(workbook), "a.xlsx")).Problem.Code);
    }

    [Theory]
    [InlineData("ФИО;Телефон;янв.26\nАлиев Рашад / Алиева Гюнель;87015550142;да\n", 0, Problems.ImportTwoPeople)]
    [InlineData("ФИО;Телефон;янв.26\nАлиев Рашад и Гюнель;87015550142;да\n", 0, Problems.ImportTwoPeople)]
    [InlineData("ФИО;Телефон;янв.26\nАлиев Рашад;87015550142, 87015550143;да\n", 1, Problems.ImportPhoneChoice)]
    [InlineData("ФИО;Телефон;янв.26\nАлиев Рашад;87015550142 (жена);да\n", 1, Problems.ImportPhoneBeside)]
    [InlineData("ФИО;Телефон;янв.26\nАлиев Рашад;7,01555E+10;да\n", 1, Problems.ImportPhoneLost)]
    [InlineData("ФИО;Телефон;янв.26\nАлиев Рашад;87015550142;09.03.2026\n", 2, Problems.ImportDayAhead)]
    public async Task Check_ACellThatHoldsTwoOrTooLittle_IsAFaultOfItsCell(string csv, int column, string problem)
    {
        var row = Assert.Single((await CheckAsync(Encoding.UTF8.GetBytes(csv))).Rows);
        Assert.Equal((ImportOutcome.Error, column, problem), (row.Outcome, Assert.Single(row.Problems).Column, row.Problems[0].Problem.Code));
    }

    [Fact]
    public async Task Stage_AMonthTwiceInOneHeader_IsAskedForBoth()
    {
        var id = await _database.StageAsync(_admin, Encoding.UTF8.GetBytes("ФИО;Телефон;янв.26;фев.26;янв.26\nАлиев Рашад;87015550142;да;да;\n"), "a.csv");
        Assert.Equal([ImportField.Unclear, ImportField.Month, ImportField.Unclear], (await Imports.ImportAsync(_admin, id)).Columns.Skip(2).Select(column => column.Field));
    }

    /// <summary>Twice as much in January: with an answer it is February's too, and where that is paid already a person looks.</summary>
    [Fact]
    public async Task Answer_SeveralFeesInOneMonth_ArePaidAheadWhereTheMonthsAreFree()
    {
        var id = await _database.StageAsync(_admin, Encoding.UTF8.GetBytes("ФИО;Телефон;янв.26;фев.26;мар.26\nАлиев Рашад;87015550142;4000;;да\nРзаев Анар;87015550143;4000;да;\n"), "a.csv");
        var question = Assert.Single((await Imports.CheckAsync(_admin, id)).Questions);
        Assert.Equal((ImportQuestionKind.Sum, 2, 2), (question.Kind, question.Count, question.Fees));
        await _database.Get<ImportAnswerService>().AnswerAsync(_admin, id, new AnswerImportForm { Word = question.Word, Meaning = ImportMeaning.Ahead });

        var rows = (await Imports.CheckAsync(_admin, id)).Rows;
        Assert.Equal([1, 2, 3], rows[0].Booked.Select(month => month.Month.Month));
        Assert.All(rows[0].Booked, month => Assert.Equal(2000, month.Amount.Tenge));
        Assert.Equal(Problems.ImportAheadTaken, Assert.Single(rows[1].Problems).Problem.Code);
    }

    /// <summary>A year each, phones on the first sheet alone: found by the name, and who is on no other sheet is asked for a phone.</summary>
    [Fact]
    public async Task Check_ASheetWithoutPhones_FindsThePeopleByTheirNames()
    {
        using var workbook = new XLWorkbook();
        Fill(workbook.Worksheets.Add("2025"), ["ФИО", "Телефон", "Январь", "Февраль"], ["Алиев Рашад", "87015550142", "да", "да"]);
        Fill(workbook.Worksheets.Add("2026"), ["ФИО", "Январь", "Февраль"], ["Рашад Алиев", "да", ""], ["Рзаев Анар", "да", "да"]);
        var id = await _database.StageAsync(_admin, Workbooks.Save(workbook));
        var rows = (await Imports.CheckAsync(_admin, id)).Rows;
        Assert.Equal(["2025-01", "2025-02", "2026-01"], rows[0].Booked.Select(month => month.Month.ToString()));
        Assert.Equal(Problems.ImportPhoneNowhere, Assert.Single(rows[1].Problems).Problem.Code);

        await _database.Get<ImportAnswerService>().MendAsync(_admin, id, new MendCellForm { Place = rows[1].Number, Column = rows[1].Problems[0].Column, Text = "87015550143" });
        Assert.Equal([ImportOutcome.New, ImportOutcome.New], (await Imports.CheckAsync(_admin, id)).Rows.Select(row => row.Outcome));
    }

    /// <summary>Two who share a phone on two sheets are not made one.</summary>
    [Fact]
    public async Task Check_OnePhoneAndTwoNamesOnTwoSheets_IsAFaultOfTheSecond()
    {
        using var workbook = new XLWorkbook();
        Fill(workbook.Worksheets.Add("2025"), ["ФИО", "Телефон", "Январь"], ["Алиев Рашад", "87015550142", "да"]);
        Fill(workbook.Worksheets.Add("2026"), ["ФИО", "Телефон", "Январь"], ["Алиева Гюнель", "87015550142", "да"]);
        var rows = (await CheckAsync(Workbooks.Save(workbook))).Rows;
        Assert.Equal([ImportOutcome.New, ImportOutcome.Error], rows.Select(row => row.Outcome));
        Assert.Equal(Problems.ImportPhoneTwice, Assert.Single(rows[1].Problems).Problem.Code);
    }

    private async Task<ImportCheck> CheckAsync(byte[] file) => await Imports.CheckAsync(_admin, await _database.StageAsync(_admin, file));

    private static IXLWorksheet List(XLWorkbook workbook, string name, int people, int from = 0) => Fill(
        workbook.Worksheets.Add(name),
        [["ФИО", "Телефон", "Город", "янв.26"], .. Enumerable.Range(0, people).Select(person => new[] { $"Алиев {"бгдзлмнрст"[from / 10]}у{"бгдзлмнрст"[from % 10]}у{"бгдз"[person]}", $"870155{from:00}{person:000}", "Алматы", "да" })]);

    private static IXLWorksheet Fill(IXLWorksheet sheet, params string[][] rows)
    {
        foreach (var (row, cells) in rows.Index())
        {
            foreach (var (column, text) in cells.Index())
            {
                sheet.Cell(row + 1, column + 1).SetValue(text);
            }
        }

        return sheet;
    }
}
