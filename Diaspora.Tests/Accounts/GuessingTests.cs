using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using static Diaspora.Tests.Payments.PaymentSetup;

namespace Diaspora.Tests.Accounts;

/// <summary>Strangers guess; owners get in; the log knows of both.</summary>
public sealed class GuessingTests : IAsyncLifetime
{
    private const string Password = "три кота и гранат";
    private const string Phone = "8 701 555 01 42";
    private static readonly Actor Owner = new(null, "192.0.2.7", "test");
    private static readonly Actor Stranger = new(null, "198.51.100.9", "test");
    private readonly TestDatabase _database = new();

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task SignIn_FromANewDeviceWhileAStrangerGuesses_LetsTheOwnerIn()
    {
        await RegisterAsync();
        for (var count = 0; count < 8; count++)
        {
            await FailAsync(Stranger, Phone);
        }

        await SignInAsync(Owner);
    }

    /// <summary>However often and from wherever others guess: nobody's pause but one's own.</summary>
    [Fact]
    public async Task SignIn_AfterOnesOwnPauseWhileAThousandPlacesGuess_LetsTheOwnerIn()
    {
        await RegisterAsync();
        for (var place = 0; place < 30; place++)
        {
            await FailAsync(Stranger with { Address = $"198.51.100.{place}" }, Phone);
        }

        // Fewer are free now, but the owner's own mistakes are all that counts.
        await FailAsync(Owner, Phone);
        await FailAsync(Owner, Phone);
        Assert.Equal(Problems.SignInPaused, (await RefusedAsync(() => SignInAsync(Owner))).Code);
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        await FailAsync(Stranger, Phone);
        await SignInAsync(Owner);
    }

    [Fact]
    public async Task SignIn_ManyPhonesFromOneAddress_IsSlowedThereAndNowhereElse()
    {
        await RegisterAsync();
        await SprayAsync(Stranger, GuessWatch.PhonesOfOnePlace + 1);
        Assert.Equal(Problems.SignInPaused, (await RefusedAsync(() => SignInAsync(Stranger, "8 701 666 00 99", "Summer2026"))).Code);

        await SignInAsync(Owner);
        await _database.Get<AccountService>().SignInAsync(Stranger, new SignInForm { Phone = Phone, Password = Password }, "my-phone");
        _database.Clock.Advance(GuessWatch.Slow);
        await SignInAsync(Stranger);
    }

    [Fact]
    public async Task SignIn_ManyPhonesFromOneAddress_IsToldTheAdminOnce()
    {
        await SprayAsync(Stranger, GuessWatch.PhonesOfOnePlace + 5);
        await WriteAsync();

        Assert.Equal((Stranger.Address, GuessWatch.PhonesOfOnePlace), (_database.Get<GuessWatch>().Last?.Network, _database.Get<GuessWatch>().Last?.Phones));
        Assert.Contains(new GuessingSeen(), _database.Feed.Changes);
        await using var context = _database.Context();
        Assert.Equal(Stranger.Address, Assert.Single(await context.AuditEntries.Where(entry => entry.Action == AuditAction.GuessingNoticed).ToListAsync()).Ip);

        _database.Clock.Advance(GuessWatch.ShownFor);
        Assert.Null(_database.Get<GuessWatch>().Last);
    }

    [Fact]
    public void Fail_FromManyAddressesAtManyPhones_IsSeenAsAWholeAndSlowsThePlacesOfIt()
    {
        var watch = new GuessWatch(_database.Clock);
        var noticed = Enumerable.Range(0, GuessWatch.PhonesInAll).SelectMany(number => watch.Fail($"198.51.{number / GuessWatch.PhonesOfOnePlaceThen}.1", Number(number))).ToList();
        Assert.Null(Assert.Single(noticed).Network);
        Assert.Equal(GuessWatch.FreeTriesThen, watch.Enter("192.0.2.7", Number(900)));

        watch.Enter("198.51.3.1", Number(901));
        Assert.Equal(Problems.SignInPaused, Assert.Throws<DomainException>(() => watch.Enter("198.51.3.1", Number(902))).Problem.Code);
        _database.Clock.Advance(GuessWatch.Window);
        Assert.Equal(SignInThrottle.FreeTries, watch.Enter("198.51.3.1", Number(902)));
    }

