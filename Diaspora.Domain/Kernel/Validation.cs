using FluentValidation;

namespace Diaspora.Domain.Kernel;

/// <summary>Rules that several forms share. A failure carries a key of <see cref="Problems"/> and the values of its sentence.</summary>
public static class Validation
{
    public const int NameLength = 120;
    public const int ReasonLength = 300;

    public static void FullName<T>(this IRuleBuilder<T, string> rule) => rule.Check(name =>
    {
        // A form may come without the field.
        var tidy = PersonName.Tidy(name ?? "");
        return tidy.Length == 0 ? new Problem(Problems.NameEmpty)
            : tidy.Length > NameLength ? new Problem(Problems.TooLong, NameLength)
            : !tidy.All(sign => char.IsLetter(sign) || sign is ' ' or '-' or '\'' or '’' or 'ʼ' or '.') ? new Problem(Problems.NameLetters)
            : tidy.Split(' ').Count(word => word.Any(char.IsLetter)) < 2 ? new Problem(Problems.NameOneWord)
            : null;
    });

    public static void Phone<T>(this IRuleBuilder<T, string> rule) => rule.Check(text => PhoneNumber.TryParse(text, out _, out var problem) ? null : problem);

    public static void OptionalEmail<T>(this IRuleBuilder<T, string> rule) => rule.Check(text =>
        string.IsNullOrWhiteSpace(text) ? null
        : text.Length > 254 ? new Problem(Problems.TooLong, 254)
        : System.Net.Mail.MailAddress.TryCreate(text.Trim(), out var address) && address.Address == text.Trim() && address.Host.Contains('.', StringComparison.Ordinal) ? null
        : new Problem(Problems.EmailImpossible));

    public static void AtMost<T>(this IRuleBuilder<T, string> rule, int length) =>
        rule.Check(text => text?.Trim().Length > length ? new Problem(Problems.TooLong, length) : null);

    public static void Reason<T>(this IRuleBuilder<T, string> rule) => rule.Check(text =>
        string.IsNullOrWhiteSpace(text) ? new Problem(Problems.ReasonMissing)
        : text.Trim().Length > ReasonLength ? new Problem(Problems.TooLong, ReasonLength)
        : null);

    public static void Month<T>(this IRuleBuilder<T, Period?> rule) => rule.Check(month => month is null ? new Problem(Problems.MonthMissing) : MonthProblem(month));

    /// <summary>A year that is typed half: 0202 on the way to 2026.</summary>
    public static Problem? MonthProblem(Period? month) => month < Period.Earliest || month > Period.Latest ? new Problem(Problems.MonthImpossible) : null;

    /// <summary>A whole number that was typed.</summary>
    public static void Number<T>(this IRuleBuilder<T, string> rule, WholeRange range) => rule.Check(text => range.Read(text) is null ? range.Refusal : null);

    /// <summary>Adds a rule that answers with a problem or with nothing.</summary>
    public static void Check<T, TValue>(this IRuleBuilder<T, TValue> rule, Func<TValue, Problem?> check) => rule.Check((_, value) => check(value));

    /// <summary>As the other, for a rule that looks at another field too.</summary>
    public static void Check<T, TValue>(this IRuleBuilder<T, TValue> rule, Func<T, TValue, Problem?> check) =>
        rule.Custom((value, context) =>
        {
            if (check(context.InstanceToValidate, value) is { } problem)
            {
                context.AddFailure(new FluentValidation.Results.ValidationFailure(context.PropertyPath, problem.Code)
                {
                    ErrorCode = problem.Code,
                    CustomState = problem,
                });
            }
        });

    /// <summary>All that is wrong with a form, by field.</summary>
    public static FormProblems Examine<T>(this AbstractValidator<T> validator, T form)
    {
        var problems = new FormProblems();
        foreach (var failure in validator.Validate(form).Errors)
        {
            problems.Add(failure.PropertyName, failure.ToProblem());
        }

        return problems;
    }

    public static Problem ToProblem(this FluentValidation.Results.ValidationFailure failure) => failure.CustomState as Problem ?? new Problem(failure.ErrorCode);

    /// <exception cref="FormException">The form is not valid.</exception>
    public static void Ensure<T>(this AbstractValidator<T> validator, T form)
    {
        var problems = validator.Examine(form);
        if (problems.Any)
        {
            throw new FormException(problems);
        }
    }
}

/// <summary>What is wrong with a form: at most one problem a field. An empty field name is the form as a whole.</summary>
public sealed class FormProblems
{
    private readonly Dictionary<string, Problem> _byField = [];

    public bool Any => _byField.Count > 0;

    public int Count => _byField.Count;

    public IReadOnlyDictionary<string, Problem> ByField => _byField;

    public Problem? this[string field] => _byField.GetValueOrDefault(field);

    public void Add(string field, Problem problem) => _byField.TryAdd(field, problem);

    /// <summary>The reader has settled it.</summary>
    public void Remove(string field) => _byField.Remove(field);
}

/// <summary>A form that was refused, with the problem of each field.</summary>
public sealed class FormException(FormProblems problems) : Exception(string.Join(", ", problems.ByField.Select(pair => $"{pair.Key}: {pair.Value.Code}")))
{
    public FormException(string field, string code, params object[] args) : this(Single(field, new Problem(code, args))) { }

    public FormProblems Problems { get; } = problems;

    private static FormProblems Single(string field, Problem problem)
    {
        var problems = new FormProblems();
        problems.Add(field, problem);
        return problems;
    }
}
