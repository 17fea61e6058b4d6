using Diaspora.Domain.Import;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Tests.Accounts;

/// <summary>Whoever came with a list gets in by a one-time link, or by registering and an admin's word; never by merely knowing the number.</summary>
public sealed class RegistrationRequestTests : IAsyncLifetime
{
    private const string Phone = "+77055550001";
    private const string Password = "три кота и гранат";
    private static readonly RegistrationTicket Ticket = new(Guid.NewGuid(), "4821");
    private static readonly Actor Visitor = new(null, "192.0.2.7", "test");
    private readonly TestDatabase _database = new();
    private Actor _admin = null!;

    private RegistrationService Registrations => _database.Get<RegistrationService>();

    private AccountService Accounts => _database.Get<AccountService>();

    private ImportService Imports => _database.Get<ImportService>();

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _admin = await _database.AddAdminAsync();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Register_WithThePhoneOfSomebodyImported_WaitsForAnAdminWhoLetsThemIn()
    {
        var memberId = await ImportAsync();
        Assert.Null(await AskAsync());

        Assert.Equal(Problems.RegistrationWaits, (await PaymentSetup.RefusedAsync(() => SignInAsync())).Code);
        Assert.Equal(Problems.WrongSignIn, (await PaymentSetup.RefusedAsync(() => SignInAsync("другие три слова"))).Code);
        var row = Assert.Single(await Registrations.WaitingAsync(_admin));
        Assert.Equal(("Рашад Әлиев", "Алиев Рашад", true, "kk"), (row.Typed, row.FullName, row.IsSameName, row.Language));

        foreach (var wrong in (string[])["", "4822", "48"])
        {
            await Assert.ThrowsAsync<FormException>(() => ApproveAsync(row.Id, wrong));
        }

        await ApproveAsync(row.Id);
        Assert.Equal(memberId, (await SignInAsync()).MemberId);
        var member = await MemberAsync(memberId);
        Assert.Equal(
            ("Алиев Рашад", "rashad@example.kz", "kk", RegistrationService.ConsentVersion, row.AskedAt),
            (member.FullName, member.Email, member.Language, member.ConsentVersion, member.ConsentAt));
        Assert.Empty(await Registrations.WaitingAsync(_admin));
        var taken = await Assert.ThrowsAsync<FormException>(() => AskAsync());
        Assert.Equal(Problems.PhoneTaken, taken.Problems[nameof(RegisterForm.Phone)]?.Code);
    }

    [Fact]
    public async Task Refuse_ARequest_LetsNobodyInAndAnotherOneStillWaits()
    {
        await ImportAsync();
        await AskAsync("первые три слова", "Чужой Человек");
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        await AskAsync();
        var rows = await Registrations.WaitingAsync(_admin);
        Assert.Equal([false, true], rows.Select(row => row.IsSameName));

        await Registrations.RefuseAsync(_admin, rows[0].Id);

        Assert.Equal(Problems.WrongSignIn, (await PaymentSetup.RefusedAsync(() => SignInAsync("первые три слова"))).Code);
        Assert.Equal(rows[1], Assert.Single(await Registrations.WaitingAsync(_admin)));
        Assert.Equal(Problems.RequestDecided, (await PaymentSetup.RefusedAsync(() => ApproveAsync(rows[0].Id))).Code);
        Assert.Equal(Problems.RequestDecided, (await PaymentSetup.RefusedAsync(() => Registrations.RefuseAsync(_admin, rows[0].Id))).Code);
    }

    [Fact]
    public async Task Register_TheSameFormTwice_IsOneRequestAndAFloodIsRefused()
    {
        await ImportAsync();
        await AskAsync("первые три слова", ticket: Ticket);
        await AskAsync(ticket: Ticket);

        // The later form is the one that counts.
        Assert.Equal(Ticket.Id, Assert.Single(await Registrations.WaitingAsync(_admin)).Id);
        Assert.Equal(Problems.WrongSignIn, (await PaymentSetup.RefusedAsync(() => SignInAsync("первые три слова"))).Code);

        for (var index = 1; index < RegistrationRequest.MostPerMember; index++)
        {
            await AskAsync($"другие три слова {index}");
        }

        Assert.Equal(Problems.RegistrationsFull, (await PaymentSetup.RefusedAsync(() => AskAsync("и ещё одни слова"))).Code);
        Assert.Equal(RegistrationRequest.MostPerMember, (await Registrations.WaitingAsync(_admin)).Count);

        // Whoever waits already may still send theirs again.
        Assert.Null(await AskAsync(ticket: Ticket));
    }

