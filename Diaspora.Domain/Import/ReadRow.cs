using Diaspora.Domain.Dues;
using FluentValidation;

namespace Diaspora.Domain.Import;

/// <param name="Column">The column's place, from 0; <see cref="ImportColumn.Typed"/> for a phone that has none.</param>
public sealed record CellProblem(int Column, Problem Problem)
{
    /// <summary>The row's <see cref="RowPlace"/>: a person may stand on several sheets.</summary>
    public int Place { get; init; }

    /// <summary>What stands there.</summary>
    public string Text { get; init; } = "";
}

/// <param name="Amount">Missing where the fee of the month is meant.</param>
public readonly record struct PaidMark(Period Month, Money? Amount, int Column)
{
    public int Place { get; init; }

    /// <summary>The day on which it was paid, where the cell says it.</summary>
    public DateOnly? On { get; init; }

    /// <summary>Free of dues, and nothing is paid: why.</summary>
    public string? Exempt { get; init; }

    /// <summary>The sum is several fees, of the month and of those after it.</summary>
    public bool IsAhead { get; init; }

    /// <summary>The sum as the file says it, and nobody has said whether it is a fee.</summary>
    public bool IsSumAsFound { get; init; }
}

/// <summary>A cell whose meaning is a person's to say, said or not.</summary>
/// <param name="Word">What is asked, once for all cells with it.</param>
/// <param name="Sum">Where the question is about a sum.</param>
public readonly record struct AskedCell(string Word, string Text, int Place, int Column, Period Month, Money? Sum = null);

