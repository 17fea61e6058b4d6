using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Payments;
using FluentValidation;
using Xunit;

namespace Diaspora.Tests.Accounts;

/// <summary>What people mistype in each form, and the sentence beside the field.</summary>
public sealed class FormsTests
{
    [Theory]
    [InlineData(nameof(RegisterForm.Password), "+7 701 555-01-42", "PasswordCommon")]
    [InlineData(nameof(RegisterForm.Password), "87015550142", "PasswordCommon")]
    [InlineData(nameof(RegisterForm.FullName), "", "NameEmpty")]
    [InlineData(nameof(RegisterForm.FullName), " \t ", "NameEmpty")]
    [InlineData(nameof(RegisterForm.FullName), "Алиев", "NameOneWord")]
    [InlineData(nameof(RegisterForm.FullName), "Алиев -", "NameOneWord")]
    [InlineData(nameof(RegisterForm.FullName), "Алиев 123", "NameLetters")]
    [InlineData(nameof(RegisterForm.FullName), "<b>Алиев</b> Рашад", "NameLetters")]
    [InlineData(nameof(RegisterForm.FullName), "=HYPERLINK Рашад", "NameLetters")]
    [InlineData(nameof(RegisterForm.Phone), "", "PhoneEmpty")]
    [InlineData(nameof(RegisterForm.Phone), "+7 701 555 01", "PhoneTooShort(2)")]
    [InlineData(nameof(RegisterForm.Phone), "+7 111 111 11 11", "PhoneImpossible")]
    [InlineData(nameof(RegisterForm.Email), "aygun", "EmailImpossible")]
    [InlineData(nameof(RegisterForm.Email), "aygun@mail", "EmailImpossible")]
    [InlineData(nameof(RegisterForm.Email), "Aygun <aygun@mail.kz>", "EmailImpossible")]
    [InlineData(nameof(RegisterForm.Email), "aygun@mail.kz, vusal@mail.kz", "EmailImpossible")]
    [InlineData(nameof(RegisterForm.Email), "aygun@mail.kz\nBcc: x@y.kz", "EmailImpossible")]
    [InlineData(nameof(RegisterForm.Password), "", "PasswordEmpty")]
    [InlineData(nameof(RegisterForm.Password), "дом-5", "PasswordTooShort(5, 8)")]
    [InlineData(nameof(RegisterForm.Password), "12345678", "PasswordCommon")]
    public void Register_WithOneWrongField_SaysItBesideThatField(string field, string typed, string problem)
    {
        var form = Good();
        typeof(RegisterForm).GetProperty(field)!.SetValue(form, typed);
        AssertOnly(new RegisterFormValidator(), form, field, problem);
    }

    [Theory]
    [InlineData("Алиев Рашад")]
    [InlineData("Əliyeva Aygün Rəşad qızı")]
    [InlineData("Қасымова Әсем")]
    [InlineData("Мамедов-Гасанов О’Нил")]
    [InlineData("Ли Ю")]
    [InlineData("Ли Е.")]
    [InlineData("Серге\u0438\u0306 Ким")]
    public void Register_NamesAsPeopleHaveThem_AreTaken(string name)
    {
        var form = Good();
        form.FullName = name;
        Assert.False(new RegisterFormValidator().Examine(form).Any);
    }

    [Fact]
    public void Register_WithoutConsent_IsRefused()
    {
        var form = Good();
        form.Consent = false;
        AssertOnly(new RegisterFormValidator(), form, nameof(form.Consent), "ConsentMissing");
    }

    [Fact]
    public void Register_EverythingEmpty_SaysAllAtOnceAndOneSentenceAField()
    {
        var problems = new RegisterFormValidator().Examine(new RegisterForm());
        Assert.Equal(["Consent", "FullName", "Password", "Phone"], problems.ByField.Keys.Order());
    }

    [Fact]
    public void Register_TooLongFields_SayHowLongTheyMayBe()
    {
        var form = Good();
        form.FullName = string.Concat(Enumerable.Repeat("Алиев ", 30));
        form.City = new string('А', 81);
        form.Email = new string('a', 250) + "@mail.kz";
        var problems = new RegisterFormValidator().Examine(form);
        Assert.Equal("TooLong(120)", problems[nameof(form.FullName)]?.ToString());
        Assert.Equal("TooLong(80)", problems[nameof(form.City)]?.ToString());
        Assert.Equal("TooLong(254)", problems[nameof(form.Email)]?.ToString());
    }

