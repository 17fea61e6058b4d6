using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Overview;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Diaspora.Tests.Payments.PaymentSetup;

namespace Diaspora.Tests.Accounts;

public sealed class AccountServiceTests : IAsyncLifetime
{
    private const string Password = "три кота и гранат";
    private static readonly Actor Visitor = new(null, "192.0.2.7", "test");
    private readonly TestDatabase _database = new();

    private AccountService Accounts => _database.Get<AccountService>();

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Register_ANewPerson_IsNewWithConsentLanguageAndAnArgon2Password()
    {
        var signedIn = await RegisterAsync("8 701 555 01 42", language: "kk");
        await using var context = _database.Context();
        var member = await context.Members.SingleAsync(member => member.Id == signedIn.MemberId);
        Assert.Equal(("+77015550142", "kk", RegistrationService.ConsentVersion, new DateOnly(2026, 3, 8)), (member.Phone.Value, member.Language, member.ConsentVersion, member.JoinedOn));
        Assert.NotNull(member.ConsentAt);
        Assert.Matches(@"^\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+$", (await context.Users.SingleAsync()).PasswordHash);
        Assert.Equal(Standing.Pending, (await _database.Get<CabinetService>().CabinetAsync(Visitor with { MemberId = signedIn.MemberId })).Standing);
    }

