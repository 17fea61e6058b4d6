using Diaspora.Domain.Payments;
using FluentValidation;

namespace Diaspora.Domain.Kaspi;

/// <summary>Why a line is no due.</summary>
public sealed class RefuseEvidenceForm
{
    public string Note { get; set => field = value.Visible(); } = "";
}

public sealed class RefuseEvidenceFormValidator : AbstractValidator<RefuseEvidenceForm>
{
    public RefuseEvidenceFormValidator() => RuleFor(form => form.Note).AtMost(Evidence.NoteLength);
}