    /// <summary>A stranger copies name and number from the chat, and asks first. The member tells the code that they were shown, which is not the stranger's.</summary>
    [Fact]
    public async Task Approve_TheStrangersRequestWithTheMembersCode_IsRefused()
    {
        var memberId = await ImportAsync();
        await AskAsync("слова чужого человека", ticket: new RegistrationTicket(Guid.NewGuid(), "1111"));
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        await AskAsync(ticket: Ticket);
        var rows = await Registrations.WaitingAsync(_admin);
        Assert.Equal(Ticket.Id, rows[1].Id);

        var refused = await Assert.ThrowsAsync<FormException>(() => ApproveAsync(rows[0].Id));
        Assert.Equal(Problems.RegistrationCodeWrong, refused.Problems[nameof(ApproveRegistrationForm.Code)]?.Code);
        await ApproveAsync(rows[1].Id);

        Assert.Equal(memberId, (await SignInAsync()).MemberId);
        Assert.Equal(Problems.WrongSignIn, (await PaymentSetup.RefusedAsync(() => SignInAsync("слова чужого человека"))).Code);
        Assert.Empty(await Registrations.WaitingAsync(_admin));
    }

    [Fact]
    public async Task Register_WithThePhoneOfSomebodyBlocked_IsTaken()
    {
        var memberId = await ImportAsync();
        await _database.Get<MemberService>().BlockAsync(_admin, memberId, new BlockMemberForm { Reason = "спор" });
        await Assert.ThrowsAsync<FormException>(() => AskAsync());
        Assert.Empty(await Registrations.WaitingAsync(_admin));
    }

    [Fact]
    public async Task Approve_AfterTheMemberCameInByALink_IsRefusedAndTheirPasswordStays()
    {
        var memberId = await ImportAsync();
        await AskAsync("слова чужого человека");
        var request = Assert.Single(await Registrations.WaitingAsync(_admin)).Id;
        var token = await Accounts.CreateLinkAsync(_admin, memberId);
        Assert.Equal(new SignInLink(NeedsConsent: true, IsFirst: true), await Accounts.FindLinkAsync(memberId, token));
        var form = new ResetForm { MemberId = memberId, Token = token, Password = Password };
        var missing = await Assert.ThrowsAsync<FormException>(() => Accounts.ResetAsync(Visitor, form));
        Assert.Equal(Problems.ConsentMissing, missing.Problems[nameof(form.Consent)]?.Code);

        form.Consent = true;
        await Accounts.ResetAsync(Visitor, form);

        Assert.Equal(RegistrationService.ConsentVersion, (await MemberAsync(memberId)).ConsentVersion);
        Assert.Empty(await Registrations.WaitingAsync(_admin));
        Assert.Equal(Problems.RequestDecided, (await PaymentSetup.RefusedAsync(() => ApproveAsync(request))).Code);
        Assert.Equal(memberId, (await SignInAsync()).MemberId);
    }

    [Fact]
    public async Task Approve_WhenTheMemberHasAnotherPhoneNowOrIsBlocked_IsRefused()
    {
        var memberId = await ImportAsync();
        await AskAsync();
        var request = Assert.Single(await Registrations.WaitingAsync(_admin)).Id;
        await _database.Get<MemberService>().BlockAsync(_admin, memberId, new BlockMemberForm { Reason = "спор" });
        Assert.Equal(Problems.MemberBlocked, (await PaymentSetup.RefusedAsync(() => ApproveAsync(request))).Code);

        await _database.Get<MemberService>().UnblockAsync(_admin, memberId);
        await _database.Get<MemberEditService>().EditAsync(_admin, memberId, new EditMemberForm { Field = MemberField.Phone, Seen = Phone, Value = "+77055550009" });

        Assert.Empty(await Registrations.WaitingAsync(_admin));
        Assert.Equal(Problems.RequestDecided, (await PaymentSetup.RefusedAsync(() => ApproveAsync(request))).Code);
    }

