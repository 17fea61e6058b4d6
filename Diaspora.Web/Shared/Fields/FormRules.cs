using FluentValidation;

namespace Diaspora.Web.Shared.Fields;

/// <summary>
/// The rules of a form, for <c>MudForm.Validation</c>: a field that names its property by <c>For</c> is examined by them when it is left.
/// The service examines the whole form again, whatever was said here.
/// </summary>
public sealed class FormRules(ProblemWords sentences)
{
    public Func<object, string, IEnumerable<string>> Of<T>(AbstractValidator<T> rules) => (form, field) =>
        rules.Validate(ValidationContext<T>.CreateWithOptions((T)form, options => options.IncludeProperties(field))).Errors
            .Select(failure => sentences.Beside(failure.ToProblem()));
}
