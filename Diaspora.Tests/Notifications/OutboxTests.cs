using Diaspora.Domain.Members;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Diaspora.Tests.Notifications;

/// <summary>Messages are written in the commit of what they tell, once, and go once.</summary>
public sealed class OutboxTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private Actor _cashier = null!;
    private Actor _member = null!;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _database.Get<OutboxRules>().Use([Channel.Mail], OutboxRules.UsualHold);
        _cashier = await _database.AddCashierAsync();
        _member = await _database.AddAsync("Алиев Рашад");
        await _database.GiveMailAsync(_member, "rashad@example.kz");
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Confirm_APaymentOfSomebodyWithMail_WritesOneMessageInTheSameCommit()
    {
        var intent = await _database.StartAsync(_member, "2026-03", "2026-04");
        await _database.ConfirmAsync(_cashier, intent);
        await _database.ConfirmAsync(_cashier, intent);

        var message = Assert.Single(await _database.MessagesAsync());
        Assert.Equal((Cause.PaymentConfirmed, intent, _member.MemberId!.Value, Channel.Mail, "ru", MessageState.Waiting), (message.Cause, message.AboutId, message.MemberId, message.Channel, message.Language, message.State));
        var facts = NoticeFacts.Read(message.Facts);
        Assert.Equal(("2026-03 2026-04", 4000L), (string.Join(' ', facts.Months!), facts.Tenge));
        Assert.Equal(_database.Now() + OutboxRules.UsualHold, message.DueAt);
        Assert.Contains(new OutboxFilled(), _database.Feed.Changes);
    }

    [Fact]
    public async Task Confirm_WhenTheCommitDoesNotComeThrough_WritesNoMessage()
    {
        var intent = await _database.StartAsync(_member, "2026-03");
        await using var context = _database.Context();
        await context.Database.ExecuteSqlRawAsync("CREATE TRIGGER broken BEFORE INSERT ON AuditEntries BEGIN SELECT RAISE(ABORT, 'no'); END");

        await Assert.ThrowsAnyAsync<Exception>(() => _database.ConfirmAsync(_cashier, intent));
        Assert.Empty(await _database.MessagesAsync());
        Assert.Equal(PaymentStatus.Pending, (await _database.HistoryAsync(_member)).Single().Status);

        // And the other way round: without its message there is no decision.
        await context.Database.ExecuteSqlRawAsync("DROP TRIGGER broken; CREATE TRIGGER broken BEFORE INSERT ON Messages BEGIN SELECT RAISE(ABORT, 'no'); END");
        await Assert.ThrowsAnyAsync<Exception>(() => _database.ConfirmAsync(_cashier, intent));
        Assert.Equal(PaymentStatus.Pending, (await _database.HistoryAsync(_member)).Single().Status);
    }

    [Fact]
    public async Task Decide_Whatever_TellsItWithItsReason()
    {
        await _database.RejectAsync(_cashier, await _database.StartAsync(_member, "2026-03"), "чек не читается");
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        await _database.RecordAsync(_cashier, MoneySetup.Cash(_member, 2000, _member.Of("2026-03")));
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        await _database.RefundAsync(_cashier, (await _database.HistoryAsync(_member)).First(row => row.Status == PaymentStatus.Confirmed));

        Assert.Equal(
            [(Cause.PaymentRejected, "чек не читается"), (Cause.PaymentConfirmed, null), (Cause.PaymentRefunded, "ошиблись месяцем")],
            (await _database.MessagesAsync()).Select(message => (message.Cause, NoticeFacts.Read(message.Facts).Reason)));
    }

    [Fact]
    public async Task Record_ForSeveralMembers_TellsEachOfTheirOwnMonthsAndThePayerOfAll()
    {
        var wife = await _database.AddAsync("Алиева Севда");
        await _database.GiveMailAsync(wife, "sevda@example.kz");
        await _database.RecordAsync(_cashier, MoneySetup.Cash(_member, 6000, [.. _member.Of("2026-03"), .. wife.Of("2026-03", "2026-04")]));

        var told = (await _database.MessagesAsync()).ToDictionary(message => message.MemberId, message => NoticeFacts.Read(message.Facts).Tenge);
        Assert.Equal((2, 6000L, 4000L), (told.Count, told[_member.MemberId!.Value], told[wife.MemberId!.Value]));
    }

    [Fact]
    public async Task Tell_WhoeverHasNoAddress_WritesNothing()
    {
        var other = await _database.AddAsync("Гасанов Рустам");
        await _database.ConfirmAsync(_cashier, await _database.StartAsync(other, "2026-03"));
        await _database.GiveMailAsync(other, "dead@example.kz");
        await _database.Get<IStore>().WriteAsync(work =>
        {
            var choice = new MemberContact(other.MemberId!.Value);
            choice.Bury("dead@example.kz");
            work.Outbox.Add(choice);
            return Task.FromResult(true);
        });
        await _database.ConfirmAsync(_cashier, await _database.StartAsync(other, "2026-04"));
        Assert.Empty(await _database.MessagesAsync());

        // Another address in its place is tried.
        await _database.GiveMailAsync(other, "alive@example.kz");
        await _database.ConfirmAsync(_cashier, await _database.StartAsync(other, "2026-05"));
        Assert.Single(await _database.MessagesAsync());
    }

    [Fact]
    public async Task Undo_BeforeItWent_WithdrawsTheMessageAndTheNextDecisionIsToldAnew()
    {
        var moderation = _database.Get<ModerationService>();
        var intent = await _database.StartAsync(_member, "2026-03");
        var decided = await moderation.ConfirmAsync(_cashier, intent);
        _database.Clock.Advance(TimeSpan.FromSeconds(5));
        await moderation.ReopenAsync(_cashier, intent, decided);
        await moderation.ConfirmAsync(_cashier, intent);

        Assert.Equal([MessageState.Withdrawn, MessageState.Waiting], (await _database.MessagesAsync()).Select(message => message.State));
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await _database.SendAsync(_ => Delivery.Taken));
    }

    [Fact]
    public async Task Write_TheSameMessageTwice_IsRefusedByTheDatabase()
    {
        var notice = new Notice(Cause.NewDevice, Guid.NewGuid(), _member.MemberId!.Value, _database.Now(), NoticeFacts.None);
        async Task TellAsync()
        {
            await using var context = _database.Context();
            context.Add(new Message(notice, Channel.Mail, "ru", _database.Now(), TimeSpan.Zero));
            await context.SaveChangesAsync();
        }

        await TellAsync();
        await Assert.ThrowsAsync<DbUpdateException>(TellAsync);
    }

    [Fact]
    public async Task Approve_ARegistration_TellsItAtTheAddressOfTheForm()
    {
        var admin = await _database.AddAdminAsync();
        var known = await _database.AddAsync("Керимов Анар", passwordHash: null);
        await using (var context = _database.Context())
        {
            var phone = (await context.Members.SingleAsync(member => member.Id == known.MemberId)).Phone.Value;
            await context.Database.ExecuteSqlAsync($"UPDATE Accounts SET PasswordHash = NULL WHERE Id = {known.MemberId}");
            var form = new Diaspora.Domain.Members.Accounts.RegisterForm { FullName = "Керимов Анар", Phone = phone, Email = "anar@example.kz" };
            context.Add(new Diaspora.Domain.Members.Accounts.RegistrationRequest(Diaspora.Domain.Members.Accounts.RegistrationTicket.New(), known.MemberId!.Value, form, "hash", "kk", "1", _database.Now()));
            await context.SaveChangesAsync();
        }

        var service = _database.Get<Diaspora.Domain.Members.Accounts.RegistrationService>();
        var waiting = (await service.WaitingAsync(admin)).Single();
        await service.ApproveAsync(admin, waiting.Id, new Diaspora.Domain.Members.Accounts.ApproveRegistrationForm { Code = await CodeAsync(waiting.Id) });

        var message = Assert.Single(await _database.MessagesAsync());
        Assert.Equal((Cause.RegistrationAccepted, known.MemberId!.Value, "kk"), (message.Cause, message.MemberId, message.Language));
    }

    private async Task<string> CodeAsync(Guid requestId)
    {
        await using var context = _database.Context();
        return (await context.Registrations.SingleAsync(request => request.Id == requestId)).Code;
    }
}
