using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Reminding;
using Diaspora.Tests.Notifications;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Xunit;

namespace Diaspora.Tests.Reminding;

/// <summary>The plan at work: reminders are written once, go only to who owes at that minute, and stop at a press.</summary>
public sealed class RemindingTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private Actor _admin = null!;
    private Actor _member = null!;

    private ReminderService Reminders => _database.Get<ReminderService>();

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _database.Get<OutboxRules>().Use([Channel.Mail], TimeSpan.Zero);
        _admin = await _database.AddAdminAsync();
        _member = await _database.AddAsync("Алиев Рашад");
        await _database.GiveMailAsync(_member, "rashad@example.kz");

        // Noon of the deadline.
        _database.Clock.SetUtcNow(TestDatabase.Noon(2026, 3, 10));
        await Reminders.StartAsync(_admin);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Run_OnADayOfThePlan_WritesOnceWhateverHappensAndSendsIt()
    {
        Assert.Equal(1, await RunAsync());
        Assert.Equal(0, await RunAsync());
        var message = Assert.Single(await _database.MessagesAsync());
        Assert.Equal((Cause.Reminder, _member.MemberId!.Value, new ReminderKey(new Period(2026, 3), 0)), (message.Cause, message.MemberId, ReminderKey.Of(message)));
        Assert.Equal(("2026-03", 2000L), (string.Join(' ', NoticeFacts.Read(message.Facts).Months!), NoticeFacts.Read(message.Facts).Tenge));

        Assert.Equal(1, await _database.SendAsync(_ => Delivery.Taken));
        Assert.Equal(0, await RunAsync());

        // Not the same one again when the deadline moves to a later day.
        _database.Settings.Use(new Domain.Settings.SettingsSnapshot(_database.Rules with { DeadlineDay = 12 }) { StoredAt = _database.Now() });
        _database.Clock.SetUtcNow(TestDatabase.Noon(2026, 3, 12));
        Assert.Equal(0, await RunAsync());
    }

    [Fact]
    public async Task Run_BySeveralPortalsAtOnce_WritesToEachOnce()
    {
        var others = await Task.WhenAll(_database.AnotherAsync(), _database.AnotherAsync());
        foreach (var other in others)
        {
            other.Get<OutboxRules>().Use([Channel.Mail], TimeSpan.Zero);
        }

        await Task.WhenAll(others.Append(_database).Select(portal => portal.Get<RemindingService>().RunAsync()));
        Assert.Single(await _database.MessagesAsync());
    }

    [Theory]
    [InlineData("said that it is paid")]
    [InlineData("paid in cash")]
    [InlineData("exempt")]
    [InlineData("suspended")]
    [InlineData("blocked")]
    [InlineData("said stop")]
    [InlineData("stopped for all")]
    [InlineData("the evening")]
    [InlineData("the day taken out of the plan")]
    public async Task Send_InTheMinuteAfterSomethingStopsIt_SendsNothing(string what)
    {
        await RunAsync();
        var month = new MonthIntervalForm { From = new Period(2026, 3), Reason = "решение совета" };
        var id = _member.MemberId!.Value;
        _database.Clock.Advance(TimeSpan.FromSeconds(30));
        await (what switch
        {
            "said that it is paid" => ClaimAsync(),
            "paid in cash" => _database.RecordAsync(_admin, MoneySetup.Cash(_member, 2000, _member.Of("2026-03"))),
            "exempt" => _database.Get<OwedMonthsService>().ExemptAsync(_admin, id, month),
            "suspended" => _database.Get<OwedMonthsService>().SuspendAsync(_admin, id, month),
            "blocked" => _database.Get<MemberService>().BlockAsync(_admin, id, new BlockMemberForm { Reason = "спам" }),
            "said stop" => Reminders.ChooseAsync(_member, isWanted: false),
            "stopped for all" => Reminders.StopAsync(_admin),
            "the evening" => EveningAsync(),
            _ => ChangeAsync("5"),
        });
        _database.Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(0, await SendRemindersAsync());
        Assert.Equal(MessageState.Withdrawn, (await _database.MessagesAsync()).First(message => message.Cause == Cause.Reminder).State);
    }

    [Fact]
    public async Task Stop_WhatWaits_IsWithdrawnInTheSameCommit()
    {
        await RunAsync();
        await Reminders.StopAsync(_admin);
        Assert.Equal(MessageState.Withdrawn, Assert.Single(await _database.MessagesAsync()).State);
        Assert.False((await Reminders.DetailsAsync(_admin)).IsOn);
        Assert.Equal(0, await RunAsync());
    }

    [Fact]
    public async Task Run_WhileSomebodyStopsIt_WritesNoMoreThanItHad()
    {
        const int Members = 230;
        foreach (var count in Enumerable.Range(0, Members))
        {
            var member = await _database.AddAsync("Гасанов Рустам");
            await _database.GiveMailAsync(member, $"rustam{count}@example.kz");
        }

        _database.Feed.Published = change =>
        {
            if (change is OutboxFilled)
            {
                _database.Feed.Published = null;
                Task.Run(() => Reminders.StopAsync(_admin)).GetAwaiter().GetResult();
            }
        };
        var written = await RunAsync();
        Assert.InRange(written, 1, Members - 1);
        Assert.Equal(written, (await _database.MessagesAsync()).Count);
        Assert.All(await _database.MessagesAsync(), message => Assert.Equal(MessageState.Withdrawn, message.State));
    }

    [Fact]
    public async Task Run_OverMidnight_WritesNothingAtNightAndTheNextReminderOnItsDay()
    {
        _database.Clock.SetUtcNow(TestDatabase.Noon(2026, 3, 14).AddHours(11.9));
        Assert.Equal(0, await RunAsync());
        _database.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(0, await RunAsync());
        _database.Clock.Advance(TimeSpan.FromHours(9));
        Assert.Equal(1, await RunAsync());
        Assert.Equal(5, ReminderKey.Of((await _database.MessagesAsync()).Single()).Day);
    }

    [Fact]
    public async Task Forecast_BeforeAnything_NamesWhoGetsWhatAndWhoHasNoAddressAndSendsNothing()
    {
        await _database.AddAsync("Гасанов Рустам");
        await Reminders.StopAsync(_admin);
        _database.Clock.SetUtcNow(TestDatabase.Noon(2026, 3, 14));

        var forecast = await Reminders.ForecastAsync(_admin);
        Assert.Equal((new DateOnly(2026, 3, 15), new DateOnly(2026, 3, 15), 1, 1), (forecast.Tomorrow, forecast.Day, forecast.Count, forecast.Unreachable));
        var row = Assert.Single(forecast.Rows);
        Assert.Equal(("Алиев Рашад", "ru", 2000L), (row.FullName, row.Language, row.Sum.Tenge));
        Assert.Equal("Гасанов Рустам", Assert.Single(forecast.ByHand).FullName);
        Assert.Empty(await _database.MessagesAsync());

        // And it happens so. Whoever has no address is written nothing.
        await Reminders.StartAsync(_admin);
        _database.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await RunAsync());

        // The day after is none of the plan: the next one is told.
        Assert.Equal(new DateOnly(2026, 4, 7), (await Reminders.ForecastAsync(_admin)).Day);
    }

    [Fact]
    public async Task Sent_WithItsEffect_CountsWhoPaidWithinThreeDays()
    {
        var late = await _database.AddAsync("Гасанов Рустам");
        await _database.GiveMailAsync(late, "rustam@example.kz");
        await RunAsync();
        await SendRemindersAsync();
        _database.Clock.Advance(TimeSpan.FromDays(2));
        await _database.RecordAsync(_admin, MoneySetup.Cash(_member, 2000, _member.Of("2026-03")));
        _database.Clock.Advance(TimeSpan.FromDays(2));
        await _database.RecordAsync(_admin, MoneySetup.Cash(late, 2000, late.Of("2026-03")));

        var sent = Assert.Single((await Reminders.DetailsAsync(_admin)).Sent);
        Assert.Equal((new ReminderKey(new Period(2026, 3), 0), 2, 0, 0, 2, 1), (sent.Key, sent.Sent, sent.Waiting, sent.Withdrawn, sent.Reached, sent.Paid));
    }

    [Fact]
    public async Task Choose_NoReminders_IsKeptAndCanBeTakenBack()
    {
        await Reminders.ChooseAsync(_member, isWanted: false);
        await Reminders.ChooseAsync(_member, isWanted: false);
        Assert.False(await Reminders.IsWantedAsync(_member));
        Assert.Equal(0, await RunAsync());
        await Reminders.ChooseAsync(_member, isWanted: true);
        Assert.True(await Reminders.IsWantedAsync(_member));
        Assert.Equal(1, await RunAsync());
    }

    private Task<int> RunAsync() => _database.Get<RemindingService>().RunAsync();

    /// <returns>How many reminders were given to whoever carries them.</returns>
    private async Task<int> SendRemindersAsync()
    {
        var count = 0;
        await _database.SendAsync(message =>
        {
            count += message.Cause == Cause.Reminder ? 1 : 0;
            return Delivery.Taken;
        });
        return count;
    }

    private async Task ClaimAsync() => await _database.Get<PaymentService>().ClaimAsync(_member, await _database.StartAsync(_member, "2026-03"));

    private Task EveningAsync()
    {
        _database.Clock.SetUtcNow(TestDatabase.Noon(2026, 3, 10).AddHours(9));
        return Task.CompletedTask;
    }

    private async Task ChangeAsync(string days)
    {
        var form = (await Reminders.DetailsAsync(_admin)).ToForm();
        form.Days = days;
        await Reminders.EditAsync(_admin, form);
    }
}
