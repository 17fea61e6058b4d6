using Diaspora.Domain.Access;
using FluentValidation;

namespace Diaspora.Domain.Members;

/// <summary>A member's own data.</summary>
public sealed class ProfileForm
{
    public string FullName { get; set; } = "";

    public string Phone { get; set; } = "";

    public string Email { get; set; } = "";

    public string City { get; set; } = "";

    /// <summary>Asked only when the phone, which is the sign-in name, changes.</summary>
    public string CurrentPassword { get; set; } = "";
}

public sealed class ProfileFormValidator : AbstractValidator<ProfileForm>
{
    public ProfileFormValidator()
    {
        RuleFor(form => form.FullName).FullName();
        RuleFor(form => form.Phone).Phone();
        RuleFor(form => form.Email).OptionalEmail();
        RuleFor(form => form.City).AtMost(80);
    }
}

/// <summary>What a person is to be to the association.</summary>
public sealed class AppointMemberForm
{
    public Role Role { get; set; }
}

public sealed class AppointMemberFormValidator : AbstractValidator<AppointMemberForm>
{
    public AppointMemberFormValidator() => RuleFor(form => form.Role).Check(role => Enum.IsDefined(role) ? null : new Problem(Problems.NotAllowed));
}

/// <summary>Why a member is blocked.</summary>
public sealed class BlockMemberForm
{
    public string Reason { get; set; } = "";
}

public sealed class BlockMemberFormValidator : AbstractValidator<BlockMemberForm>
{
    public BlockMemberFormValidator() => RuleFor(form => form.Reason).Reason();
}