    [Fact]
    public void Register_WithoutEmailAndCity_IsEnough()
    {
        var form = Good();
        form.Email = form.City = "";
        new RegisterFormValidator().Ensure(form);
    }

    [Fact]
    public void SignIn_EmptyForm_NamesBothFields()
    {
        var problems = new SignInFormValidator().Examine(new SignInForm());
        Assert.Equal((Problems.PhoneEmpty, Problems.PasswordEmpty), (problems["Phone"]?.Code, problems["Password"]?.Code));
    }

    [Fact]
    public void SignIn_OldShortPassword_IsNotMeasuredAgain() =>
        Assert.False(new SignInFormValidator().Examine(new SignInForm { Phone = "87015550142", Password = "x" }).Any);

    [Fact]
    public void Forgot_WithoutPhone_IsRefused() => AssertOnly(new ForgotFormValidator(), new ForgotForm(), "Phone", "PhoneEmpty");

    [Fact]
    public void Reset_CommonPassword_IsRefused() => AssertOnly(new ResetFormValidator(), new ResetForm { Password = "qwerty123" }, "Password", "PasswordCommon");

    [Fact]
    public void EditProfile_WrongFields_AreNamed()
    {
        var problems = new ProfileFormValidator().Examine(new ProfileForm { FullName = "Алиев", Phone = "8701", Email = "@" });
        Assert.Equal(("NameOneWord", "PhoneTooShort(7)", "EmailImpossible"), (problems["FullName"]?.ToString(), problems["Phone"]?.ToString(), problems["Email"]?.ToString()));
    }

    [Theory]
    [InlineData("", "ReasonMissing")]
    [InlineData("  ", "ReasonMissing")]
    [InlineData(null, "ReasonMissing")]
    public void Reject_WithoutReason_IsRefused(string? reason, string problem)
    {
        AssertOnly(new RejectPaymentFormValidator(), new RejectPaymentForm { Reason = reason! }, "Reason", problem);
        AssertOnly(new BlockMemberFormValidator(), new BlockMemberForm { Reason = reason! }, "Reason", problem);
    }

    [Fact]
    public void Reject_WithALongStory_SaysHowLongItMayBe() =>
        AssertOnly(new RejectPaymentFormValidator(), new RejectPaymentForm { Reason = new string('а', 301) }, "Reason", "TooLong(300)");

    [Fact]
    public void Pay_NothingChosen_IsRefused() => AssertOnly(new StartPaymentFormValidator(), new StartPaymentForm(), "Periods", "NothingChosen");

    [Theory]
    [InlineData(PaymentMethod.Manual)]
    [InlineData(PaymentMethod.Other)]
    [InlineData((PaymentMethod)77)]
    public void Pay_ByAMethodOnlyStaffMayBook_IsRefused(PaymentMethod method) =>
        AssertOnly(new StartPaymentFormValidator(), new StartPaymentForm { Periods = [new Period(2026, 3)], Method = method }, "Method", "NotAllowed");

    [Fact]
    public void Check_EveryForm_HasAValidator()
    {
        var types = typeof(RegisterForm).Assembly.GetTypes();
        var forms = types.Where(type => type.Name.EndsWith("Form", StringComparison.Ordinal) && type is { IsClass: true, IsAbstract: false });
        Assert.All(forms, form => Assert.Contains(types, type => typeof(IValidator<>).MakeGenericType(form).IsAssignableFrom(type)));
    }

    private static RegisterForm Good() => new() { FullName = "Алиева Айгюн", Phone = "8 701 555 01 42", Password = "три кота и гранат", Email = "aygun@mail.kz", City = "Алматы", Consent = true };

    private static void AssertOnly<T>(AbstractValidator<T> validator, T form, string field, string problem)
    {
        var problems = validator.Examine(form);
        Assert.Equal([(field, problem)], problems.ByField.Select(pair => (pair.Key, pair.Value.ToString())));
        Assert.Throws<FormException>(() => validator.Ensure(form));
    }
}
