using Diaspora.Domain.Access;
using Diaspora.Domain.Backups;
using Diaspora.Domain.Import;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Backups;
using Diaspora.Tests.Members.Import;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;

namespace Diaspora.Tests.Notifications;

/// <summary>What staff are told of their work: once a day, by day, to whoever can do something about it, and only while it is so.</summary>
public sealed class StaffNoticesTests : IAsyncLifetime
{
    private const int Hours = 24;

    private readonly TestDatabase _database = new();
    private Actor _admin = null!;
    private Actor _cashier = null!;
    private Actor _member = null!;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _database.Get<OutboxRules>().Use([Channel.Mail], TimeSpan.Zero);
        _admin = await _database.AddAdminAsync();
        _cashier = await _database.AddCashierAsync();
        _member = await _database.AddAsync("Алиев Рашад");
        var editor = await _database.AddAsync("Айгүл Смағұлова", Role.Editor, joinedOn: null);
        foreach (var (actor, mail) in (IEnumerable<(Actor, string)>)[(_admin, "nigar"), (_cashier, "leyla"), (_member, "rashad"), (editor, "aygul")])
        {
            await _database.GiveMailAsync(actor, $"{mail}@example.kz");
        }
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Claims_ThatWaitTooLong_AreToldToCashiersAndAdminsOnceADay()
    {
        var since = _database.Now();
        await ClaimAsync("2026-03");
        _database.Clock.Advance(TimeSpan.FromHours(1));
        await ClaimAsync("2026-04");
        _database.Clock.Advance(TimeSpan.FromHours(22.9));
        Assert.Equal(0, await TellAsync());
        _database.Clock.Advance(TimeSpan.FromHours(0.1));

        Assert.Equal(2, await TellAsync());
        Assert.Equal(0, await TellAsync());
        var told = await ToldAsync(Cause.ClaimsWaiting);
        Assert.Equal(Ids(_admin, _cashier), told.Select(message => message.MemberId).Order());
        Assert.All(told, message => Assert.Equal((1, Hours, since), (NoticeFacts.Read(message.Facts).Count, NoticeFacts.Read(message.Facts).Hours, NoticeFacts.Read(message.Facts).Since)));

        _database.Clock.Advance(TimeSpan.FromHours(8));
        Assert.Equal(0, await TellAsync());
        _database.Clock.Advance(TimeSpan.FromHours(16));
        Assert.Equal(2, await TellAsync());
        Assert.Equal([1, 1, 2, 2], (await ToldAsync(Cause.ClaimsWaiting)).Select(message => NoticeFacts.Read(message.Facts).Count));
    }

    [Fact]
    public async Task Claims_AtNight_WaitForTheMorning()
    {
        await ClaimAsync("2026-03");
        _database.Clock.SetUtcNow(TestDatabase.Noon(2026, 3, 9).AddHours(9));
        Assert.Equal(0, await TellAsync());
        _database.Clock.Advance(TimeSpan.FromHours(11.9));
        Assert.Equal(0, await TellAsync());
        _database.Clock.Advance(TimeSpan.FromHours(0.1));
        Assert.Equal(2, await TellAsync());
    }

    [Fact]
    public async Task Claims_BySeveralPortalsAtOnce_AreToldOnce()
    {
        await ClaimAsync("2026-03");
        _database.Clock.Advance(TimeSpan.FromHours(Hours));
        var other = await _database.AnotherAsync();
        other.Get<OutboxRules>().Use([Channel.Mail], TimeSpan.Zero);
        await Task.WhenAll(((TestDatabase[])[_database, other]).Select(portal => portal.Get<ClaimsDigestService>().TellAsync(Hours)));
        Assert.Equal(2, (await ToldAsync(Cause.ClaimsWaiting)).Count);
    }

