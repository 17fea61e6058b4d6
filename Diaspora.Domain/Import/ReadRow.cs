using Diaspora.Domain.Dues;
using FluentValidation;

namespace Diaspora.Domain.Import;

/// <param name="Column">The column's place, from 0.</param>
public sealed record CellProblem(int Column, Problem Problem);

/// <param name="Amount">Missing where the fee of the month is meant.</param>
public readonly record struct PaidMark(Period Month, Money? Amount, int Column);

/// <summary>A row of the spreadsheet as the portal understands it, before it looks whom it is about.</summary>
/// <param name="Phone">Missing when it could not be read.</param>
/// <param name="IsSkipped">No person: a heading, the header again, a total.</param>
public sealed record ReadRow(
    int Number, string FullName, PhoneNumber? Phone, string Email, string City, DateOnly? Joined, IReadOnlyList<PaidMark> Paid, IReadOnlyList<CellProblem> Problems, bool IsSkipped)
{
    private static readonly ImportPersonFormValidator Validator = new();

    public int PhoneColumn { get; init; }

    /// <param name="last">The last month that may be paid.</param>
    public static ReadRow Of(SheetRow row, IReadOnlyList<ImportColumn> columns, Period last)
    {
        var form = new ImportPersonForm
        {
            FullName = PersonName.Tidy(string.Join(' ', columns.Where(column => column.Field == ImportField.Name).Select(column => row[column.Index]))),
            Phone = TextOf(row, columns, ImportField.Phone),
            Email = TextOf(row, columns, ImportField.Email),
            City = TextOf(row, columns, ImportField.City),
        };
        if (row.IsTitle || row.IsEmpty || ImportColumns.Repeats(row, columns) || (form.Phone.Length == 0 && ImportColumns.IsTotal(form.FullName)))
        {
            return new ReadRow(row.Number, form.FullName, null, "", "", null, [], [], IsSkipped: true);
        }

        List<CellProblem> problems = [];

        // After a stray quote nobody knows in which column a cell stands, so it counts wherever it is.
        problems.AddRange(row.Faults.Where(fault => fault.Value == Kernel.Problems.ImportCellQuote).Select(fault => new CellProblem(fault.Key, new Problem(fault.Value))));
        foreach (var column in columns.Where(column => column.Field != ImportField.Skip && !problems.Exists(known => known.Column == column.Index)))
        {
            if (row.Faults.TryGetValue(column.Index, out var code))
            {
                problems.Add(new CellProblem(column.Index, new Problem(code)));
            }
            else if (row[column.Index].Length > ImportLimits.MaxCell)
            {
                problems.Add(new CellProblem(column.Index, new Problem(Kernel.Problems.TooLong, ImportLimits.MaxCell)));
            }
        }

        foreach (var (field, problem) in Validator.Examine(form).ByField)
        {
            Add(problems, PlaceOf(columns, field == nameof(form.FullName) ? ImportField.Name : Enum.Parse<ImportField>(field)), problem);
        }

        var paid = MarksOf(row, columns, last, problems);
        var phone = PhoneNumber.TryParse(form.Phone, out var read, out _) ? read : null;
        return new ReadRow(row.Number, form.FullName, phone, form.Email, form.City, JoinedOf(row, columns, last, problems), paid, problems, IsSkipped: false)
        {
            PhoneColumn = PlaceOf(columns, ImportField.Phone),
        };
    }

    private static int PlaceOf(IReadOnlyList<ImportColumn> columns, ImportField field) => columns.FirstOrDefault(column => column.Field == field)?.Index ?? 0;

    private static List<PaidMark> MarksOf(SheetRow row, IReadOnlyList<ImportColumn> columns, Period last, List<CellProblem> problems)
    {
        List<PaidMark> paid = [];
        foreach (var column in columns)
        {
            if (column is not { Field: ImportField.Month, Month: { } month })
            {
                continue;
            }

            if (ImportMark.Read(row[column.Index], out var mark) is { } problem)
            {
                Add(problems, column.Index, problem);
            }
            else if (mark.IsPaid && month > last)
            {
                Add(problems, column.Index, new Problem(Kernel.Problems.ImportMonthTooFar, last));
            }
            else if (mark.IsPaid)
            {
                paid.Add(new PaidMark(month, mark.Amount, column.Index));
            }
        }

        return paid;
    }

    private static DateOnly? JoinedOf(SheetRow row, IReadOnlyList<ImportColumn> columns, Period last, List<CellProblem> problems)
    {
        if (columns.FirstOrDefault(column => column.Field == ImportField.Joined) is not { } column || row[column.Index].Trim() is not { Length: > 0 } text || text == "-")
        {
            return null;
        }

        var problem = ImportMonths.ReadDay(text, out var day);
        problem ??= Period.Of(day) > last ? new Problem(Kernel.Problems.JoiningTooFar, last) : day < FeeSchedule.Beginning.FirstDay ? new Problem(Kernel.Problems.ImportDayUnknown, text) : null;
        if (problem is not null)
        {
            Add(problems, column.Index, problem);
            return null;
        }

        return day;
    }

    /// <summary>One sentence for a cell is enough: the first says why.</summary>
    private static void Add(List<CellProblem> problems, int column, Problem problem)
    {
        if (!problems.Exists(known => known.Column == column))
        {
            problems.Add(new CellProblem(column, problem));
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
