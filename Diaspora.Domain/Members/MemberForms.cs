using Diaspora.Domain.Access;
using FluentValidation;

namespace Diaspora.Domain.Members;

/// <summary>A member's own data, the text of each as it is stored; empty where there is nothing.</summary>
public sealed record ProfileFields(string FullName, string Phone, string Email, string City)
{
    public static ProfileFields Of(Member member) => new(member.FullName, member.Phone.Value, member.Email ?? "", member.City ?? "");
}

/// <summary>A member's own data as they were typed.</summary>
public sealed class ProfileForm : IEditsWhatWasSeen<ProfileFields>
{
    public ProfileFields Seen { get; set; } = new("", "", "", "");

    public string FullName { get; set => field = value.Visible(); } = "";

    public string Phone { get; set => field = value.Visible(); } = "";

    public string Email { get; set => field = value.Visible(); } = "";

    public string City { get; set => field = value.Visible(); } = "";

    /// <summary>Asked only when a way to get in changes: see <see cref="NeedsPassword"/>.</summary>
    [AsItCame]
    public string CurrentPassword { get; set; } = "";

    /// <summary>The phone is the sign-in name, and the e-mail gets the links for a new password.</summary>
    public bool NeedsPassword => (PhoneNumber.TryParse(Phone, out var typed, out _) && typed.Value != Seen.Phone) || PersonName.Tidy(Email) != Seen.Email;

    public static ProfileForm Of(ProfileDetails details) => new()
    {
        Seen = new ProfileFields(details.FullName, details.Phone, details.Email ?? "", details.City ?? ""),
        FullName = details.FullName,
        Phone = PhoneNumber.FromCanonical(details.Phone).ToDisplay(),
        Email = details.Email ?? "",
        City = details.City ?? "",
    };

    public string TextOf(string field) => field switch
    {
        nameof(FullName) => FullName,
        nameof(Phone) => Phone,
        nameof(Email) => Email,
        _ => City,
    };

    /// <summary>Whoever sends the form knows what somebody else made of the field.</summary>
    /// <param name="takes">Their value instead of one's own.</param>
    public void Settle(string field, string theirs, bool takes)
    {
        switch (field)
        {
            case nameof(FullName):
                (Seen, FullName) = (Seen with { FullName = theirs }, takes ? theirs : FullName);
                break;
            case nameof(Phone):
                (Seen, Phone) = (Seen with { Phone = theirs }, takes ? PhoneNumber.FromCanonical(theirs).ToDisplay() : Phone);
                break;
            case nameof(Email):
                (Seen, Email) = (Seen with { Email = theirs }, takes ? theirs : Email);
                break;
            default:
                (Seen, City) = (Seen with { City = theirs }, takes ? theirs : City);
                break;
        }
    }

    /// <summary>What a valid form says.</summary>
    internal ProfileFields Typed => new(PersonName.Tidy(FullName), PhoneNumber.Parse(Phone).Value, PersonName.Tidy(Email), PersonName.Tidy(City));
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
public sealed class AppointMemberForm : IEditsWhatWasSeen<Role>
{
    /// <summary>What they were when the form was opened.</summary>
    public Role Seen { get; set; }

    public Role Role { get; set; }
}

public sealed class AppointMemberFormValidator : AbstractValidator<AppointMemberForm>
{
    public AppointMemberFormValidator() => RuleFor(form => form.Role).Check(role => Enum.IsDefined(role) ? null : new Problem(Problems.NotAllowed));
}

/// <summary>Why a member is blocked.</summary>
public sealed class BlockMemberForm
{
    public string Reason { get; set => field = value.Visible(); } = "";
}

public sealed class BlockMemberFormValidator : AbstractValidator<BlockMemberForm>
{
    public BlockMemberFormValidator() => RuleFor(form => form.Reason).Reason();
}
