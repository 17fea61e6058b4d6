using FluentValidation;

namespace Diaspora.Domain.Members;

/// <summary>Whole months to exempt or to suspend a member for.</summary>
public sealed class MonthIntervalForm
{
    public Period? From { get; set; }

    /// <summary>The last month; open when it is missing.</summary>
    public Period? To { get; set; }

    public string Reason { get; set => field = value.Visible(); } = "";

    /// <summary>The admin has read that payments of the months of <see cref="Seen"/> wait for check, and that they stay so.</summary>
    public bool IsAccepted { get; set; }

    /// <summary>What was shown to the admin as waiting.</summary>
    public IReadOnlyList<WaitingMonths> Seen { get; set; } = [];

    /// <summary>Whether the admin has seen all of these and accepted them; what came to wait since was not seen.</summary>
    public bool Accepts(WaitingMonths waiting) =>
        IsAccepted && waiting.Months.All(Seen.Where(seen => seen.MemberId == waiting.MemberId).SelectMany(seen => seen.Months).Contains);
}

/// <summary>Months of a member for which something was paid that nobody has checked yet.</summary>
public sealed record WaitingMonths(Guid MemberId, string FullName, IReadOnlyList<Period> Months);

public sealed class MonthIntervalFormValidator : AbstractValidator<MonthIntervalForm>
{
    public MonthIntervalFormValidator()
    {
        RuleFor(form => form.From).Month();
        RuleFor(form => form.To).Check((form, to) => Validation.MonthProblem(to) ?? (to < form.From ? new Problem(Problems.IntervalBackwards) : null));
        RuleFor(form => form.Reason).Reason();
    }
}

/// <summary>When an exemption or a suspension is to end instead.</summary>
public sealed class EndIntervalForm : IEditsWhatWasSeen<Period?>
{
    /// <summary>The last month when the form was opened; missing where there was no end.</summary>
    public Period? Seen { get; set; }

    /// <summary>The last month it still covers.</summary>
    public Period? Last { get; set; }
}

public sealed class EndIntervalFormValidator : AbstractValidator<EndIntervalForm>
{
    public EndIntervalFormValidator() => RuleFor(form => form.Last).Month();
}

/// <summary>From which month on a member owes dues.</summary>
public sealed class MoveJoiningForm : IEditsWhatWasSeen<Period?>
{
    /// <summary>The month when the form was opened.</summary>
    public Period? Seen { get; set; }

    public Period? Month { get; set; }

    public string Reason { get; set => field = value.Visible(); } = "";

    /// <summary>The admin has read that months before it are paid, and that they stay so.</summary>
    public bool IsAccepted { get; set; }
}

public sealed class MoveJoiningFormValidator : AbstractValidator<MoveJoiningForm>
{
    public MoveJoiningFormValidator()
    {
        RuleFor(form => form.Month).Month();
        RuleFor(form => form.Reason).Reason();
    }
}
