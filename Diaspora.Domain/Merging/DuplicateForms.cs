using FluentValidation;

namespace Diaspora.Domain.Merging;

/// <summary>A value that may be taken from either of two records.</summary>
public enum MergeField
{
    FullName,

    /// <summary>The password comes with it, so whoever signs in with this number still can.</summary>
    Phone,
    Email,
    City,
    Iin,
    JoinedOn,
}

/// <summary>What is to become of a month that both records have paid.</summary>
public sealed class MergeMonthForm
{
    public Period Period { get; set; }

    /// <summary>Whether the payment of the record that goes is the one that stays in this month.</summary>
    public bool KeepsOther { get; set; }

    /// <summary>The open month that the payment set aside pays instead; where it is missing, its money goes back.</summary>
    public Period? Instead { get; set; }
}

public sealed class MergeMonthFormValidator : AbstractValidator<MergeMonthForm>
{
    public MergeMonthFormValidator() => RuleFor(form => form.Instead).Check(Validation.MonthProblem);
}

/// <summary>Two records that are to become one.</summary>
public sealed class MergeMembersForm : IEditsWhatWasSeen<string>
{
    public Guid StaysId { get; set; }

    public Guid GoesId { get; set; }

    /// <summary>The values that are taken from the record that goes.</summary>
    public HashSet<MergeField> Taken { get; set; } = [];

    /// <summary>One for each month that both have paid.</summary>
    public List<MergeMonthForm> Months { get; set; } = [];

    /// <summary>What was on the screen, as <see cref="MergePreview.Seen"/> names it. If anything changed since, the merge is refused until it was looked at.</summary>
    [AsItCame]
    public string Seen { get; set; } = "";
}

public sealed class MergeMembersFormValidator : AbstractValidator<MergeMembersForm>
{
    public MergeMembersFormValidator()
    {
        RuleFor(form => form.GoesId).Check((form, goes) => goes == form.StaysId ? new Problem(Problems.MergeWithSelf) : null);
        RuleForEach(form => form.Months).SetValidator(new MergeMonthFormValidator());
    }
}
