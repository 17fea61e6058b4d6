using FluentValidation;

namespace Diaspora.Domain.Rights;

/// <summary>Why a request for deletion is refused; the member reads it.</summary>
public sealed class RefuseDeletionForm
{
    public string Reason { get; set => field = value.Visible(); } = "";
}

public sealed class RefuseDeletionFormValidator : AbstractValidator<RefuseDeletionForm>
{
    public RefuseDeletionFormValidator() => RuleFor(form => form.Reason).Reason();
}
