using System.Globalization;
using FluentValidation;
using FluentValidation.Results;

namespace Diaspora.Domain.Import;

/// <summary>What the columns mean, as the admin has said.</summary>
public sealed class MapImportForm
{
    public IList<MapColumnForm> Columns { get; set; } = [];

    /// <summary>Which sheets are read; all of them where nothing is said.</summary>
    public IList<MapSheetForm> Sheets { get; set; } = [];

    /// <summary>The form as the columns are known now.</summary>
    public static MapImportForm Of(IReadOnlyList<ImportColumn> columns, IReadOnlyList<ImportSheet> sheets) => new()
    {
        Columns = [.. columns.Select(column => new MapColumnForm { Sheet = column.Sheet, Index = column.Index, Field = column.Field, Month = column.Month })],
        Sheets = [.. sheets.Select(sheet => new MapSheetForm { Index = sheet.Index, IsRead = sheet.IsRead })],
    };

    internal ImportLayout ApplyTo(ImportLayout layout)
    {
        var said = Columns.ToDictionary(column => (column.Sheet, column.Index));
        var left = Sheets.Where(sheet => !sheet.IsRead).Select(sheet => sheet.Index).ToHashSet();
        return layout with
        {
            Columns = [.. layout.Columns.Select(column => said.TryGetValue((column.Sheet, column.Index), out var choice)
                ? column with { Field = choice.Field, Month = choice.Field == ImportField.Month ? choice.Month : null, IsSaid = true }
                : column)],
            Sheets = [.. layout.Sheets.Select(sheet => sheet with { IsRead = !left.Contains(sheet.Index) })],
        };
    }
}

public sealed class MapSheetForm
{
    public int Index { get; set; }

    public bool IsRead { get; set; } = true;
}

public sealed class MapColumnForm
{
    public int Sheet { get; set; }

    public int Index { get; set; }

    public ImportField Field { get; set; }

    /// <summary>For a month's column.</summary>
    public Period? Month { get; set; }
}

public sealed class MapSheetFormValidator : AbstractValidator<MapSheetForm>
{
    public MapSheetFormValidator() => RuleFor(sheet => sheet.Index).Check(index => index >= 0 ? null : new Problem(Problems.NotAllowed));
}

public sealed class MapColumnFormValidator : AbstractValidator<MapColumnForm>
{
    public MapColumnFormValidator() => RuleFor(column => column.Field).Check(field => Enum.IsDefined(field) ? null : new Problem(Problems.NotAllowed));
}

public sealed class MapImportFormValidator : AbstractValidator<MapImportForm>
{
    public MapImportFormValidator()
    {
        RuleForEach(form => form.Columns).SetValidator(new MapColumnFormValidator());
        RuleFor(form => form).Custom(CheckTogether);
    }

    /// <summary>The name under which a column's problem is found.</summary>
    public static string FieldOf(int sheet, int index) => string.Create(CultureInfo.InvariantCulture, $"Column{sheet}-{index}");

    private static void CheckTogether(MapImportForm form, ValidationContext<MapImportForm> context)
    {
        HashSet<(int, ImportField, Period?)> taken = [];
        var left = form.Sheets.Where(sheet => !sheet.IsRead).Select(sheet => sheet.Index).ToHashSet();
        var columns = form.Columns.Where(column => !left.Contains(column.Sheet)).ToList();
        foreach (var column in columns)
        {
            var problem = column.Field == ImportField.Unclear ? new Problem(Problems.ImportColumnUnclear)
                : column is { Field: ImportField.Month, Month: null } ? new Problem(Problems.MonthMissing)
                : column.Field is not (ImportField.Skip or ImportField.Name) && !taken.Add((column.Sheet, column.Field, column.Field == ImportField.Month ? column.Month : null)) ? new Problem(Problems.ImportColumnTwice)
                : null;
            if (problem is not null)
            {
                Fail(context, FieldOf(column.Sheet, column.Index), problem);
            }
        }

        // A sheet of names and months may lack the phones, if another one has them.
        if (!columns.Exists(column => column.Field == ImportField.Phone) || columns.GroupBy(column => column.Sheet).Any(sheet => !sheet.Any(column => column.Field == ImportField.Name)))
        {
            Fail(context, "", new Problem(Problems.ImportColumnsMissing));
        }
    }

    private static void Fail(ValidationContext<MapImportForm> context, string field, Problem problem) =>
        context.AddFailure(new ValidationFailure(field, problem.Code) { ErrorCode = problem.Code, CustomState = problem });
}

/// <summary>What a word means, for all cells that hold it.</summary>
public sealed class AnswerImportForm
{
    /// <summary>As <see cref="ImportQuestion.Word"/> has it.</summary>
    [AsItCame]
    public string Word { get; set; } = "";

    /// <summary>Missing to take the answer back.</summary>
    public ImportMeaning? Meaning { get; set; }

    /// <summary>For <see cref="ImportMeaning.Sum"/>.</summary>
    public long? Tenge { get; set; }
}

public sealed class AnswerImportFormValidator : AbstractValidator<AnswerImportForm>
{
    public AnswerImportFormValidator()
    {
        RuleFor(form => form.Word).Check(word => word.Length is 0 or > ImportLimits.MaxCell ? new Problem(Problems.NotAllowed) : null);
        RuleFor(form => form.Meaning).Check(meaning => meaning is { } said && !Enum.IsDefined(said) ? new Problem(Problems.NotAllowed) : null);
        RuleFor(form => form).Custom((form, context) =>
        {
            if (form.Meaning == ImportMeaning.Sum && form.Tenge is not (> 0 and <= ImportMark.MostTenge))
            {
                context.AddFailure(new ValidationFailure(nameof(form.Tenge), Problems.ImportSumMissing) { ErrorCode = Problems.ImportSumMissing, CustomState = new Problem(Problems.ImportSumMissing) });
            }
        });
    }
}

/// <summary>What a cell should say.</summary>
public sealed class MendCellForm
{
    /// <summary>The row's <see cref="RowPlace"/>.</summary>
    public int Place { get; set; }

    public int Column { get; set; }

    public string Text { get; set => field = value.Visible(); } = "";
}

public sealed class MendCellFormValidator : AbstractValidator<MendCellForm>
{
    public MendCellFormValidator()
    {
        RuleFor(form => form.Text).AtMost(ImportLimits.MaxCell);
        RuleFor(form => form.Column).Check(column => column is < ImportColumn.Typed or >= ImportLimits.MaxColumns ? new Problem(Problems.NotAllowed) : null);
    }
}

/// <summary>How to book what was checked.</summary>
public sealed record ImportChoice
{
    /// <summary>Replaces the name, e-mail and city of members who are there. Otherwise only empty fields are filled.</summary>
    public bool UpdatesKnown { get; init; }

    /// <summary>Add those who may be members already, too.</summary>
    public bool AddsDuplicates { get; init; }
}
