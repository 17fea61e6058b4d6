using System.Globalization;
using ClosedXML.Excel;
using CsvHelper;
using CsvHelper.Configuration;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Reports;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Diaspora.Web.Reports;
using static Diaspora.Tests.Payments.MoneySetup;

namespace Diaspora.Tests.Reports;

/// <summary>The files of the reports, read back: their sums are those of the screen.</summary>
public sealed class ReportFilesTests : IAsyncLifetime
{
    private static readonly Period March = new(2026, 3);
    private readonly TestDatabase _database = new();
    private Actor _cashier = null!;

    private ReportService Reports => _database.Get<ReportService>();

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        await ReportCrowd.FillAsync(_database, 26);
        _cashier = await _database.AddCashierAsync();
        var formula = await _database.AddAsync("=1+1 Формула", joinedOn: "2026-01-01");
        await _database.RecordAsync(_cashier, Cash(formula, 4000, formula.Of("2026-01", "2026-02")));
        await _database.Get<MonthClosingService>().CloseAsync();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Month_ToExcelAndCsv_SaysWhatTheScreenSays()
    {
        var details = await Reports.ExportDetailsAsync(_cashier, March);
        var shown = details.Shown;
        using var book = await BookAsync(ReportTables.Of(details));

        var totals = book.Worksheet("Итоги 2026-03");
        Assert.Equal((shown.Figures.Payable, shown.Figures.Expected.Tenge), ((int)Number(totals, "Ожидалось", 2), Number(totals, "Ожидалось", 3)));
        Assert.Equal((shown.Figures.Payers, shown.Figures.Collected.Tenge), ((int)Number(totals, "Собрано за месяц", 2), Number(totals, "Собрано за месяц", 3)));
        Assert.Equal(shown.Came.Sum.Tenge, Number(totals, "Поступило в дни месяца", 3));
        Assert.Equal(shown.Figures.Collected.Tenge, Number(book.Worksheet("Оплачено за месяц"), "Итого", 3));
        Assert.Equal(shown.Came.Sum.Tenge, Number(book.Worksheet("Поступило за дни месяца"), "Итого", 3));
        Assert.Equal((shown.Figures.Collected.Tenge, shown.Figures.Owed.Tenge), (Number(book.Worksheet("По городам"), "Итого", 3), Number(book.Worksheet("По городам"), "Итого", 6)));
        Assert.All(book.Worksheets, sheet => Assert.True(sheet.AutoFilter.IsEnabled && sheet.SheetView is { SplitRow: 1, SplitColumn: 1 }));

        var lines = await CsvAsync(ReportTables.InOne(details));
        Assert.Equal(["Раздел", "Показатель", "Количество", "Сумма, ₸"], lines[0]);
        Assert.Equal($"{shown.Figures.Collected.Tenge}", lines.Single(line => line[0] == "По городам: оплатили" && line[1] == "Итого")[3]);
        Assert.Equal($"{shown.Figures.Owed.Tenge}", lines.Single(line => line[0] == "По городам: не оплатили" && line[1] == "Итого")[3]);
        Assert.Equal($"{shown.Figures.Collected.Tenge}", lines.Single(line => line[0] == "Итоги 2026-03" && line[1] == "Собрано за месяц")[3]);
    }

    [Theory]
    [InlineData(2025)]
    [InlineData(2026)]
    public async Task Year_ToExcelAndCsv_SaysWhatTheScreenSays(int of)
    {
        var year = await Reports.ExportYearAsync(_cashier, of);
        var table = new ReportTables(_database.Rules.Zone).Of(year);
        using var book = await BookAsync([table]);

        var sheet = book.Worksheets.Single();
        Assert.Equal(
            (year.Expected.Tenge, year.Collected.Tenge, year.Came.Tenge, year.Correction.Tenge),
            (Number(sheet, "Итого", 2), Number(sheet, "Итого", 3), Number(sheet, "Итого", 5), Number(sheet, "Итого", 12)));
        Assert.Equal(year.Collected.Tenge, Enumerable.Range(2, 12).Sum(line => sheet.Cell(line, 3).GetValue<long>()));

        // Of a month ahead nothing is expected yet, so what is paid for it is no part of the expected nor of the share.
        Assert.Equal(year.Expected.Tenge, Enumerable.Range(2, 12).Select(line => sheet.Cell(line, 2)).Where(cell => cell.DataType == XLDataType.Number).Sum(cell => cell.GetValue<long>()));
        Assert.Equal((year.Collected - year.Prepaid).Tenge * 100 / year.Expected.Tenge, Number(sheet, "Итого", 4));
        Assert.Equal(of == 2026 ? "не идёт" : $"{year.Months[11].Expected.Tenge}", sheet.Cell(13, 2).GetString());

        // The sums are below what is filtered.
        Assert.Equal((13, 14), (sheet.AutoFilter.Range.LastRow().RowNumber(), sheet.LastRowUsed()!.RowNumber()));
        Assert.Equal($"{year.Collected.Tenge}", (await CsvAsync(new ReportTables(_database.Rules.Zone).Of(year)))[^1][2]);
    }