/// <summary>A row of the spreadsheet as the portal understands it, before it looks whom it is about.</summary>
/// <param name="Number">Its <see cref="RowPlace"/>.</param>
/// <param name="Phone">Missing when it could not be read.</param>
public sealed record ReadRow(
    int Number, string FullName, PhoneNumber? Phone, string Email, string City, DateOnly? Joined, IReadOnlyList<PaidMark> Paid, IReadOnlyList<CellProblem> Problems)
{
    private static readonly ImportPersonFormValidator Validator = new();

    private static readonly IReadOnlyDictionary<string, ImportAnswer> NoAnswers = new Dictionary<string, ImportAnswer>();

    public int PhoneColumn { get; init; }

    /// <summary>Why it is no person: a heading, the header again, a total.</summary>
    public ImportNoteKind? NoPerson { get; init; }

    public bool IsSkipped => NoPerson is not null;

    public IReadOnlyList<AskedCell> Asked { get; init; } = [];

    /// <summary>What stands beside marks and is not used.</summary>
    public IReadOnlyList<string> Beside { get; init; } = [];

    /// <param name="last">The last month that may be paid.</param>
    /// <param name="answers">What words mean, by the word.</param>
    /// <param name="today">Nobody has paid later.</param>
    public static ReadRow Of(SheetRow row, IReadOnlyList<ImportColumn> columns, Period last, IReadOnlyDictionary<string, ImportAnswer>? answers = null, IReadOnlyList<CellMend>? mends = null, DateOnly? today = null)
    {
        row = Mended(row, mends ?? []);
        var phoneColumn = PlaceOf(columns, ImportField.Phone);
        var form = new ImportPersonForm
        {
            FullName = NameOf(row, columns),
            Phone = ImportPhones.Tidy(phoneColumn >= 0 ? TextOf(row, columns, ImportField.Phone) : mends?.FirstOrDefault(mend => mend.Column == ImportColumn.Typed)?.Text ?? ""),
            Email = TextOf(row, columns, ImportField.Email),
            City = TextOf(row, columns, ImportField.City),
        };
        if (ImportRows.NoPerson(row, columns, form.FullName, form.Phone) is { } why)
        {
            return new ReadRow(row.Number, form.FullName, null, "", "", null, [], []) { NoPerson = why };
        }

        List<CellProblem> problems = [];

        // After a stray quote nobody knows in which column a cell stands, so it counts wherever it is.
        problems.AddRange(row.Faults.Where(fault => fault.Value == Kernel.Problems.ImportCellQuote).Select(fault => new CellProblem(fault.Key, new Problem(fault.Value)) { Place = row.Number, Text = row[fault.Key] }));
        foreach (var column in columns.Where(column => column.Field != ImportField.Skip))
        {
            if (row.Faults.TryGetValue(column.Index, out var code))
            {
                Add(problems, row, column.Index, new Problem(code));
            }
            else if (row[column.Index].Length > ImportLimits.MaxCell)
            {
                Add(problems, row, column.Index, new Problem(Kernel.Problems.TooLong, ImportLimits.MaxCell));
            }
        }

        if (ImportRows.IsTwoPeople(form.FullName))
        {
            Add(problems, row, PlaceOf(columns, ImportField.Name), new Problem(Kernel.Problems.ImportTwoPeople));
        }

        foreach (var (field, problem) in Validator.Examine(form).ByField)
        {
            var isPhone = field == nameof(form.Phone);
            if (!isPhone || phoneColumn >= 0 || form.Phone.Length > 0)
            {
                Add(problems, row, PlaceOf(columns, field == nameof(form.FullName) ? ImportField.Name : Enum.Parse<ImportField>(field)), (isPhone ? ImportPhones.Explain(form.Phone) : null) ?? problem);
            }
        }

        var marks = new ReadMarks(row, columns, last, answers ?? NoAnswers, today, problem => Add(problems, row, problem.Column, problem.Problem));
        var phone = PhoneNumber.TryParse(form.Phone, out var read, out _) ? read : null;
        return new ReadRow(row.Number, form.FullName, phone, form.Email, form.City, JoinedOf(row, columns, last, problems), marks.Paid, problems)
        {
            PhoneColumn = phoneColumn,
            Asked = marks.Asked,
            Beside = marks.Beside,
        };
    }

    public static bool IsNobody(SheetRow row, IReadOnlyList<ImportColumn> columns) => ImportRows.NoPerson(row, columns, NameOf(row, columns), TextOf(row, columns, ImportField.Phone)) is not null;

    private static string NameOf(SheetRow row, IReadOnlyList<ImportColumn> columns) =>
        PersonName.Tidy(string.Join(' ', columns.Where(column => column.Field == ImportField.Name).Select(column => row[column.Index])));

    /// <summary>What was typed on the screen stands in place of what the file says.</summary>
    private static SheetRow Mended(SheetRow row, IReadOnlyList<CellMend> mends)
    {
        var typed = mends.Where(mend => mend.Column >= 0).ToList();
        if (typed.Count == 0)
        {
            return row;
        }

        var cells = row.Cells.ToList();
        foreach (var mend in typed)
        {
            cells.AddRange(Enumerable.Repeat("", Math.Max(0, mend.Column + 1 - cells.Count)));
            cells[mend.Column] = mend.Text;
        }

        return row with { Cells = cells, Faults = row.Faults.Where(fault => !typed.Exists(mend => mend.Column == fault.Key)).ToDictionary() };
    }

    private static int PlaceOf(IReadOnlyList<ImportColumn> columns, ImportField field) => columns.FirstOrDefault(column => column.Field == field)?.Index ?? ImportColumn.Typed;

    private static DateOnly? JoinedOf(SheetRow row, IReadOnlyList<ImportColumn> columns, Period last, List<CellProblem> problems)
    {
        if (columns.FirstOrDefault(column => column.Field == ImportField.Joined) is not { } column || row[column.Index].Trim() is not { Length: > 0 } text || text is "-" or "–" or "—")
        {
            return null;
        }

        var problem = ImportMonths.ReadDay(text, out var day);
        problem ??= Period.Of(day) > last ? new Problem(Kernel.Problems.JoiningTooFar, last) : day < FeeSchedule.Beginning.FirstDay ? new Problem(Kernel.Problems.ImportDayUnknown, text) : null;
        if (problem is not null)
        {
            Add(problems, row, column.Index, problem);
            return null;
        }

        return day;
    }

    /// <summary>One sentence for a cell is enough: the first says why.</summary>
    private static void Add(List<CellProblem> problems, SheetRow row, int column, Problem problem)
    {
        if (!problems.Exists(known => known.Column == column))
        {
            problems.Add(new CellProblem(column, problem) { Place = row.Number, Text = row[column] });
        }
    }

    private static string TextOf(SheetRow row, IReadOnlyList<ImportColumn> columns, ImportField field)
    {
        var text = columns.FirstOrDefault(column => column.Field == field) is { } column ? row[column.Index].Trim() : "";
        return text is "-" or "–" or "—" ? "" : PersonName.Tidy(text);
    }
}

/// <summary>The cells of a row about the person, as any other form: the same rules.</summary>
internal sealed class ImportPersonForm
{
    public string FullName { get; set => field = value.Visible(); } = "";

    public string Phone { get; set => field = value.Visible(); } = "";

    public string Email { get; set => field = value.Visible(); } = "";

    public string City { get; set => field = value.Visible(); } = "";
}

internal sealed class ImportPersonFormValidator : AbstractValidator<ImportPersonForm>
{
    public ImportPersonFormValidator()
    {
        RuleFor(form => form.FullName).FullName();
        RuleFor(form => form.Phone).Phone();
        RuleFor(form => form.Email).OptionalEmail();
        RuleFor(form => form.City).AtMost(80);
    }
}
