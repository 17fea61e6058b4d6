using System.Globalization;
using Diaspora.Domain.Import;
using Diaspora.Tests.Storage;

namespace Diaspora.Tests.Members.Import.Lists;

/// <summary>Two hundred spreadsheets that nobody has seen: what they say is reached or asked, and never anything else.</summary>
public sealed class RandomListTests : IAsyncLifetime
{
    private const int Files = 200;

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

    [Fact]
    public async Task Check_ListsMadeAtRandom_SayWhatTheyMeanOrAreAsked()
    {
        List<string> wrong = [];
        for (var seed = 0; seed < Files; seed++)
        {
            var (file, name, truth) = new ListMaker(seed).Make();
            if (await FaultOfAsync(file, name, truth) is { } fault)
            {
                wrong.Add($"{seed}: {fault}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    private async Task<string?> FaultOfAsync(byte[] file, string name, ListTruth truth)
    {
        Guid id;
        try
        {
            id = await _database.StageAsync(_admin, file, name);
        }
        catch (DomainException refused)
        {
            return $"refused: {refused.Problem.Code}";
        }

        var details = await Imports.ImportAsync(_admin, id);
        if (await MapAsync(id, details, truth) is { } column)
        {
            return column;
        }

        var check = await Imports.CheckAsync(_admin, id);
        foreach (var question in check.Questions)
        {
            if (!truth.Answers.TryGetValue(question.Word, out var answer))
            {
                return $"asks «{question.Word}»";
            }

            await Answers.AnswerAsync(_admin, id, new AnswerImportForm { Word = question.Word, Meaning = answer.Meaning, Tenge = answer.Tenge });
        }

        foreach (var row in check.Rows.Where(row => truth.People.Exists(person => person.IsPhoneMended && person.Name == row.FullName)))
        {
            foreach (var problem in row.Problems.Where(problem => problem.Problem.Code is Problems.ImportPhoneChoice or Problems.ImportPhoneBeside or Problems.ImportPhoneLost or Problems.PhoneEmpty or Problems.PhoneTooShort or Problems.ImportPhoneNowhere))
            {
                await Answers.MendAsync(_admin, id, new MendCellForm { Place = problem.Place, Column = problem.Column, Text = truth.People.Single(person => person.Name == row.FullName).Phone });
            }
        }

        return Differs((await Imports.CheckAsync(_admin, id)).Rows.Where(row => row.Outcome != ImportOutcome.Skipped).ToList(), truth) is { } difference
            ? $"{difference}; {string.Join(" | ", details.Columns.Select(head => $"{head.Header}={head.Field}"))}" : null;
    }

    /// <summary>No column may be a question but for the year that is nowhere.</summary>
    private async Task<string?> MapAsync(Guid id, ImportDetails details, ListTruth truth)
    {
        var unclear = details.Columns.Where(column => column.Field == ImportField.Unclear).ToList();
        if (truth.AskedYear is null || unclear.Count == 0)
        {
            return unclear.Count > 0 || truth.AskedYear is not null ? $"asks of columns: {string.Join(", ", unclear.Select(column => column.Header))}; wanted {truth.AskedYear}" : null;
        }

        var form = MapImportForm.Of(details.Columns, []);
        foreach (var said in HeadYears.Said(details.Columns, truth.AskedYear.Value))
        {
            (form.Columns[said.Index].Field, form.Columns[said.Index].Month) = (said.Field, said.Month);
        }

        try
        {
            await Imports.MapAsync(_admin, id, form);
            return null;
        }
        catch (FormException refused)
        {
            return $"more is asked than the year: {refused.Message}; {string.Join(" | ", details.Columns.Select(column => $"{column.Header}={column.Field}"))}";
        }
    }

    private static string? Differs(List<ImportCheckRow> rows, ListTruth truth)
    {
        foreach (var person in truth.People)
        {
            var found = rows.Where(row => row.Phone == person.Phone).ToList();
            if (found is not [{ Outcome: ImportOutcome.New } row])
            {
                return $"{person.Name} {person.Phone}: {found.Count} rows, {string.Join("; ", rows.Where(row => row.FullName == person.Name).SelectMany(row => row.Problems).Select(problem => $"{problem.Column} {problem.Problem.Code} «{problem.Text}»"))}";
            }

            var expected = string.Join(' ', person.Paid.Select(paid => Written(paid.Key, paid.Value.Tenge, paid.Value.On)).Concat(person.Exempt.Select(month => $"{month}-")));
            var actual = string.Join(' ', row.Booked.Select(month => Written(month.Month, month.Amount.Tenge, month.On)).Concat(row.Exempt.SelectMany(span => Period.Range(span.From, span.To)).Select(month => $"{month}-")));
            if (row.FullName != person.Name || expected != actual)
            {
                return $"{person.Name}: wanted [{expected}], got {row.FullName} [{actual}]";
            }
        }

        return rows.Count == truth.People.Count ? null : $"besides: {string.Join(", ", rows.Where(row => !truth.People.Exists(person => person.Phone == row.Phone)).Select(row => $"{row.Number} {row.FullName}"))}";
    }

    private static string Written(Period month, long tenge, DateOnly? on) => string.Create(CultureInfo.InvariantCulture, $"{month}={tenge}{(on is { } day ? $"@{day:yyyy-MM-dd}" : "")}");
}
