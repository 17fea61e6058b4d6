using System.Globalization;
using Diaspora.Domain.Cards;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using static Diaspora.Tests.Payments.PaymentSetup;

namespace Diaspora.Tests.Cards;

/// <summary>Several doors over one file: each card once for each event, whatever order they speak in.</summary>
public sealed class DoorTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private Actor _cashier = null!;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _cashier = await _database.AddCashierAsync();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private DoorService Doors => _database.Get<DoorService>();

    private DateTime Now => _database.Clock.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task Enter_TheSameCardAtTwoDoors_IsOneEntryAndTheOtherHearsWhen()
    {
        var evening = Event();
        var first = await ReportAsync(evening, At(evening, Seal(1), Now));
        _database.Clock.Advance(TimeSpan.FromMinutes(3));
        var second = await ReportAsync(evening, At(evening, Seal(1), Now), At(evening, Seal(2), Now));

        Assert.Equal([new SeenCard(Seal(1), Now.AddMinutes(-3)), new SeenCard(Seal(2), Now)], second.Cards.OrderBy(card => card.Seal));
        Assert.Equal(2, await CountAsync());

        // The first door hears what came since it last asked, and nothing twice but of the last minute.
        _database.Clock.Advance(TimeSpan.FromMinutes(3));
        var news = await Doors.ReportAsync(_cashier, new DoorReport(null, [], evening.Id, first.ReadAt.AddMinutes(2)));
        Assert.Equal((evening, Seal(2)), (news.Event, Assert.Single(news.Cards).Seal));
        Assert.Contains(new DoorChanged(evening.Id), _database.Feed.Changes);
    }

    [Fact]
    public async Task Enter_ByADoorThatWasOffline_KeepsTheEarlierTime()
    {
        var evening = Event();
        await ReportAsync(evening, At(evening, Seal(1), Now));
        var news = await ReportAsync(evening, At(evening, Seal(1), Now.AddMinutes(-4)), At(evening, Seal(1), Now.AddMinutes(-1)));
        Assert.Equal(new SeenCard(Seal(1), Now.AddMinutes(-4)), Assert.Single(news.Cards));

        // A device whose clock goes ahead does not make an entry of tomorrow.
        Assert.Equal(Now, Assert.Single((await ReportAsync(evening, At(evening, Seal(3), Now.AddDays(1)))).Cards, card => card.Seal == Seal(3)).At);
    }

    [Fact]
    public async Task Begin_WithoutAName_JoinsTheEveningThatGoesOn_WithOneBeginsAnew()
    {
        var (one, other, named) = (Event(), Event(), Event("Новруз"));
        await ReportAsync(one, At(one, Seal(1), Now));
        var joined = await ReportAsync(other, At(other, Seal(2), Now));
        Assert.Equal((one, 2), (joined.Event, joined.Cards.Count));

        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        var begun = await Doors.ReportAsync(_cashier, new DoorReport(named with { BeganAt = Now }, [], one.Id, Now));
        Assert.Equal(("Новруз", 0), (begun.Event?.Name, begun.Cards.Count));

        // What a door saw for the evening before is still that evening's.
        await ReportAsync(named, At(one, Seal(3), Now.AddMinutes(-1)));
        Assert.Empty((await Doors.ReportAsync(_cashier, new DoorReport(null, [], null, null))).Cards);
        Assert.Equal(3, await CountAsync());
        _database.Clock.Advance(DoorService.Lasts);
        Assert.Null((await Doors.ReportAsync(_cashier, new DoorReport(null, [], null, null))).Event);
    }

    [Fact]
    public async Task Enter_PastTheCode_IsRefusedByTheDatabase()
    {
        var evening = Event();
        await ReportAsync(evening, At(evening, Seal(1), Now));
        await using var context = _database.Context();
        context.Add(new DoorEntry(evening.Id, Seal(1), Now, Now));
        await Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync());
    }

    [Fact]
    public async Task Report_WhatIsNoSealOrTooMuch_IsRefusedWhole()
    {
        var evening = Event();
        Assert.Equal(Problems.NotRead, (await RefusedAsync(() => ReportAsync(evening, At(evening, Seal(1), Now), At(evening, "<script>", Now)))).Code);
        Assert.Equal(Problems.NotRead, (await RefusedAsync(() => ReportAsync(evening, [.. Enumerable.Range(0, DoorService.MostEntries + 1).Select(number => At(evening, Seal(number), Now))]))).Code);
        Assert.Equal(Problems.NotRead, (await RefusedAsync(() => ReportAsync(Event(new string('н', DoorEvent.NameLength + 1))))).Code);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Forget_AfterAMonth_RemovesTheEveningWithItsEntries()
    {
        var old = Event();
        await ReportAsync(old, At(old, Seal(1), Now));
        _database.Clock.Advance(DoorService.ForgottenAfter + TimeSpan.FromDays(1));
        var young = Event();
        await ReportAsync(young, At(young, Seal(1), Now));
        await Doors.ForgetAsync();
        Assert.Equal(1, await CountAsync());

        // A phone that was off for a month says nothing any more.
        await ReportAsync(young, At(old, Seal(2), old.BeganAt));
        Assert.Equal(1, await CountAsync());
    }

    private DoorEventMark Event(string? name = null) => new(Guid.NewGuid(), name, Now);

    private static string Seal(int number) => number.ToString("x12", CultureInfo.InvariantCulture);

    private static DoorEntryMark At(DoorEventMark evening, string seal, DateTime at) => new(evening, seal, at);

    private Task<DoorNews> ReportAsync(DoorEventMark evening, params DoorEntryMark[] entries) => Doors.ReportAsync(_cashier, new DoorReport(evening, entries, null, null));

    private async Task<int> CountAsync()
    {
        await using var context = _database.Context();
        return await context.Set<DoorEntry>().CountAsync();
    }
}