    [Fact]
    public async Task Undo_OfTheImport_TakesTheRequestWithTheMember()
    {
        await ImportAsync();
        await AskAsync("первые три слова");
        await Registrations.RefuseAsync(_admin, Assert.Single(await Registrations.WaitingAsync(_admin)).Id);
        await AskAsync();
        await Imports.UndoAsync(_admin, (await Imports.ListAsync(_admin))[0].Id);
        await using var context = _database.Context();
        Assert.Empty(await context.Registrations.ToListAsync());

        // The phone is nobody's again.
        Assert.NotNull(await AskAsync());
    }

    [Fact]
    public async Task Forget_AfterTwoMonths_RemovesWhatNobodyDecidedOn()
    {
        await ImportAsync();
        await AskAsync();
        _database.Clock.Advance(RegistrationRequest.ForgottenAfter - TimeSpan.FromHours(1));
        await Registrations.ForgetAsync();
        Assert.Single(await Registrations.WaitingAsync(_admin));

        _database.Clock.Advance(TimeSpan.FromHours(2));
        await Registrations.ForgetAsync();
        Assert.Empty(await Registrations.WaitingAsync(_admin));
    }

    /// <summary>They grow old on one day where an association was invited on one day, and no admin need look; the void ones no page lists.</summary>
    [Fact]
    public async Task Forget_ManyOfOneDayAndTheVoidOnes_RemovesThemAll()
    {
        await ImportAsync();
        for (var index = 1; index < RegistrationRequest.MostPerMember; index++)
        {
            await AskAsync($"другие три слова {index}");
            var hasPassword = (await _database.AddAsync("Алиев Рашад")).MemberId!.Value;
            var form = new RegisterForm { FullName = "Алиев Рашад", Phone = (await MemberAsync(hasPassword)).Phone.Value };
            var request = new RegistrationRequest(RegistrationTicket.New(), hasPassword, form, "no-password", "ru", "1", _database.Clock.GetUtcNow().UtcDateTime);
            await _database.Get<IStore>().WriteAsync(work =>
            {
                work.Registrations.Add(request);
                return Task.FromResult(true);
            });
        }

        _database.Clock.Advance(RegistrationRequest.ForgottenAfter + TimeSpan.FromHours(1));
        await AskAsync("слова того, кто пришёл позже", ticket: null);
        await Registrations.ForgetAsync();

        await using var context = _database.Context();
        Assert.Equal(1, await context.Registrations.CountAsync());
        Assert.Empty(_database.Get<DeletionBrake>().Held);
    }

    private async Task<Guid> ImportAsync()
    {
        var sheet = new Sheet("список.csv", new string('0', 64), [new SheetRow(1, "ФИО", "Телефон", "2026-01"), new SheetRow(2, "Алиев Рашад", Phone, "да")]);
        var id = await Imports.StageAsync(_admin, sheet);
        await Imports.BookAsync(_admin, id, new ImportChoice());
        return (await _database.Get<IStore>().ReadAsync(work => work.Members.IdOfAsync(PhoneNumber.Parse(Phone))))!.Value;
    }

    private Task<SignedIn?> AskAsync(string password = Password, string name = "Рашад Әлиев", RegistrationTicket? ticket = null) => Registrations.RegisterAsync(
        Visitor, new RegisterForm { FullName = name, Phone = "8 705 555 00 01", Password = password, Email = "rashad@example.kz", Consent = true }, "kk", ticket ?? Ticket with { Id = Guid.NewGuid() });

    private Task ApproveAsync(Guid request, string code = "4821") => Registrations.ApproveAsync(_admin, request, new ApproveRegistrationForm { Code = code });

    private Task<SignedIn> SignInAsync(string password = Password) => Accounts.SignInAsync(Visitor, new SignInForm { Phone = Phone, Password = password }, null);

    private async Task<Member> MemberAsync(Guid id)
    {
        await using var context = _database.Context();
        return await context.Members.SingleAsync(member => member.Id == id);
    }
}
