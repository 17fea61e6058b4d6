using System.Globalization;
using FluentValidation;

namespace Diaspora.Domain.Import;

/// <summary>What the columns mean, as the admin has said.</summary>
public sealed class MapImportForm
{
    public IList<MapColumnForm> Columns { get; set; } = [];

    /// <summary>The form as the columns are known now.</summary>
    public static MapImportForm Of(IReadOnlyList<ImportColumn> columns) => new()
    {
        Columns = [.. columns.Select(column => new MapColumnForm { Index = column.Index, Field = column.Field, Month = column.Month })],
    };
}

public sealed class MapColumnForm
{
    public int Index { get; set; }

    public ImportField Field { get; set; }

    /// <summary>For a month's column.</summary>
    public Period? Month { get; set; }
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
        RuleFor(form => form.Columns).Custom(CheckTogether);
    }

    /// <summary>The name under which a column's problem is found.</summary>
    public static string FieldOf(int index) => string.Create(CultureInfo.InvariantCulture, $"Column{index}");

    private static void CheckTogether(IList<MapColumnForm> columns, ValidationContext<MapImportForm> context)
    {
        HashSet<(ImportField, Period?)> taken = [];
        foreach (var column in columns)
        {
            var problem = column.Field == ImportField.Unclear ? new Problem(Problems.ImportColumnUnclear)
                : column is { Field: ImportField.Month, Month: null } ? new Problem(Problems.MonthMissing)
                : column.Field is not (ImportField.Skip or ImportField.Name) && !taken.Add((column.Field, column.Field == ImportField.Month ? column.Month : null)) ? new Problem(Problems.ImportColumnTwice)
                : null;
            if (problem is not null)
            {
                Fail(context, FieldOf(column.Index), problem);
            }
        }

        if (!columns.Any(column => column.Field == ImportField.Name) || !columns.Any(column => column.Field == ImportField.Phone))
        {
            Fail(context, "", new Problem(Problems.ImportColumnsMissing));
        }
    }

    private static void Fail(ValidationContext<MapImportForm> context, string field, Problem problem) =>
        context.AddFailure(new FluentValidation.Results.ValidationFailure(field, problem.Code) { ErrorCode = problem.Code, CustomState = problem });
}

/// <summary>How to book what was checked.</summary>
public sealed record ImportChoice
{
    /// <summary>Replaces the name, e-mail and city of members who are there. Otherwise only empty fields are filled.</summary>
    public bool UpdatesKnown { get; init; }

    /// <summary>Add those who may be members already, too.</summary>
    public bool AddsDuplicates { get; init; }
}
