using FluentValidation;

namespace Diaspora.Domain.Members.Accounts;

public sealed class RegisterForm
{
    public string FullName { get; set; } = "";

    public string Phone { get; set; } = "";

    public string Password { get; set; } = "";

    public string Email { get; set; } = "";

    public string City { get; set; } = "";

    public bool Consent { get; set; }
}

public sealed class RegisterFormValidator : AbstractValidator<RegisterForm>
{
    public RegisterFormValidator()
    {
        RuleFor(form => form.FullName).FullName();
        RuleFor(form => form.Phone).Phone();
        RuleFor(form => form.Email).OptionalEmail();
        RuleFor(form => form.City).AtMost(80);
        RuleFor(form => form.Password).Check((form, password) =>
            PasswordRules.Check(password) ?? (PasswordRules.IsPhone(password, form.Phone) ? new Problem(Problems.PasswordCommon) : null));
        RuleFor(form => form.Consent).Check(given => given ? null : new Problem(Problems.ConsentMissing));
    }
}

public sealed class SignInForm
{
    public string Phone { get; set; } = "";

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
    public string Phone { get; set; } = "";
}

public sealed class ForgotFormValidator : AbstractValidator<ForgotForm>
{
    public ForgotFormValidator() => RuleFor(form => form.Phone).Phone();
}

/// <summary>A new password, given with a one-time link.</summary>
public sealed class ResetForm
{
    public Guid MemberId { get; set; }

    public string Token { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>Asked of whoever has not agreed before.</summary>
    public bool Consent { get; set; }
}

public sealed class ResetFormValidator : AbstractValidator<ResetForm>
{
    public ResetFormValidator() => RuleFor(form => form.Password).Check(PasswordRules.Check);
}

/// <summary>An admin has asked the owner of the number.</summary>
public sealed class ApproveRegistrationForm
{
    /// <summary>What they said the portal showed them.</summary>
    public string Code { get; set; } = "";
}

public sealed class ApproveRegistrationFormValidator : AbstractValidator<ApproveRegistrationForm>
{
    public ApproveRegistrationFormValidator() =>
        RuleFor(form => form.Code).Check(code => string.IsNullOrWhiteSpace(code) ? new Problem(Problems.RegistrationCodeMissing) : null);
}