    [Fact]
    public async Task Matrix_ToExcelAndCsv_SaysEveryTileInAWordAndAddsUp()
    {
        var screen = await Reports.MatrixAsync(_cashier, new MatrixFilter(2026));
        using var book = await BookAsync([ReportTables.Of(await Reports.ExportMatrixAsync(_cashier, new MatrixFilter(2026), isSheet: true))]);
        var lines = await CsvAsync(ReportTables.Of(await Reports.ExportMatrixAsync(_cashier, new MatrixFilter(2026), isSheet: false)));

        var sheet = book.Worksheets.Single();
        Assert.Equal(screen.Total + 2, sheet.LastRowUsed()!.RowNumber());
        Assert.Equal(screen.Total + 2, lines.Count);
        var collected = (await Reports.YearAsync(_cashier, 2026)).Months.Select(month => month.PaidNow.Tenge).ToList();
        Assert.Equal(collected, Enumerable.Range(4, 12).Select(column => Number(sheet, "Итого", column)));
        Assert.Equal(collected.Sum(), Number(sheet, "Итого", 16));
        Assert.Equal((await Reports.DebtsAsync(_cashier)).Debt.Tenge, Number(sheet, "Итого", 17));
        Assert.Equal(lines[^1][3..], Enumerable.Range(4, 14).Select(column => $"{Number(sheet, "Итого", column)}"));

        // No blank, and no formula: a name that looks like one is text in both.
        Assert.DoesNotContain(sheet.Range(2, 1, screen.Total + 1, 17).Cells(), cell => cell.IsEmpty());
        var formula = sheet.Column(1).CellsUsed().Single(cell => cell.GetString() == "=1+1 Формула");
        Assert.False(formula.HasFormula);
        Assert.Equal(("Оплачено 2000", "К оплате 2000", "Впереди 2000"), (formula.CellRight(3).GetString(), formula.CellRight(5).GetString(), formula.CellRight(6).GetString()));
        Assert.Contains(lines, line => line[0] == "'=1+1 Формула");
    }

    [Fact]
    public async Task Matrix_ForPaper_IsOnOnePage()
    {
        var paged = await Reports.MatrixAsync(_cashier, new MatrixFilter(2026));
        var second = await Reports.MatrixAsync(_cashier, new MatrixFilter(2026, 2));
        var whole = await Reports.MatrixAsync(_cashier, new MatrixFilter(2026) { IsWhole = true });

        Assert.InRange(paged.Total, MatrixFilter.Usual + 1, MatrixFilter.Most);
        Assert.Equal(paged.Items.Concat(second.Items).Select(row => row.Number), whole.Items.Select(row => row.Number));
        Assert.Equal("/admin/reports/matrix?year=2026&all=true", ReportQuery.Url(new MatrixFilter(2026) { IsWhole = true }));
    }

    [Fact]
    public async Task Debtors_ToExcelAndCsv_AreThoseOfTheScreen()
    {
        var debts = await Reports.DebtsAsync(_cashier);
        var filter = new MatrixFilter(2026) { IsOwing = true, IsByDebt = true };
        using var book = await BookAsync([ReportTables.DebtorsOf(await Reports.ExportMatrixAsync(_cashier, filter, isSheet: true))]);
        var lines = await CsvAsync(ReportTables.DebtorsOf(await Reports.ExportMatrixAsync(_cashier, filter, isSheet: false)));

        var sheet = book.Worksheets.Single();
        Assert.Equal((debts.Debt.Tenge, debts.Members + 2), (Number(sheet, "Итого", 6), lines.Count));
        Assert.Equal(debts.Groups.Select(group => group.Members), DebtSpan.All.Select(span => lines.Count(line => line[4] == ReportTables.NameOf(span))));
        Assert.True(sheet.Cell(2, 6).GetValue<long>() >= sheet.Cell(3, 6).GetValue<long>());
    }

    [Fact]
    public async Task Matrix_OfMoreThanASheetHolds_IsToldAbout()
    {
        var told = new List<int>();
        var parts = new MatrixParts(2026, 3, new[] { Rows(1), Rows(2) }.ToAsyncEnumerable());
        await ReportSheets.WriteAsync([ReportTables.Of(parts)], told.Add, CancellationToken.None);
        Assert.Equal([1, 3], told);
        Assert.Equal(10_000, ReportService.MostSheetRows);

        static IReadOnlyList<MatrixRow> Rows(int count) => [.. Enumerable.Range(0, count).Select(index => new MatrixRow(
            "20000001", $"Алиев {index}", "+77015550142", null, [.. Period.Range(new Period(2026, 1), new Period(2026, 12)).Select(month => new MonthTile(month, MonthState.Before, Money.Zero, false))], Money.Zero, Money.Zero, 0))];
    }

    private static async Task<XLWorkbook> BookAsync(IReadOnlyList<ReportTable> tables) => new(new MemoryStream(await ReportSheets.WriteAsync(tables, _ => { }, CancellationToken.None)));

    private static long Number(IXLWorksheet sheet, string name, int column) => sheet.Column(1).CellsUsed().Last(cell => cell.GetString() == name).WorksheetRow().Cell(column).GetValue<long>();

    private static async Task<List<string[]>> CsvAsync(ReportTable table)
    {
        using var file = new MemoryStream();
        await table.WriteCsvAsync(file, CancellationToken.None);
        file.Position = 0;
        using var csv = new CsvParser(new StreamReader(file), new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = ";" });
        List<string[]> lines = [];
        while (await csv.ReadAsync())
        {
            lines.Add(csv.Record!);
        }

        return lines;
    }
}
