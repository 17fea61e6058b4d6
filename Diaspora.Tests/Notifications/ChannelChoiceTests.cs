using Diaspora.Domain.Notifications;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Reminding;
using Diaspora.Tests.Storage;
using Xunit;

namespace Diaspora.Tests.Notifications;

/// <summary>A member is told where they want to be, and of what they have to know in any case.</summary>
public sealed class ChannelChoiceTests : IAsyncLifetime
{
    private const long Chat = 77_000_000_001;
    private readonly TestDatabase _database = new();
    private Actor _member = null!;

    private ContactService Contacts => _database.Get<ContactService>();

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _database.Get<OutboxRules>().Use([Channel.Mail, Channel.Telegram], TimeSpan.Zero);
        _member = await _database.AddAsync("Алиев Рашад");
        await _database.GiveMailAsync(_member, "rashad@example.kz");
        var links = _database.Get<TelegramLinkService>();
        await links.LinkAsync(Chat, await links.BeginAsync(_member));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <param name="has">By what they can be reached: m, p, t, s.</param>
    /// <param name="not">What they switched off.</param>
    /// <param name="goes">By what it goes.</param>
    [Theory]
    [InlineData(Cause.PaymentConfirmed, "mpt", "", "mpt")]
    [InlineData(Cause.PaymentConfirmed, "mpt", "m", "pt")]
    [InlineData(Cause.PaymentConfirmed, "mpt", "mp", "t")]
    [InlineData(Cause.PaymentConfirmed, "mpt", "mpt", "mp")]
    [InlineData(Cause.PaymentConfirmed, "m", "m", "m")]
    [InlineData(Cause.PaymentRejected, "mt", "mt", "m")]
    [InlineData(Cause.PaymentRefunded, "t", "t", "")]
    [InlineData(Cause.NewDevice, "mpt", "mpt", "mp")]
    [InlineData(Cause.NewDevice, "mpt", "mp", "mpt")]
    [InlineData(Cause.Reminder, "mpt", "", "mpt")]
    [InlineData(Cause.Reminder, "mpt", "mt", "p")]
    [InlineData(Cause.Reminder, "m", "m", "")]
    [InlineData(Cause.Trial, "mt", "mt", "mt")]
    [InlineData(Cause.PaymentConfirmed, "ms", "m", "ms")]
    [InlineData(Cause.PaymentConfirmed, "s", "", "s")]
    [InlineData(Cause.ClaimsWaiting, "ms", "m", "m")]
    [InlineData(Cause.PaymentConfirmed, "", "", "")]
    public void Choose_AmongWays_IsOneTable(Cause cause, string has, string not, string goes)
    {
        var contact = new MemberContact(Guid.NewGuid());
        foreach (var channel in Of(not))
        {
            contact.Want(channel, isWanted: false);
        }

        Assert.Equal(Of(goes), MessageWays.For(cause, Of(has), contact.Silenced));
    }

    [Fact]
    public async Task Choose_NoLetters_SendsWhatIsToldByTheOtherWayAndIsInTheLog()
    {
        Assert.Equal([new(Channel.Mail, true), new(Channel.Telegram, true)], await Contacts.ChannelsAsync(_member));
        await Contacts.ChooseAsync(_member, Channel.Mail, isWanted: false);
        await Contacts.ChooseAsync(_member, Channel.Mail, isWanted: false);
        Assert.Equal([new(Channel.Mail, false), new(Channel.Telegram, true)], await Contacts.ChannelsAsync(_member));
        Assert.Contains(new ContactChanged(_member.MemberId!.Value), _database.Feed.Changes);

        await TellAsync(Cause.PaymentConfirmed);
        Assert.Equal([Channel.Telegram], (await _database.MessagesAsync()).Select(message => message.Channel));
        await using var context = _database.Context();
        Assert.Equal("""{"channel":"Mail","wanted":false}""", Assert.Single(context.AuditEntries.Where(entry => entry.Action == AuditAction.ChannelsChosen)).AfterJson);

        await Contacts.ChooseAsync(_member, Channel.Telegram, isWanted: false);
        await TellAsync(Cause.PaymentRejected);
        Assert.Equal(Channel.Mail, (await _database.MessagesAsync()).Single(message => message.Cause == Cause.PaymentRejected).Channel);
    }

    [Fact]
    public async Task Choose_WhileAReminderWaits_IsObeyedBeforeItGoes()
    {
        _database.Clock.SetUtcNow(TestDatabase.Noon(2026, 3, 10));
        await _database.Get<ReminderService>().StartAsync(await _database.AddAdminAsync());
        Assert.Equal(1, await _database.Get<RemindingService>().RunAsync());
        var waiting = Assert.Single(await _database.MessagesAsync()).Channel;

        await Contacts.ChooseAsync(_member, waiting, isWanted: false);
        List<Channel> carried = [];
        await _database.SendAsync(message =>
        {
            carried.Add(message.Channel);
            return Delivery.Taken;
        });
        Assert.Equal((Channel.Telegram, 0), (waiting, carried.Count));
        Assert.Equal(MessageState.Withdrawn, Assert.Single(await _database.MessagesAsync()).State);
    }

    /// <summary>Letters take hours to go: who connects a better channel meanwhile gets what waits all the same.</summary>
    [Fact]
    public async Task Connect_ABetterChannelWhileAReminderWaits_WithdrawsNothing()
    {
        var links = _database.Get<TelegramLinkService>();
        await links.UnlinkAsync(_member);
        _database.Clock.SetUtcNow(TestDatabase.Noon(2026, 3, 10));
        await _database.Get<ReminderService>().StartAsync(await _database.AddAdminAsync());
        await _database.Get<RemindingService>().RunAsync();
        await links.LinkAsync(Chat, await links.BeginAsync(_member));

        List<Channel> carried = [];
        await _database.SendAsync(message =>
        {
            carried.Add(message.Channel);
            return Delivery.Taken;
        });
        Assert.Equal([Channel.Mail], carried);
    }

    /// <summary>Whoever wants none is written to by nobody, and a cashier sees it.</summary>
    [Fact]
    public async Task Choose_NoChannelAtAll_LeavesTheReminderToTheCashier()
    {
        _database.Clock.SetUtcNow(TestDatabase.Noon(2026, 3, 9));
        var admin = await _database.AddAdminAsync();
        await Contacts.ChooseAsync(_member, Channel.Mail, isWanted: false);
        await Contacts.ChooseAsync(_member, Channel.Telegram, isWanted: false);
        var forecast = await _database.Get<ReminderService>().ForecastAsync(admin);
        Assert.Equal((0, 1), (forecast.Count, forecast.Unreachable));
    }

    [Fact]
    public async Task Show_OnesOwnData_HoldsTheChoiceAndTheChat()
    {
        await Contacts.ChooseAsync(_member, Channel.Mail, isWanted: false);
        var contact = (await _database.Get<OwnDataService>().DataAsync(_member)).Contact;
        Assert.Equal(("Mail", Chat, _database.Now()), (string.Join(' ', contact.Unwanted), contact.TelegramChat, contact.TelegramSince));
    }

    private static List<Channel> Of(string letters) => [.. letters.Select(letter => letter switch { 'm' => Channel.Mail, 'p' => Channel.Push, 's' => Channel.Sms, _ => Channel.Telegram })];

    private Task TellAsync(Cause cause) => _database.Get<IStore>().WriteAsync(work =>
    {
        work.Outbox.Tell(new Notice(cause, Guid.NewGuid(), _member.MemberId!.Value, _database.Now(), new NoticeFacts([new Period(2026, 3)], 2000)));
        return Task.FromResult(true);
    });
}
