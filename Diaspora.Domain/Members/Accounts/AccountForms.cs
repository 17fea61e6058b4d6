using Diaspora.Domain.Members;
using FluentValidation;

namespace Diaspora.Domain.Members.Accounts;

public sealed class RegisterForm
{
    public string FullName { get; set => field = value.Visible(); } = "";

    public string Phone { get; set => field = value.Visible(); } = "";

    [AsItCame]
    public string Password { get; set; } = "";

    public string Email { get; set => field = value.Visible(); } = "";

    public string City { get; set => field = value.Visible(); } = "";

    public bool Consent { get; set; }
}

public sealed class RegisterFormValidator : AbstractValidator<RegisterForm>
{
    public RegisterFormValidator(PasswordRules rules)
    {
        RuleFor(form => form.FullName).FullName();
        RuleFor(form => form.Phone).Phone();
        RuleFor(form => form.Email).OptionalEmail();
        RuleFor(form => form.City).AtMost(80);
        RuleFor(form => form.Password).Check((form, password) => rules.Check(password, form.FullName, form.Phone));
        RuleFor(form => form.Consent).Check(given => given ? null : new Problem(Problems.ConsentMissing));
    }
}

public sealed class SignInForm
{
    public string Phone { get; set => field = value.Visible(); } = "";

    [AsItCame]
    public string Password { get; set; } = "";
}

public sealed class SignInFormValidator : AbstractValidator<SignInForm>
{
    public SignInFormValidator()
    {
        RuleFor(form => form.Phone).Phone();
        RuleFor(form => form.Password).Check(password => string.IsNullOrEmpty(password) ? new Problem(Problems.PasswordEmpty) : null);
    }
}

public sealed class ForgotForm
{
    public string Phone { get; set => field = value.Visible(); } = "";
}

public sealed class ForgotFormValidator : AbstractValidator<ForgotForm>
{
    public ForgotFormValidator() => RuleFor(form => form.Phone).Phone();
}

/// <summary>A new password, given with a one-time link.</summary>
public sealed class ResetForm
{
    public Guid MemberId { get; set; }

    public string Token { get; set => field = value.Visible(); } = "";

    [AsItCame]
    public string Password { get; set; } = "";

    /// <summary>Asked of whoever has not agreed before.</summary>
    public bool Consent { get; set; }
}

public sealed class ResetFormValidator : AbstractValidator<ResetForm>
{
    /// <param name="member">Whose link it is; nobody for a link that is none.</param>
    public ResetFormValidator(PasswordRules rules, Member? member) => RuleFor(form => form.Password).Check(password => rules.Check(password, member?.FullName, member?.Phone.Value));
}

/// <summary>Another password for whoever knows the one that is.</summary>
public sealed class ChangePasswordForm
{
    [AsItCame]
    public string CurrentPassword { get; set; } = "";

    [AsItCame]
    public string Password { get; set; } = "";
}

public sealed class ChangePasswordFormValidator : AbstractValidator<ChangePasswordForm>
{
    public ChangePasswordFormValidator(PasswordRules rules, Member member)
    {
        RuleFor(form => form.CurrentPassword).Check(password => string.IsNullOrEmpty(password) ? new Problem(Problems.PasswordEmpty) : null);
        RuleFor(form => form.Password).Check(password => rules.Check(password, member.FullName, member.Phone.Value));
    }
}

/// <summary>An admin has asked the owner of the number.</summary>
public sealed class ApproveRegistrationForm
{
    /// <summary>What they said the portal showed them.</summary>
    public string Code { get; set => field = value.Visible(); } = "";
}

public sealed class ApproveRegistrationFormValidator : AbstractValidator<ApproveRegistrationForm>
{
    public ApproveRegistrationFormValidator() =>
        RuleFor(form => form.Code).Check(code => string.IsNullOrWhiteSpace(code) ? new Problem(Problems.RegistrationCodeMissing) : null);
}
