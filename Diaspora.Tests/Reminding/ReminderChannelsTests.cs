using Diaspora.Domain.Notifications;
using Diaspora.Domain.Reminding;
using Diaspora.Tests.Notifications;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Diaspora.Tests.Reminding;

/// <summary>By which channel a reminder goes, by which the next, and what all of them may cost.</summary>
public sealed class ReminderChannelsTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private Actor _admin = null!;
    private Actor _member = null!;

    private ReminderService Reminders => _database.Get<ReminderService>();

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _admin = await _database.AddAdminAsync();
        _member = await _database.AddAsync("Алиев Рашад");

        // Noon of the deadline.
        _database.Clock.SetUtcNow(TestDatabase.Noon(2026, 3, 10));
        await Reminders.StartAsync(_admin);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>By the first channel they have; whoever has not read it by the next day and has not paid, by the next.</summary>
    [Theory]
    [InlineData("nothing", 1)]
    [InlineData("read", 0)]
    [InlineData("paid", 0)]
    [InlineData("said stop", 0)]
    [InlineData("no more to spend", 0)]
    public async Task Repeat_ADayAfterAnUnreadOne_GoesByTheNextChannelUnless(string what, int count)
    {
        _database.Get<OutboxRules>().Use([Channel.Mail, Channel.Sms], TimeSpan.Zero, (_, _, _, _, _) => 1850);
        await _database.GiveMailAsync(_member, "rashad@example.kz");
        await _database.Get<ChannelConsentService>().AgreeAsync(_member, Channel.Sms, new ConsentWords("1", "согласен"));
        await ChangeAsync("0", what == "no more to spend" ? "18" : "19");
        await RunAsync();
        await SendRemindersAsync();
        Assert.Equal(0, await RepeatAsync());
        await (what switch
        {
            "read" => ReadAsync(),
            "paid" => _database.RecordAsync(_admin, MoneySetup.Cash(_member, 2000, _member.Of("2026-03"))),
            "said stop" => Reminders.ChooseAsync(_member, isWanted: false),
            _ => Task.CompletedTask,
        });
        var forecast = await Reminders.ForecastAsync(_admin);
        Assert.Equal((count, count * 1850L), forecast.Day == forecast.Tomorrow ? (forecast.Count, forecast.CostTiyn) : (0, 0L));

        _database.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal(count, await RepeatAsync());
        Assert.Equal(0, await RepeatAsync());
        Assert.Equal(count, await SendRemindersAsync());
        Assert.Equal(((Channel[])[Channel.Mail, Channel.Sms]).Take(1 + count), (await _database.MessagesAsync()).Where(message => message.Cause == Cause.Reminder).Select(message => message.Channel));

        // There is no third one, and not by the same again.
        _database.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(0, await RepeatAsync());
        Assert.Equal(count * 1850L, (await Reminders.DetailsAsync(_admin)).SpentTiyn);
    }

    /// <summary>A ceiling for one of two: who comes first gets it, and the other is written to by hand.</summary>
    [Fact]
    public async Task Run_WithLessToSpendThanItWouldCost_StopsAtTheCeilingAndSaysWhoIsLeft()
    {
        _database.Get<OutboxRules>().Use([Channel.Sms], TimeSpan.Zero, (_, _, _, _, _) => 1850);
        var other = await _database.AddAsync("Гасанов Рустам");
        foreach (var member in (Actor[])[_member, other])
        {
            await _database.Get<ChannelConsentService>().AgreeAsync(member, Channel.Sms, new ConsentWords("1", "согласен"));
        }

        await ChangeAsync("0", "20");
        Assert.Equal(1, await RunAsync());
        Assert.Equal(0, await RunAsync());
        Assert.Equal(1, await SendRemindersAsync());

        await ChangeAsync("1", "20");
        var forecast = await Reminders.ForecastAsync(_admin);
        Assert.Equal((0, 2, true), (forecast.Count, forecast.Unreachable, forecast.ByHand.All(row => row.IsTooDear)));
        Assert.Equal(1850, Assert.Single((await Reminders.DetailsAsync(_admin)).Sent).CostTiyn);
    }

    private Task<int> RepeatAsync() => _database.Get<RemindingService>().RepeatAsync(default);

    private async Task ReadAsync()
    {
        await using var context = _database.Context();
        await context.Set<Message>().ExecuteUpdateAsync(set => set.SetProperty(message => message.ReadAt, _database.Now()), TestContext.Current.CancellationToken);
    }

    private Task<int> RunAsync() => _database.Get<RemindingService>().RunAsync();

    /// <returns>How many reminders were given to whoever carries them.</returns>
    private async Task<int> SendRemindersAsync()
    {
        var count = 0;
        await _database.SendAsync(message =>
        {
            count += message.Cause == Cause.Reminder ? 1 : 0;
            return Delivery.Taken with { CostTiyn = message.CostTiyn };
        });
        return count;
    }

    private async Task ChangeAsync(string days, string ceiling, string order = "Mail, WhatsApp, Sms")
    {
        var form = (await Reminders.DetailsAsync(_admin)).ToForm();
        (form.Days, form.Ceiling, form.Order) = (days, ceiling, order);
        await Reminders.EditAsync(_admin, form);
    }

    /// <summary>What an admin put first stays first, what they did not name stands by what it is worth, and nothing that costs before what does not.</summary>
    [Theory]
    [InlineData("", "Push, Telegram, Mail, WhatsApp, Sms")]
    [InlineData("Mail", "Mail, Push, Telegram, WhatsApp, Sms")]
    [InlineData("Sms, Mail", "Push, Telegram, Sms, Mail, WhatsApp")]
    [InlineData("Mail, Mail", null)]
    [InlineData("Mail, 4", null)]
    [InlineData("Mail, Pigeon", null)]
    public void Order_OfChannels_NamesEachOnce(string said, string? whole) =>
        Assert.Equal(whole, ReminderOrder.Read(said) is { } order ? ReminderOrder.Write(ReminderOrder.Whole(order)) : null);
}