    [Fact]
    public async Task SignIn_WrongAndRight_IsInTheLogWithoutPhoneAndPassword()
    {
        var id = await RegisterAsync();
        await FailAsync(Stranger, Phone);
        await FailAsync(Stranger, "8 701 666 00 01");
        await SignInAsync(Owner);
        await WriteAsync();

        await using var context = _database.Context();
        var entries = await context.AuditEntries.Where(entry => entry.Action == AuditAction.SignInFailed || entry.Action == AuditAction.MemberSignedIn).OrderBy(entry => entry.Id).ToListAsync();
        Assert.Equal([(AuditAction.SignInFailed, id, Stranger.Address), (AuditAction.SignInFailed, entries[1].EntityId, Stranger.Address), (AuditAction.MemberSignedIn, id, Owner.Address)],
            entries.Select(entry => (entry.Action, entry.EntityId, entry.Ip)));
        Assert.Null(entries[1].SubjectId);
        Assert.All(entries, entry => Assert.DoesNotContain("701", $"{entry.AfterJson}{entry.EntityType}", StringComparison.Ordinal));

        // The same name at the next start.
        var other = await _database.AnotherAsync();
        Assert.Equal(entries[1].EntityId, other.Get<IPhoneNames>().NameOf(PhoneNumber.Parse("8 701 666 00 01")));
        Assert.NotEqual(entries[1].EntityId, other.Get<IPhoneNames>().NameOf(PhoneNumber.Parse("8 701 666 00 02")));
    }

    /// <summary>A sprayer must not fill the database.</summary>
    [Fact]
    public async Task Fail_TenThousandTimesInAnHour_LeavesAFewHundredLinesAndTheirNumber()
    {
        var trail = _database.Get<SignInTrail>();
        for (var count = 0; count < 10_000; count++)
        {
            trail.Failed(Stranger, Number(count % 5000), null);
        }

        await WriteAsync();
        _database.Clock.Advance(TimeSpan.FromHours(1));
        await WriteAsync();

        await using var context = _database.Context();
        var entries = await context.AuditEntries.Where(entry => entry.Action == AuditAction.SignInFailed || entry.Action == AuditAction.GuessingNoticed).ToListAsync();
        Assert.Equal((2 * SignInTrail.PairsPerHour) + 1, entries.Count);
        Assert.Equal($$"""{"tries":{{10_000 - (2 * SignInTrail.PairsPerHour)}}}""", entries.Single(entry => entry.Action == AuditAction.GuessingNoticed).AfterJson);
        Assert.Contains(entries, entry => entry.AfterJson == """{"tries":2}""");
    }

    [Fact]
    public async Task SignIn_WhileTheLogCannotBeWritten_WaitsForNobodyAndIsWrittenLater()
    {
        await RegisterAsync();
        await using var context = _database.Context();
        await context.Database.ExecuteSqlRawAsync("CREATE TRIGGER Broken BEFORE UPDATE ON AuditTail BEGIN SELECT RAISE(ABORT, 'the tail is taken'); END");

        await SignInAsync(Owner);
        await FailAsync(Stranger, Phone);
        Assert.Contains("the tail is taken", (await Record.ExceptionAsync(WriteAsync))?.ToString(), StringComparison.Ordinal);

        await context.Database.ExecuteSqlRawAsync("DROP TRIGGER Broken");
        await WriteAsync();
        Assert.Equal(2, await context.AuditEntries.CountAsync(entry => entry.Action == AuditAction.SignInFailed || entry.Action == AuditAction.MemberSignedIn));
        Assert.Empty(_database.Get<SignInTrail>().Waiting());
    }

