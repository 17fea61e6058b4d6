using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Tests.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using static Diaspora.Tests.Payments.PaymentSetup;

namespace Diaspora.Tests.Accounts;

/// <summary>The password is changed while somebody is on the way in with the old one.</summary>
public sealed class SignInRaceTests : IAsyncLifetime
{
    private const string Password = "три кота и гранат";
    private const string NewPassword = "море и два берега";
    private const string Phone = "8 701 555 01 42";
    private static readonly Actor Visitor = new(null, "192.0.2.7", "test");
    private readonly TestDatabase _database = new();

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task OpenSession_AfterThePasswordWasChanged_IsRefused()
    {
        var id = await RegisterAsync();
        var who = await SignInAsync(_database.Get<AccountService>(), Password);
        await ChangeAsync(id);

        Assert.Equal(Problems.WrongSignIn, (await RefusedAsync(() => OpenAsync(who))).Code);
        await using var context = _database.Context();
        Assert.Empty(await context.Sessions.ToListAsync());
    }

    [Fact]
    public async Task OpenSession_WithWhatTheChangeAnswers_IsOpened()
    {
        var id = await RegisterAsync();
        await OpenAsync(await ChangeAsync(id));
        await OpenAsync(await SignInAsync(await StrongerAsync(), NewPassword));
        await using var context = _database.Context();
        Assert.Equal(2, await context.Sessions.CountAsync());
    }

    /// <summary>Without and with a hash that is due to be renewed.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SignIn_ThePasswordIsChangedWhileTheOldOneIsCompared_IsRefusedAndTheNewOneStays(bool isOld)
    {
        var id = await RegisterAsync();
        var accounts = await StrongerAsync(isOld, () => ChangeAsync(id));

        Assert.Equal(Problems.WrongSignIn, (await RefusedAsync(() => SignInAsync(accounts, Password))).Code);
        Assert.Equal(id, (await SignInAsync(_database.Get<AccountService>(), NewPassword)).MemberId);
    }

    private async Task<AccountService> StrongerAsync(bool isStronger = true, Func<Task>? meanwhile = null)
    {
        var database = isStronger ? await _database.AnotherAsync(("Passwords:Iterations", "2")) : _database;
        var passwords = new SlowPasswords(database.Get<IPasswords>(), meanwhile ?? (() => Task.CompletedTask));
        return new AccountService(database.Get<IStore>(), passwords, database.Get<PasswordRules>(), database.Get<ConsentTerms>(), database.Get<IMailbox>(), database.Get<GuessWatch>(), database.Get<SignInTrail>(), database.Clock);
    }

    private Task<SignedIn> ChangeAsync(Guid id) =>
        _database.Get<OwnAccountService>().ChangePasswordAsync(Visitor with { MemberId = id }, new ChangePasswordForm { CurrentPassword = Password, Password = NewPassword });

    private static Task<SignedIn> SignInAsync(AccountService accounts, string password) =>
        accounts.SignInAsync(Visitor, new SignInForm { Phone = Phone, Password = password }, null);

    /// <summary>What a page does last, in a browser that has no session.</summary>
    private Task OpenAsync(SignedIn who)
    {
        _database.Get<IHttpContextAccessor>().HttpContext = new DefaultHttpContext { RequestServices = _database.Get<IServiceProvider>() };
        return _database.Get<ISessions>().SignInAsync(who);
    }

    private async Task<Guid> RegisterAsync() => (await _database.Get<RegistrationService>().RegisterAsync(
        Visitor, new RegisterForm { FullName = "Алиева Айгюн", Phone = Phone, Password = Password, Consent = true }, "ru"))!.MemberId;

    /// <summary>Something happens between the comparison and its answer.</summary>
    private sealed class SlowPasswords(IPasswords passwords, Func<Task> meanwhile) : IPasswords
    {
        public Task<string> HashAsync(string password, CancellationToken cancel = default) => passwords.HashAsync(password, cancel);

        public async Task<PasswordCheck> VerifyAsync(string? hash, string password, CancellationToken cancel = default)
        {
            var check = await passwords.VerifyAsync(hash, password, cancel);
            await meanwhile();
            return check;
        }
    }
}