    [Theory]
    [InlineData("decided", 0)]
    [InlineData("one of two decided", 2)]
    [InlineData("night", 0)]
    public async Task Claims_DecidedBeforeItWent_AreNotToldOf(string what, int sent)
    {
        var intent = await ClaimAsync("2026-03");
        if (what.StartsWith("one", StringComparison.Ordinal))
        {
            await ClaimAsync("2026-04");
        }

        _database.Clock.Advance(TimeSpan.FromHours(Hours));
        await TellAsync();
        _database.Get<OutboxRules>().Use([], TimeSpan.Zero);
        if (what == "night")
        {
            _database.Clock.Advance(TimeSpan.FromHours(10));
        }
        else
        {
            await _database.ConfirmAsync(_cashier, intent);
        }

        Assert.Equal(sent, await _database.SendAsync(_ => Delivery.Taken));
        Assert.All(await ToldAsync(Cause.ClaimsWaiting), message => Assert.Equal(sent == 0 ? MessageState.Withdrawn : MessageState.Sent, message.State));
    }

    [Fact]
    public async Task Claims_OfWhoeverOnlyBeganToPay_WaitForNobody()
    {
        await _database.StartAsync(_member, "2026-03");
        _database.Clock.Advance(TimeSpan.FromHours(Hours));
        Assert.Equal(0, await TellAsync());
    }

    [Fact]
    public async Task Claims_ABlockedCashier_IsNotTold()
    {
        await _database.Get<Domain.Members.MemberService>().BlockAsync(_admin, _cashier.MemberId!.Value, new Domain.Members.BlockMemberForm { Reason = "уволился" });
        await ClaimAsync("2026-03");
        _database.Clock.Advance(TimeSpan.FromHours(Hours));
        Assert.Equal(1, await TellAsync());
    }

    [Fact]
    public async Task Backups_ThatAreMissing_AreToldToAdminsOnceADayWhileItIsSo()
    {
        var service = _database.Get<BackupNoticeService>();
        Assert.Equal(0, await service.TellAsync());
        await _database.RememberAsync(TimeSpan.FromHours(30), _database.FailedRun("The disk is full."));
        Assert.Equal(1, await service.TellAsync());
        Assert.Equal(0, await service.TellAsync());

        var message = Assert.Single(await ToldAsync(Cause.BackupMissing));
        Assert.Equal((_admin.MemberId!.Value, "Never,Failed", null), (message.MemberId, NoticeFacts.Read(message.Facts).Reason, NoticeFacts.Read(message.Facts).Since));

        _database.Clock.Advance(TimeSpan.FromHours(12));
        Assert.Equal(0, await service.TellAsync());
        _database.Clock.Advance(TimeSpan.FromHours(12));
        Assert.Equal(1, await service.TellAsync());

        // Made meanwhile: nobody has to look any more.
        await _database.Archives().CreateAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await _database.SendAsync(_ => Delivery.Taken));
        Assert.All(await ToldAsync(Cause.BackupMissing), each => Assert.Equal(MessageState.Withdrawn, each.State));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(20, 1)]
    public async Task Import_ThatTookLong_IsToldToWhoeverBeganIt(int seconds, int told)
    {
        var id = await _database.StageAsync(_admin, Workbooks.OfTheAssociation());
        _database.Clock.AutoAdvanceAmount = TimeSpan.FromSeconds(seconds);
        await _database.Get<ImportService>().BookAsync(_admin, id, new ImportChoice());
        _database.Clock.AutoAdvanceAmount = TimeSpan.Zero;
        await _database.Get<ImportService>().BookAsync(_admin, id, new ImportChoice());

        var messages = await ToldAsync(Cause.ImportFinished);
        Assert.Equal(told, messages.Count);
        Assert.All(messages, message =>
        {
            var imported = NoticeFacts.Read(message.Facts).Imported!;
            Assert.Equal((_admin.MemberId!.Value, id, 295, 0, 5), (message.MemberId, message.AboutId, imported.Added, imported.Changed, imported.Left));
            Assert.EndsWith(".xlsx", imported.File, StringComparison.Ordinal);
        });
    }

    private static IEnumerable<Guid> Ids(params Actor[] actors) => actors.Select(actor => actor.MemberId!.Value).Order();

    private Task<int> TellAsync() => _database.Get<ClaimsDigestService>().TellAsync(Hours);

    private async Task<IReadOnlyList<Message>> ToldAsync(Cause cause) => [.. (await _database.MessagesAsync()).Where(message => message.Cause == cause)];

    private async Task<Guid> ClaimAsync(string month)
    {
        var intent = await _database.StartAsync(_member, month);
        await _database.Get<PaymentService>().ClaimAsync(_member, intent);
        return intent;
    }
}
