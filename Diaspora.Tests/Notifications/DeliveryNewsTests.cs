using Diaspora.Domain.Notifications;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Diaspora.Tests.Notifications;

/// <summary>What providers say later: in any order and however often, a message ends as the same, and never goes back.</summary>
public sealed class DeliveryNewsTests : IAsyncLifetime
{
    private static readonly DateTime Start = new(2026, 3, 8, 7, 0, 0, DateTimeKind.Utc);

    private readonly TestDatabase _database = new();
    private Actor _member = null!;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _database.Get<OutboxRules>().Use([Channel.WhatsApp], TimeSpan.Zero);
        _member = await _database.AddAsync("Алиев Рашад");
        await _database.Get<ChannelConsentService>().AgreeAsync(_member, Channel.WhatsApp, new ConsentWords("1", "согласен"));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Note_NewsAsChanceShufflesAndRepeatsThem_EndsAsTheSame(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 500; round++)
        {
            List<DeliveryNews> news = [.. Enumerable.Range(0, 1 + random.Next(4)).Select(_ => new DeliveryNews("wamid", null, (DeliveryNewsKind)random.Next(1, 5), Start.AddMinutes(random.Next(1, 50)), "whatsapp code 1"))];
            var first = EndOf(news);
            var again = news.Concat(news.Where(_ => random.Next(2) == 0)).OrderBy(_ => random.Next()).ToList();
            Assert.Equal(first, EndOf(again));

            // Read says delivered, and delivered says that it arrived.
            Assert.True(first.ReadAt is null || first.DeliveredAt <= first.ReadAt);
            Assert.Equal(news.Any(one => one.Kind is DeliveryNewsKind.Delivered or DeliveryNewsKind.Read), first.DeliveredAt is not null);
            Assert.Equal(first.DeliveredAt is null && news.Any(one => one.Kind == DeliveryNewsKind.Failed) ? MessageState.Undelivered : MessageState.Sent, first.State);
        }
    }

    /// <summary>A provider's clock may be anything.</summary>
    [Theory]
    [InlineData(-60)]
    [InlineData(600)]
    public void Note_AMomentThatCannotBe_IsNow(int minutes)
    {
        var message = Sent();
        message.Note(new DeliveryNews("wamid", null, DeliveryNewsKind.Read, Start.AddMinutes(minutes)), Start.AddHours(1));
        Assert.Equal((Start.AddHours(1), Start.AddHours(1)), (message.ReadAt, message.DeliveredAt));
    }

    [Fact]
    public async Task Note_OfAMessageOfOurs_IsKeptAndOfAnotherIsCounted()
    {
        await SendAsync(Delivery.Taken with { ProviderId = "wamid.1", CostTiyn = 3125 });
        _database.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(["wamid.1"], await News.AwaitedAsync(Channel.WhatsApp, 10));
        Assert.Equal(1, await News.NoteAsync(Channel.WhatsApp, [Of("wamid.1", DeliveryNewsKind.Delivered), Of("wamid.2", DeliveryNewsKind.Read)]));
        Assert.Equal(1, await News.NoteAsync(Channel.Sms, [Of("wamid.1", DeliveryNewsKind.Read)]));

        var message = (await _database.MessagesAsync()).Single();
        Assert.Equal((MessageState.Sent, 3125L, true, false), (message.State, message.CostTiyn, message.DeliveredAt is not null, message.ReadAt is not null));
        Assert.Empty(await News.AwaitedAsync(Channel.WhatsApp, 10));
    }

    /// <summary>The answer was lost, or comes after the provider's own call: our id in the call says that it went.</summary>
    [Theory]
    [InlineData(DeliveryOutcome.Unsure)]
    [InlineData(DeliveryOutcome.Later)]
    [InlineData(DeliveryOutcome.Taken)]
    public async Task Note_BeforeOrInsteadOfTheAnswer_SaysThatItWentAndItGoesOnce(DeliveryOutcome outcome)
    {
        await TellAsync();
        await _database.Get<OutboxService>().SendAsync(async (message, _, cancel) =>
        {
            Assert.Equal(0, await News.NoteAsync(Channel.WhatsApp, [Of("wamid.1", DeliveryNewsKind.Delivered) with { MessageId = message.Id }], cancel));
            return new Delivery(outcome) { ProviderId = outcome == DeliveryOutcome.Taken ? "wamid.1" : null };
        });
        _database.Clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal(0, await _database.SendAsync(_ => Delivery.Taken));
        var message = (await _database.MessagesAsync()).Single();
        Assert.Equal((MessageState.Sent, "wamid.1", true), (message.State, message.ProviderId, message.DeliveredAt is not null));
    }

    [Fact]
    public async Task Note_AnUnsureOne_SaysThatItWent()
    {
        await SendAsync(new Delivery(DeliveryOutcome.Unsure, "whatsapp silent"));
        var id = (await _database.MessagesAsync()).Single().Id;
        await News.NoteAsync(Channel.WhatsApp, [Of("wamid.1", DeliveryNewsKind.Sent) with { MessageId = id }]);
        Assert.Equal((MessageState.Sent, null), (await _database.MessagesAsync()).Select(message => (message.State, message.Problem)).Single());
    }

    /// <summary>The number has no WhatsApp: nothing more is written there, until it is another number or its owner agrees again.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Send_ToANumberThatIsNone_WritesNoMoreToIt(bool isSaidLater)
    {
        var phone = await PhoneAsync();
        await SendAsync(isSaidLater ? Delivery.Taken with { ProviderId = "wamid.1" } : new Delivery(DeliveryOutcome.NoAddress, "whatsapp 131026") { DeadPhone = phone });
        if (isSaidLater)
        {
            await News.NoteAsync(Channel.WhatsApp, [Of("wamid.1", DeliveryNewsKind.Failed) with { DeadPhone = phone }]);
        }

        await TellAsync();
        Assert.Equal(isSaidLater ? MessageState.Undelivered : MessageState.NoAddress, (await _database.MessagesAsync()).Single().State);
        Assert.True((await _database.Get<ChannelConsentService>().ListAsync(_member)).Single().IsDead);

        await _database.Get<ChannelConsentService>().AgreeAsync(_member, Channel.WhatsApp, new ConsentWords("1", "согласен"));
        await TellAsync();
        Assert.Equal(2, (await _database.MessagesAsync()).Count);
    }

    [Fact]
    public async Task Send_WhileTheProviderIsDownForADay_IsGivenUpAndSaidSo()
    {
        await TellAsync();
        while (await _database.Get<OutboxService>().SendAsync((_, _, _) => Task.FromResult(new Delivery(DeliveryOutcome.Later, "whatsapp 503"))) is { } next)
        {
            _database.Clock.Advance(next - _database.Now());
        }

        Assert.Equal(MessageState.GivenUp, (await _database.MessagesAsync()).Single().State);
        Assert.Equal(1, await _database.Get<OutboxService>().GivenUpAsync());
    }

    private static (MessageState State, DateTime? DeliveredAt, DateTime? ReadAt) EndOf(IEnumerable<DeliveryNews> news)
    {
        var message = Sent();
        foreach (var one in news)
        {
            message.Note(one, Start.AddHours(1));
        }

        return (message.State, message.DeliveredAt, message.ReadAt);
    }

    private static Message Sent()
    {
        var message = new Message(new Notice(Cause.NewDevice, Guid.NewGuid(), Guid.NewGuid(), Start, NoticeFacts.None), Channel.WhatsApp, "ru", Start, TimeSpan.Zero);
        message.Claim(Start);
        message.Finish(Delivery.Taken with { ProviderId = "wamid" }, Start);
        return message;
    }

    private DeliveryNewsService News => _database.Get<DeliveryNewsService>();

    private DeliveryNews Of(string number, DeliveryNewsKind kind) => new(number, null, kind, _database.Now(), "whatsapp code 131026");

    private async Task<string> PhoneAsync()
    {
        await using var context = _database.Context();
        return (await context.Members.SingleAsync(member => member.Id == _member.MemberId)).Phone.Value;
    }

    private async Task SendAsync(Delivery delivery)
    {
        await TellAsync();
        Assert.Equal(1, await _database.SendAsync(_ => delivery));
    }

    private Task TellAsync() => _database.Get<IStore>().WriteAsync(work =>
    {
        work.Outbox.Tell(new Notice(Cause.NewDevice, Guid.NewGuid(), _member.MemberId!.Value, _database.Now(), NoticeFacts.None));
        return Task.FromResult(true);
    });
}