    [Fact]
    public async Task ForgetTries_MoreThanAreKept_RemovesTheOldest()
    {
        foreach (var place in Enumerable.Range(0, 5))
        {
            await FailAsync(Stranger with { Address = $"198.51.100.{place}" }, Phone);
            _database.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await _database.Get<IStore>().WriteAsync(async work =>
        {
            await work.Accounts.ForgetThrottlesAsync(DateTime.UnixEpoch, 2);
            return true;
        });
        await using var context = _database.Context();
        Assert.Equal(["+77015550142 198.51.100.2", "+77015550142 198.51.100.3", "+77015550142 198.51.100.4"], await context.SignInThrottles.Select(throttle => throttle.Key).Order().ToListAsync());
    }

    [Theory]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData(null, "?")]
    public void Count_AHome_AsOnePlace(string? address, string expected) => Assert.Equal(expected, Network.Of(address));

    [Fact]
    public async Task EditProfile_OtherEmail_AsksForThePassword()
    {
        var member = Owner with { MemberId = await RegisterAsync() };
        var members = _database.Get<MemberService>();
        var form = await _database.ProfileFormAsync(member);
        form.Email = "thief@mail.kz";
        Assert.Equal(Problems.PasswordEmpty, (await Assert.ThrowsAsync<FormException>(() => members.EditProfileAsync(member, form))).Problems[nameof(form.CurrentPassword)]?.Code);
        form.CurrentPassword = "не то слово";
        Assert.Equal(Problems.CurrentPasswordWrong, (await Assert.ThrowsAsync<FormException>(() => members.EditProfileAsync(member, form))).Problems[nameof(form.CurrentPassword)]?.Code);
        form.CurrentPassword = Password;
        await members.EditProfileAsync(member, form);
        Assert.Equal("thief@mail.kz", (await members.ProfileAsync(member)).Email);
    }

    [Theory]
    [InlineData("87015550142")]
    [InlineData("Айгюн-1990")]
    public async Task Reset_OwnPhoneOrNameAsPassword_IsRefusedAsWhenRegistering(string password)
    {
        var id = await RegisterAsync();
        var accounts = _database.Get<AccountService>();
        var token = await accounts.CreateLinkAsync(await _database.AddAdminAsync(), id);
        var refusal = await Assert.ThrowsAsync<FormException>(() => accounts.ResetAsync(Stranger, new ResetForm { MemberId = id, Token = token, Password = password }));
        Assert.Equal(Problems.PasswordOwn, refusal.Problems[nameof(ResetForm.Password)]?.Code);
        Assert.NotNull(await accounts.FindLinkAsync(id, token));
    }

    private static PhoneNumber Number(int number) => PhoneNumber.FromCanonical($"+7701{number:0000000}");

    private async Task SprayAsync(Actor actor, int phones)
    {
        for (var number = 0; number < phones; number++)
        {
            await Record.ExceptionAsync(() => SignInAsync(actor, $"8 701 666 00 {number:00}", "Summer2026"));
        }
    }

    private Task FailAsync(Actor actor, string phone) => RefusedAsync(() => SignInAsync(actor, phone, "не то слово"));

    private Task<SignedIn> SignInAsync(Actor actor, string phone = Phone, string password = Password) =>
        _database.Get<AccountService>().SignInAsync(actor, new SignInForm { Phone = phone, Password = password }, null);

    private Task WriteAsync() => _database.Get<SignInTrailService>().WriteAsync();

    private async Task<Guid> RegisterAsync() => (await _database.Get<RegistrationService>().RegisterAsync(
        Owner, new RegisterForm { FullName = "Алиева Айгюн", Phone = Phone, Password = Password, Email = "aygun@mail.kz", Consent = true }, "ru"))!.MemberId;
}
