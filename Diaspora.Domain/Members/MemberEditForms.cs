using FluentValidation;

namespace Diaspora.Domain.Members;

/// <summary>What an admin edits of a member in the list, a field at a time.</summary>
public enum MemberField
{
    FullName,
    Phone,
    City,
    Email,
    Iin,

    /// <summary>The month of joining, <c>yyyy-MM</c>.</summary>
    JoinedIn,
}

/// <summary>One field of one member as it was typed.</summary>
public sealed class EditMemberForm : IEditsWhatWasSeen<string>
{
    public MemberField Field { get; set; }

    /// <summary>What the field said when the edit began: another admin's change meanwhile is not overwritten.</summary>
    [AsItCame]
    public string Seen { get; set; } = "";

    public string Value { get; set => field = value.Visible(); } = "";

    /// <summary>The admin has read that months before the new month of joining are paid, and that they stay so.</summary>
    public bool IsAccepted { get; set; }
}

public sealed class EditMemberFormValidator : AbstractValidator<EditMemberForm>
{
    public EditMemberFormValidator()
    {
        RuleFor(form => form.Field).Check(field => Enum.IsDefined(field) ? null : new Problem(Problems.NotAllowed));
        When(form => form.Field == MemberField.FullName, () => RuleFor(form => form.Value).FullName());
        When(form => form.Field == MemberField.Phone, () => RuleFor(form => form.Value).Phone());
        When(form => form.Field == MemberField.City, () => RuleFor(form => form.Value).AtMost(80));
        When(form => form.Field == MemberField.Email, () => RuleFor(form => form.Value).OptionalEmail());
        When(form => form.Field == MemberField.Iin, () => RuleFor(form => form.Value).Check(Iin.Check));
        When(form => form.Field == MemberField.JoinedIn, () => RuleFor(form => form.Value).Check(text =>
            Period.TryParse(text.Trim(), out var month) ? Validation.MonthProblem(month) : new Problem(Problems.MonthMissing)));
    }
}

/// <summary>Somebody whom an admin adds by hand. They come in through a one-time link.</summary>
public sealed class AddMemberForm
{
    public string FullName { get; set => field = value.Visible(); } = "";

    public string Phone { get; set => field = value.Visible(); } = "";

    public string City { get; set => field = value.Visible(); } = "";

    public string Email { get; set => field = value.Visible(); } = "";

    public string Iin { get; set => field = value.Visible(); } = "";

    public Period? JoinedIn { get; set; }
}

public sealed class AddMemberFormValidator : AbstractValidator<AddMemberForm>
{
    public AddMemberFormValidator()
    {
        RuleFor(form => form.FullName).FullName();
        RuleFor(form => form.Phone).Phone();
        RuleFor(form => form.City).AtMost(80);
        RuleFor(form => form.Email).OptionalEmail();
        RuleFor(form => form.Iin).Check(Members.Iin.Check);
        RuleFor(form => form.JoinedIn).Month();
    }
}

/// <summary>A member's fields as they are edited: the text of each, empty where there is nothing.</summary>
public sealed record MemberFields(Guid Id, string FullName, string Phone, string City, string Email, string Iin, string JoinedIn)
{
    public string this[MemberField field] => field switch
    {
        MemberField.FullName => FullName,
        MemberField.Phone => Phone,
        MemberField.City => City,
        MemberField.Email => Email,
        MemberField.Iin => Iin,
        _ => JoinedIn,
    };

    public static MemberFields Of(Member member) => new(
        member.Id, member.FullName, member.Phone.Value, member.City ?? "", member.Email ?? "", member.Iin ?? "", member.JoinedOn is { } day ? Period.Of(day).ToString() : "");
}
