using Diaspora.Domain.Import;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Tests.Members.Import;

/// <summary>Three spreadsheets as associations keep them, from their bytes to the books and out again, on a real database.</summary>
public sealed class ImportFilesTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private Actor _admin = default!;

    private ImportService Imports => _database.Get<ImportService>();

    private ImportAnswerService Answers => _database.Get<ImportAnswerService>();

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _admin = await _database.AddAdminAsync();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>Two title rows, the year over the months in merged cells, cities and totals as rows, thirteen ways to say paid.</summary>
    [Fact]
    public async Task Board_ATableUnderMergedYears_AsksOneWordAndBooksTheRest()
    {
        var before = await _database.DumpAsync();
        var id = await _database.StageAsync(_admin, ImportFiles.Board, "1-board.xlsx");
        var sheet = Assert.Single((await Imports.ImportAsync(_admin, id)).Sheets);
        Assert.Equal((4, 5, 10), (sheet.Sheet.HeaderRow, sheet.Sheet.HeaderEnd, sheet.People));
        Assert.Equal(Period.Range(new Period(2026, 1), new Period(2026, 12)), sheet.Columns.Select(column => column.Month).OfType<Period>());
        Assert.DoesNotContain(sheet.Columns, column => column.Field == ImportField.Unclear);

        var check = await Imports.CheckAsync(_admin, id);
        var question = Assert.Single(check.Questions);
        Assert.Equal((ImportQuestionKind.Word, "х", null), (question.Kind, question.Text, question.Answer));
        Assert.Equal(Counted("х"), question.Count);
        Assert.Equal(
            [
                (ImportNoteKind.Title, "1"), (ImportNoteKind.Title, "2"), (ImportNoteKind.Column, "A"), (ImportNoteKind.Column, "Q"), (ImportNoteKind.Column, "R"), (ImportNoteKind.RowHeading, "6"), (ImportNoteKind.RowHeading, "12"),
                (ImportNoteKind.RowTotal, "18"), (ImportNoteKind.RowSignature, "20"), (ImportNoteKind.Comment, "B7"),
            ],
            check.Notes.Where(note => note.Kind != ImportNoteKind.Beside).OrderBy(note => note.Kind).Select(note => (note.Kind, note.Where)));
        Assert.Equal(10, check.Notes.Single(note => note.Kind == ImportNoteKind.Comment).Count);

        await AnswerAsync(id, "х", ImportMeaning.Nothing);
        check = await Imports.CheckAsync(_admin, id);
        Assert.Equal(10, check.Rows.Count(row => row.Outcome == ImportOutcome.New));
        Assert.DoesNotContain(check.Rows, row => row.Outcome is ImportOutcome.Error or ImportOutcome.Duplicate);
        await Imports.BookAsync(_admin, id, new ImportChoice());

        string[] notPaid = ["", "нет", "—", "долг", "х"];
        foreach (var (phone, marks) in ImportFiles.BoardMarks)
        {
            var paid = Enumerable.Range(1, 11).Where(month => !notPaid.Contains(marks[month - 1])).Select(month => new Period(2026, month));
            Assert.Equal(paid, (await PaidAsync(phone)).Select(payment => payment.Period));
        }

        await using var context = _database.Context();
        Assert.All(await context.Payments.ToListAsync(), payment => Assert.Equal(2000, payment.Amount.Tenge));
        var days = ImportFiles.BoardMarks.SelectMany(row => row.Marks).Count(mark => mark == "2026-03-05");
        Assert.Equal(days, await context.Intents.CountAsync(intent => intent.ReceivedOn == new DateOnly(2026, 3, 5)));
        Assert.Equal(["Алматы", "Шымкент"], await context.Members.Where(member => member.City != null).Select(member => member.City!).Distinct().Order().ToListAsync());
        await UndoneAsync(id, before);

        static int Counted(string word) => ImportFiles.BoardMarks.SelectMany(row => row.Marks).Count(mark => mark == word);
    }

    /// <summary>A sheet a year, and nothing but colours in the months.</summary>
    [Fact]
    public async Task Colours_ASheetAYear_AreAskedOnceEachAndNothingIsBookedWithoutAnAnswer()
    {
        var before = await _database.DumpAsync();
        var id = await _database.StageAsync(_admin, ImportFiles.Colours, "2-colours-years.xlsx");
        var details = await Imports.ImportAsync(_admin, id);
        Assert.Equal(["2024", "2025", "2026"], details.Sheets.Select(sheet => sheet.Sheet.Name));
        Assert.All(details.Sheets, sheet => Assert.Equal((6, 12), (sheet.People, sheet.Columns.Count(column => column.Field == ImportField.Month && $"{column.Month!.Value.Year}" == sheet.Sheet.Name))));
        Assert.Equal((ImportNoteKind.SheetHidden, "Черновик"), (Assert.Single(details.Left).Kind, details.Left[0].What));

        var check = await Imports.CheckAsync(_admin, id);
        Assert.Equal(["#92D050", "#FF0000"], check.Questions.Select(question => question.Text).Order());
        Assert.All(check.Questions, question => Assert.Equal(ImportQuestionKind.Colour, question.Kind));
        Assert.Equal(216, check.Questions.Sum(question => question.Count));
        Assert.Equal([ImportOutcome.Error], check.Rows.Select(row => row.Outcome).Distinct());
        Assert.Equal(Problems.ImportNothing, (await Assert.ThrowsAsync<DomainException>(() => Imports.BookAsync(_admin, id, new ImportChoice()))).Problem.Code);

        await AnswerAsync(id, CellColour.Of("92D050"), ImportMeaning.Paid);
        await AnswerAsync(id, CellColour.Of("FF0000"), ImportMeaning.Nothing);
        check = await Imports.CheckAsync(_admin, id);
        Assert.Equal([ImportOutcome.New], check.Rows.Select(row => row.Outcome).Distinct());
        Assert.Equal(6, check.Rows.Count);
        await Imports.BookAsync(_admin, id, new ImportChoice());
        foreach (var (phone, months) in ImportFiles.ColourMonths)
        {
            Assert.Equal(months, (await PaidAsync(phone)).Select(payment => payment.Period));
        }

        Assert.Equal(ImportFiles.ColourMonths.Sum(row => row.Months.Count), (await _database.ReadAllAsync("Payments")).Count);
        await UndoneAsync(id, before);
    }

    /// <summary>As a cashier keeps it: all kinds of marks and phones, one stray quote.</summary>
    [Fact]
    public async Task Kassa_WordsSumsAndPhones_AreAskedMendedAndBooked()
    {
        var before = await _database.DumpAsync();
        var id = await _database.StageAsync(_admin, ImportFiles.Kassa, "3-kassa-cp1251.csv");
        var check = await Imports.CheckAsync(_admin, id);
        Assert.Equal(["=1000", "=4000", "?", "бесплатно", "опл", "освобожден", "пенсионер", "перенос"], check.Questions.Select(question => question.Word).Order(StringComparer.Ordinal));
        var problems = check.Rows.SelectMany(row => row.Problems).Where(problem => problem.Problem.Code is not (Problems.ImportMarkUnknown or Problems.ImportSumUnclear)).Select(problem => (problem.Place, problem.Column, problem.Problem.Code));
        Assert.Equal(
            [(3, 1, Problems.ImportPhoneLost), (5, 1, Problems.ImportPhoneLost), (9, 1, Problems.ImportPhoneChoice), (9, 3, Problems.ImportCellQuote), (10, 1, Problems.PhoneEmpty)],
            problems.Order());
        Assert.Equal([11, 13], check.Rows.Where(row => row.Outcome == ImportOutcome.Skipped).Select(row => row.Number));

        await AnswerAsync(id, "опл", ImportMeaning.Paid);
        await AnswerAsync(id, "?", ImportMeaning.Nothing);
        await AnswerAsync(id, "перенос", ImportMeaning.Nothing);
        await AnswerAsync(id, "бесплатно", ImportMeaning.Exempt);
        await AnswerAsync(id, "пенсионер", ImportMeaning.Exempt);
        await AnswerAsync(id, "освобожден", ImportMeaning.Exempt);
        await AnswerAsync(id, "=1000", ImportMeaning.Sum, 1000);
        await AnswerAsync(id, "=4000", ImportMeaning.Sum, 4000);
        await MendAsync(id, 3, 1, "8 701 222 33 01");
        await MendAsync(id, 5, 1, "87012223302");
        await MendAsync(id, 9, 1, "+7 777 000 11 22");
        await MendAsync(id, 9, 3, "2000");
        await MendAsync(id, 10, 1, "87012223303");
        check = await Imports.CheckAsync(_admin, id);
        Assert.DoesNotContain(check.Rows, row => row.Outcome == ImportOutcome.Error);
        Assert.All(check.Questions, question => Assert.NotNull(question.Answer));
        await Imports.BookAsync(_admin, id, new ImportChoice());

        await BookedAsync("+77012223301", (1, 2000, null), (2, 2000, null), (3, 2000, null));
        await BookedAsync("+77021112233", (1, 2000, null), (2, 2000, null));
        await BookedAsync("+77012223302", (1, 2000, "2026-01-05"), (2, 2000, "2026-02-06"), (3, 2000, null));
        await BookedAsync("+77472223344", (1, 2000, null), (2, 4000, null));
        await BookedAsync("+77051112233", (1, 2000, null), (4, 2000, null));
        await BookedAsync("+77023334455", (1, 1000, null), (2, 2000, null), (3, 2000, null));
        await BookedAsync("+77770001122", (1, 2000, null), (2, 2000, null), (3, 2000, null), (4, 2000, null));
        await BookedAsync("+77012223303");
        await using (var context = _database.Context())
        {
            var pensioner = await context.Members.Include(member => member.Exemptions).SingleAsync(member => member.Phone == PhoneNumber.Parse("+77012223303"));
            Assert.Equal([(1, "бесплатно"), (2, "пенсионер"), (3, "освобожден")], pensioner.Exemptions.OrderBy(exemption => exemption.From).Select(exemption => (exemption.From.Month, exemption.Reason.Split(' ')[0])));
            Assert.Equal(new DateOnly(2026, 1, 1), pensioner.JoinedOn);
        }

        await UndoneAsync(id, before);
    }

    /// <summary>An exemption for somebody who was there before, and its undo.</summary>
    [Fact]
    public async Task Undo_AnExemptionOfAMemberWhoWasThere_TakesItBack()
    {
        var known = await _database.AddAsync("Гусейнов Вусал");
        await using var context = _database.Context();
        var phone = (await context.Members.SingleAsync(member => member.Id == known.MemberId)).Phone.Value;
        var before = await _database.DumpAsync();
        var id = await _database.StageAsync(_admin, System.Text.Encoding.UTF8.GetBytes($"ФИО;Телефон;янв.26;фев.26;мар.26\nГусейнов Вусал;{phone};пенсионер;пенсионер;05.03.2026\n"), "a.csv");
        await AnswerAsync(id, "пенсионер", ImportMeaning.Exempt);
        _database.Clock.Advance(TimeSpan.FromMinutes(5));
        await Imports.BookAsync(_admin, id, new ImportChoice());
        Assert.Single(await _database.ReadAllAsync("Exemptions"));
        Assert.Single(await _database.ReadAllAsync("Payments"));
        await UndoneAsync(id, before);
    }

    private Task AnswerAsync(Guid id, string word, ImportMeaning meaning, long? tenge = null) => Answers.AnswerAsync(_admin, id, new AnswerImportForm { Word = word, Meaning = meaning, Tenge = tenge });

    private Task MendAsync(Guid id, int place, int column, string text) => Answers.MendAsync(_admin, id, new MendCellForm { Place = place, Column = column, Text = text });

    private async Task<List<Payment>> PaidAsync(string phone)
    {
        await using var context = _database.Context();
        var member = await context.Members.SingleAsync(member => member.Phone == PhoneNumber.Parse(phone));
        return await context.Payments.Where(payment => payment.MemberId == member.Id).OrderBy(payment => payment.Period).ToListAsync();
    }

    private async Task BookedAsync(string phone, params (int Month, long Tenge, string? On)[] expected)
    {
        await using var context = _database.Context();
        var payments = await PaidAsync(phone);
        var days = await context.Intents.ToDictionaryAsync(intent => intent.Id, intent => intent.ReceivedOn);
        Assert.Equal(expected, payments.Select(payment => (payment.Period.Month, payment.Amount.Tenge, days[payment.IntentId]?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))));
    }

    private async Task UndoneAsync(Guid id, IReadOnlyList<string> before)
    {
        Assert.NotEqual(before, await _database.DumpAsync());
        await Imports.UndoAsync(_admin, id);
        Assert.Equal(before, await _database.DumpAsync());
    }
}
