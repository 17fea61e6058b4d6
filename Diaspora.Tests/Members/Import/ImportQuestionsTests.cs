using System.Text;
using Diaspora.Domain.Import;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Tests.Members.Import;

/// <summary>What a head does not plainly say is asked, and until it is answered nothing is checked or booked. On a real database, as the page does it.</summary>
public sealed class ImportQuestionsTests : IAsyncLifetime
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

    [Theory]
    [InlineData("Долг за май 2025;Май 2025", "2000;")]
    [InlineData("Остаток на 01.05.2025", "2000")]
    [InlineData("Не оплатили за май 2025", "да")]
    [InlineData("Дата оплаты май 2025;Сумма май 2025", "05.05.2025;5000")]
    [InlineData("Май 2025;", "05.05.2025;5000")]
    [InlineData("Май", "2000")]
    public async Task Stage_AColumnThatMayBeNoPayment_IsAskedBeforeAnythingIsBooked(string heads, string cells)
    {
        var id = await StageAsync($"ФИО;Телефон;{heads}\nАлиев Рашад;87015550142;{cells}\n");
        var details = await Imports.ImportAsync(_admin, id);
        Assert.Contains(details.Columns, column => column.Field == ImportField.Unclear);
        Assert.DoesNotContain(details.Columns, column => column.Field == ImportField.Month);

        Assert.Equal(Problems.ImportColumnsUnclear, await RefusedAsync(() => Imports.CheckAsync(_admin, id)));
        Assert.Equal(Problems.ImportColumnsUnclear, await RefusedAsync(() => Imports.BookAsync(_admin, id, new ImportChoice())));
        var wrong = await Assert.ThrowsAsync<FormException>(() => Imports.MapAsync(_admin, id, MapImportForm.Of(details.Columns, [])));
        Assert.Equal(Problems.ImportColumnUnclear, wrong.Problems[MapImportFormValidator.FieldOf(0, 2)]?.Code);
        Assert.Empty(await _database.ReadAllAsync("Payments"));
    }

    [Fact]
    public async Task Map_Asked_BooksWhatThePersonSaysAndNothingElse()
    {
        var id = await StageAsync("ФИО;Телефон;Дата оплаты май 2025;Сумма май 2025;Долг за май 2025\nАлиев Рашад;87015550142;05.05.2025;2000;3000\n");
        var form = MapImportForm.Of((await Imports.ImportAsync(_admin, id)).Columns, []);
        Assert.Equal([new Period(2025, 5), new Period(2025, 5), new Period(2025, 5)], form.Columns.Skip(2).Select(column => column.Month!.Value));
        (form.Columns[2].Field, form.Columns[3].Field, form.Columns[4].Field) = (ImportField.Skip, ImportField.Month, ImportField.Skip);
        await Imports.MapAsync(_admin, id, form);

        var row = Assert.Single((await Imports.CheckAsync(_admin, id)).Rows);
        Assert.Equal([new PlannedMonth(new Period(2025, 5), new Money(2000))], row.Booked);
    }

    /// <summary>Staged by a portal that took it for a payment, and booked by one that asks.</summary>
    [Fact]
    public async Task Book_AFileThatWasStagedByOldRules_IsAskedFirst()
    {
        var id = await StageAsync("ФИО;Телефон;Долг за май 2025\nАлиев Рашад;87015550142;2000\n");
        await using (var context = _database.Context())
        {
            await context.Database.ExecuteSqlRawAsync("""
                UPDATE ImportBatches SET ColumnsJson = '[{{"Index":0,"Header":"ФИО","Field":1}},{{"Index":1,"Header":"Телефон","Field":2}},{{"Index":2,"Header":"Долг за май 2025","Field":6,"Month":"2025-05"}}]'
                """);
        }

        Assert.Equal(Problems.ImportColumnsUnclear, await RefusedAsync(() => Imports.BookAsync(_admin, id, new ImportChoice())));
        var form = MapImportForm.Of((await Imports.ImportAsync(_admin, id)).Columns, []);
        form.Columns[2].Field = ImportField.Month;
        await Imports.MapAsync(_admin, id, form);
        Assert.Single((await Imports.CheckAsync(_admin, id)).Months);
    }

    /// <summary>As a cashier keeps it: one row with a stray quote, a note with quotes inside, and the others as they are.</summary>
    [Fact]
    public async Task Check_AStrayQuote_IsTheFaultOfItsRow()
    {
        var id = await StageAsync("ФИО;Телефон;янв.26;фев.26;Примечание\nАлиев Вугар;87015550141;да;+;в \"WhatsApp\" писал\nАхмедова Сона;87015550142;\"2000;да;\nКеримова Нигар;87015550143;2000;;\nРзаев Анар;87015550144;да;да;\"потом\n");
        var rows = (await Imports.CheckAsync(_admin, id)).Rows;
        Assert.Equal([ImportOutcome.New, ImportOutcome.Error, ImportOutcome.New, ImportOutcome.Error], rows.Select(row => row.Outcome));
        Assert.Equal([(3, 2), (5, 4)], rows.SelectMany(row => row.Problems.Where(problem => problem.Problem.Code == Problems.ImportCellQuote).Select(problem => (row.Number, problem.Column))));
    }

    /// <summary>Whoever answers one after another finds the next where it was: an answered sum is no longer found where the open ones are.</summary>
    [Fact]
    public async Task Answer_OneAfterAnother_LeavesEachQuestionAtItsPlace()
    {
        var id = await StageAsync("ФИО;Телефон;янв.26;фев.26\nАлиев Вугар;87015550141;перенос;болеет\nКеримова Нигар;87015550143;4000;потом\nРзаев Анар;87015550144;1000;\n");
        var asked = await AskedAsync();
        Assert.Equal(5, asked.Count);
        foreach (var question in asked.Reverse())
        {
            await _database.Get<ImportAnswerService>().AnswerAsync(_admin, id, new AnswerImportForm { Word = question.Word, Meaning = question.Fees > 0 ? ImportMeaning.Ahead : ImportMeaning.Paid });
            Assert.Equal(asked.Select(one => one.Word), (await AskedAsync()).Select(one => one.Word));
        }

        async Task<IReadOnlyList<ImportQuestion>> AskedAsync() => (await Imports.CheckAsync(_admin, id)).Questions;
    }

    [Fact]
    public void Ask_ColumnsOfOneKind_SayTheSameBesideTheirMonth()
    {
        Assert.Equal(ImportMonths.BesideMonth("Долг за май 2025"), ImportMonths.BesideMonth("ДОЛГ за июнь 2025 г."));
        Assert.Equal("", ImportMonths.BesideMonth("май 2025"));
        Assert.NotEqual(ImportMonths.BesideMonth("Долг за май 2025"), ImportMonths.BesideMonth("Сумма за май 2025"));
    }

    private Task<Guid> StageAsync(string csv) => _database.StageAsync(_admin, Encoding.UTF8.GetBytes(csv), "касса.csv");

    private static async Task<string> RefusedAsync(Func<Task> verb) => (await Assert.ThrowsAsync<DomainException>(verb)).Problem.Code;
}