    [Fact]
    public async Task Store_EveryPassword_IsAnArgon2idStringAndNeverTheSameTwice()
    {
        await RegisterAsync("+7 701 555 01 42");
        await RegisterAsync("+7 701 555 01 43");
        await Accounts.EnsureAdminAsync("Керимова Нигяр", PhoneNumber.Parse("+77015550144"), Password);
        await using var context = _database.Context();
        var hashes = await context.Users.Select(account => account.PasswordHash!).ToListAsync();
        Assert.Equal(3, hashes.Distinct().Count());
        Assert.All(hashes, hash => Assert.StartsWith("$argon2id$", hash, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("+7 (701) 555-01-42")]
    [InlineData("7015550142")]
    [InlineData("007 701 555 01 42")]
    public async Task Register_SamePhoneTypedOtherwise_IsTaken(string typed)
    {
        await RegisterAsync("8 701 555 01 42");
        var refusal = await Assert.ThrowsAsync<FormException>(() => RegisterAsync(typed));
        Assert.Equal(Problems.PhoneTaken, refusal.Problems[nameof(RegisterForm.Phone)]?.Code);
    }

    [Fact]
    public async Task Register_SixteenTimesAtOnce_IsOneMember()
    {
        var other = await _database.AnotherAsync();
        var outcomes = await AtOnceAsync(16, index => RegisterAsync("8 701 555 01 42", index % 2 == 0 ? _database : other));
        Assert.Single(outcomes, outcome => outcome is null);
        Assert.All(outcomes.Where(outcome => outcome is not null), refusal => Assert.Equal(Problems.PhoneTaken, Assert.IsType<FormException>(refusal).Problems["Phone"]?.Code));
        await using var context = _database.Context();
        Assert.Equal((1, 1), (await context.Members.CountAsync(), await context.Users.CountAsync()));
    }

    [Fact]
    public async Task SignIn_PhoneTypedInAnyWay_IsTheSamePerson()
    {
        var registered = await RegisterAsync("8 701 555 01 42");
        Assert.Equal(registered.MemberId, (await SignInAsync("+7 701 555-01-42")).MemberId);
    }

    [Fact]
    public async Task SignIn_UnknownPhoneOrWrongPassword_AreAnsweredAlike()
    {
        await RegisterAsync("8 701 555 01 42");
        var wrong = await RefusedAsync(() => SignInAsync("8 701 555 01 42", "совсем другое слово"));
        var unknown = await RefusedAsync(() => SignInAsync("8 701 555 01 99", "совсем другое слово"));
        Assert.Equal(wrong.ToString(), unknown.ToString());
        Assert.Equal("WrongSignIn(4, 1)", wrong.ToString());
    }

    [Fact]
    public async Task SignIn_ManyTriesAtOnce_LooksAtFivePasswordsOnly()
    {
        await RegisterAsync("8 701 555 01 42");
        var outcomes = await AtOnceAsync(24, index => SignInAsync("8 701 555 01 42", $"неверное слово {index}"));
        var codes = outcomes.Select(outcome => Assert.IsType<DomainException>(outcome).Problem.Code).ToList();
        Assert.Equal(SignInThrottle.FreeTries, codes.Count(code => code == Problems.WrongSignIn));
        Assert.Equal(24 - SignInThrottle.FreeTries, codes.Count(code => code == Problems.SignInPaused));

        // The right one has to wait as well, and then it is let in.
        Assert.Equal(Problems.SignInPaused, (await RefusedAsync(() => SignInAsync("8 701 555 01 42"))).Code);
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        await SignInAsync("8 701 555 01 42");
    }

    [Fact]
    public async Task SignIn_OwnDevice_IsNotStoppedByAStrangersGuessing()
    {
        await RegisterAsync("8 701 555 01 42");
        await AtOnceAsync(8, index => SignInAsync("8 701 555 01 42", $"неверное слово {index}"));
        await Accounts.SignInAsync(Visitor, new SignInForm { Phone = "8 701 555 01 42", Password = Password }, "my-phone");
    }

    [Fact]
    public async Task SignIn_Blocked_IsRefusedOnlyAfterTheRightPassword()
    {
        var member = await RegisterAsync("8 701 555 01 42");
        await _database.Get<MemberService>().BlockAsync(await _database.AddAdminAsync(), member.MemberId, new BlockMemberForm { Reason = "спам" });
        Assert.Equal(Problems.MemberBlocked, (await RefusedAsync(() => SignInAsync("8 701 555 01 42"))).Code);
        Assert.Equal(Problems.WrongSignIn, (await RefusedAsync(() => SignInAsync("8 701 555 01 42", "совсем другое слово"))).Code);
    }

    [Fact]
    public async Task Block_AMember_EndsTheirSessions()
    {
        var member = await RegisterAsync("8 701 555 01 42");
        var before = await StampAsync(member.MemberId);
        await _database.Get<MemberService>().BlockAsync(await _database.AddAdminAsync(), member.MemberId, new BlockMemberForm { Reason = "спам" });
        Assert.NotEqual(before, await StampAsync(member.MemberId));
    }

    [Fact]
    public async Task Reset_WithALink_WorksOnceAndEndsOldSessions()
    {
        var member = await RegisterAsync("8 701 555 01 42");
        var token = await Accounts.CreateLinkAsync(await _database.AddAdminAsync(), member.MemberId);
        var before = await StampAsync(member.MemberId);
        Assert.Equal(new SignInLink(NeedsConsent: false, IsFirst: false), await Accounts.FindLinkAsync(member.MemberId, token));
        var form = new ResetForm { MemberId = member.MemberId, Token = token, Password = "море и два берега" };
        Assert.Equal(member.MemberId, (await Accounts.ResetAsync(Visitor, form)).MemberId);

        Assert.NotEqual(before, await StampAsync(member.MemberId));
        Assert.Null(await Accounts.FindLinkAsync(member.MemberId, token));
        Assert.Equal(Problems.LinkSpent, (await RefusedAsync(() => Accounts.ResetAsync(Visitor, form))).Code);
        await SignInAsync("8 701 555 01 42", "море и два берега");
        Assert.Equal(Problems.WrongSignIn, (await RefusedAsync(() => SignInAsync("8 701 555 01 42"))).Code);
    }

    [Fact]
    public async Task Reset_SameLinkTwiceAtOnce_SetsOnePassword()
    {
        var member = await RegisterAsync("8 701 555 01 42");
        var token = await Accounts.CreateLinkAsync(await _database.AddAdminAsync(), member.MemberId);
        var outcomes = await AtOnceAsync(4, index => Accounts.ResetAsync(Visitor, new ResetForm { MemberId = member.MemberId, Token = token, Password = $"море и берег {index}" }));
        Assert.Single(outcomes, outcome => outcome is null);
    }

    [Fact]
    public async Task Reset_LinkOfAnother_IsRefused()
    {
        var one = await RegisterAsync("8 701 555 01 42");
        var other = await RegisterAsync("8 701 555 01 43");
        var token = await Accounts.CreateLinkAsync(await _database.AddAdminAsync(), one.MemberId);
        Assert.Equal(Problems.LinkSpent, (await RefusedAsync(() => Accounts.ResetAsync(Visitor, new ResetForm { MemberId = other.MemberId, Token = token, Password = "море и берег" }))).Code);
        Assert.Null(await Accounts.FindLinkAsync(one.MemberId, "нечто"));
        Assert.Null(await Accounts.FindLinkAsync(Guid.NewGuid(), token));
    }

    [Fact]
    public async Task Forgot_KnownOrUnknownPhone_LooksTheSameAndOnlyTheOwnerGetsALetter()
    {
        await RegisterAsync("8 701 555 01 42");
        await Accounts.ForgotAsync(new ForgotForm { Phone = "8 701 555 01 42" });
        await Accounts.ForgotAsync(new ForgotForm { Phone = "8 701 555 01 99" });
        var letter = Assert.Single(_database.Get<RecordedMailbox>().Letters);
        Assert.Equal("aygun@mail.kz", letter.Address);
        Assert.NotNull(await Accounts.FindLinkAsync(letter.MemberId, letter.Token));
    }

    [Fact]
    public async Task SignIn_AfterTheParametersGrew_RenewsTheHashAndOnlyOnce()
    {
        await RegisterAsync("8 701 555 01 42");
        var old = await HashAsync();
        await SignInAsync("8 701 555 01 42");
        Assert.Equal(old, await HashAsync());

        var stronger = await _database.AnotherAsync(("Passwords:Iterations", "2"));
        await stronger.Get<AccountService>().SignInAsync(Visitor, new SignInForm { Phone = "8 701 555 01 42", Password = Password }, null);

        Assert.Contains("t=1", old, StringComparison.Ordinal);
        Assert.Contains("t=2", await HashAsync(), StringComparison.Ordinal);
        await SignInAsync("8 701 555 01 42");
        Assert.Contains("t=2", await HashAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnsureAdmin_Twice_MakesOneAndKeepsThePassword()
    {
        Assert.True(await Accounts.EnsureAdminAsync("Керимова Нигяр", PhoneNumber.Parse("+77015550142"), Password));
        Assert.False(await Accounts.EnsureAdminAsync("Другой Админ", PhoneNumber.Parse("+77015550143"), "другое слово 5"));
        Assert.Equal(Role.Admin, (await SignInAsync("+77015550142")).Role);
    }

    [Fact]
    public async Task EditProfile_PhoneOfAnother_IsTakenAndANewOneNeedsThePassword()
    {
        var member = Visitor with { MemberId = (await RegisterAsync("8 701 555 01 42")).MemberId };
        await RegisterAsync("8 701 555 01 43");
        var members = _database.Get<MemberService>();
        var form = await _database.ProfileFormAsync(member);
        (form.Phone, form.CurrentPassword) = ("8 701 555 01 44", "не то слово");
        Assert.Equal(Problems.CurrentPasswordWrong, (await Assert.ThrowsAsync<FormException>(() => members.EditProfileAsync(member, form))).Problems[nameof(form.CurrentPassword)]?.Code);

        (form.CurrentPassword, form.Phone) = (Password, "8 701 555 01 43");
        Assert.Equal(Problems.PhoneTaken, (await Assert.ThrowsAsync<FormException>(() => members.EditProfileAsync(member, form))).Problems[nameof(form.Phone)]?.Code);

        form.Phone = "8 701 555 01 44";
        await members.EditProfileAsync(member, form);
        await SignInAsync("+7 701 555 01 44");
        Assert.Equal(Problems.WrongSignIn, (await RefusedAsync(() => SignInAsync("8 701 555 01 42"))).Code);
    }

    private async Task<SignedIn> RegisterAsync(string phone, TestDatabase? database = null, string language = "ru") =>
        (await (database ?? _database).Get<RegistrationService>().RegisterAsync(
            Visitor, new RegisterForm { FullName = "Алиева Айгюн", Phone = phone, Password = Password, Email = "aygun@mail.kz", Consent = true }, language))!;

    private Task<SignedIn> SignInAsync(string phone, string password = Password) =>
        Accounts.SignInAsync(Visitor, new SignInForm { Phone = phone, Password = password }, null);

    private async Task<string?> StampAsync(Guid id)
    {
        await using var context = _database.Context();
        return (await context.Users.SingleAsync(account => account.Id == id)).SecurityStamp;
    }

    private async Task<string> HashAsync()
    {
        await using var context = _database.Context();
        return (await context.Users.Select(account => account.PasswordHash).SingleAsync())!;
    }
}
