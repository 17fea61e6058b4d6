using Diaspora.Domain.Notifications;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Diaspora.Tests.Notifications;

/// <summary>What becomes of a message: it goes once, waits longer after each fault, is given up after a day, and is never sent twice.</summary>
public sealed class SendingTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private Actor _member = null!;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _database.Get<OutboxRules>().Use([Channel.Mail], TimeSpan.Zero);
        _member = await _database.AddAsync("Алиев Рашад");
        await _database.GiveMailAsync(_member, "rashad@example.kz");
        await TellAsync();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Send_WhatWaits_IsOnItsWayInTheDatabaseBeforeItIsCarriedAndGoesOnce()
    {
        MessageState? seen = null;
        await _database.Get<OutboxService>().SendAsync(async (message, to, _) =>
        {
            seen = (await _database.MessagesAsync()).Single().State;
            Assert.Equal(("Алиев Рашад", "rashad@example.kz"), (to.FullName, to.Email));
            return Delivery.Taken;
        });

        Assert.Equal(MessageState.Sending, seen);
        Assert.Equal((MessageState.Sent, 1), await StateAsync());
        Assert.Equal(0, await _database.SendAsync(_ => Delivery.Taken));
    }

    [Fact]
    public async Task Send_FailingForADay_WaitsLongerEachTimeAndIsThenGivenUpAndCounted()
    {
        var began = _database.Now();
        List<double> pauses = [];
        while ((await _database.Get<OutboxService>().SendAsync((_, _, _) => Task.FromResult(new Delivery(DeliveryOutcome.Later, "smtp 451")))) is { } next)
        {
            pauses.Add((next - _database.Now()).TotalMinutes);
            _database.Clock.Advance(next - _database.Now());
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 240], pauses.Take(9));
        Assert.Equal((MessageState.GivenUp, pauses.Count + 1), await StateAsync());
        Assert.InRange(_database.Now() - began, TimeSpan.FromHours(20), Message.Patience);
        Assert.Equal(1, await _database.Get<OutboxService>().GivenUpAsync());
    }

    [Fact]
    public async Task Send_ToWhoeverWantsToBeLeftAlone_WaitsAsLongAsTheySay()
    {
        var next = await _database.Get<OutboxService>().SendAsync((_, _, _) => Task.FromResult(new Delivery(DeliveryOutcome.Later, "http 429", TimeSpan.FromMinutes(17))));
        Assert.Equal(_database.Now() + TimeSpan.FromMinutes(17), next);
        Assert.Equal(0, await _database.SendAsync(_ => Delivery.Taken));
        _database.Clock.Advance(TimeSpan.FromMinutes(17));
        Assert.Equal(1, await _database.SendAsync(_ => Delivery.Taken));
    }

    [Fact]
    public async Task Send_WhenThePortalEndsOverIt_IsSaidToBeUnsureAndNotSentAgain()
    {
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _database.Get<OutboxService>().SendAsync((_, _, _) => throw new OperationCanceledException(), stop.Token));
        Assert.Equal((MessageState.Sending, 1), await StateAsync());

        var next = await _database.AnotherAsync();
        Assert.Equal(1, await next.Get<OutboxService>().RecoverAsync());
        Assert.Equal((MessageState.Unsure, 1), await StateAsync());
        Assert.Equal(0, await next.SendAsync(_ => Delivery.Taken));
    }

    [Fact]
    public async Task Send_ToAnAddressThatIsNone_MarksItAndWritesNoMoreToIt()
    {
        await _database.SendAsync(_ => new Delivery(DeliveryOutcome.NoAddress, "smtp 550") { DeadMail = "rashad@example.kz" });
        Assert.Equal((MessageState.NoAddress, 1), await StateAsync());

        await TellAsync();
        Assert.Single(await _database.MessagesAsync());
    }

    [Fact]
    public async Task Claim_ByTwoPortalsAtOnce_IsOnesAlone()
    {
        var other = await _database.AnotherAsync();
        var carried = 0;
        await Task.WhenAll(((TestDatabase[])[_database, other]).Select(portal => portal.Get<OutboxService>().SendAsync((_, _, _) =>
        {
            Interlocked.Increment(ref carried);
            return Task.FromResult(Delivery.Taken);
        })));
        Assert.Equal(1, carried);
    }

    [Fact]
    public async Task Forget_WhatWentLongAgo_EmptiesItAndKeepsThatItWent()
    {
        await _database.SendAsync(_ => Delivery.Taken);
        _database.Clock.Advance(TimeSpan.FromDays(91));
        Assert.Equal(1, await _database.Get<OutboxService>().ForgetAsync(90));
        var message = (await _database.MessagesAsync()).Single();
        Assert.Equal(("", MessageState.Sent), (message.Facts, message.State));
        Assert.Equal(NoticeFacts.None, NoticeFacts.Read(message.Facts));
    }

    private async Task<(MessageState, int)> StateAsync() => (await _database.MessagesAsync()).Select(message => (message.State, message.Attempts)).Single();

    private Task TellAsync() => _database.Get<IStore>().WriteAsync(work =>
    {
        work.Outbox.Tell(new Notice(Cause.NewDevice, Guid.NewGuid(), _member.MemberId!.Value, _database.Now(), new NoticeFacts(Device: "Chrome/130 Android")));
        return Task.FromResult(true);
    });
}
