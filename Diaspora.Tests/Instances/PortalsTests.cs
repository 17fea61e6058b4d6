using System.Diagnostics;
using Diaspora.Data.Operations;
using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Tests.Instances;

/// <summary>Which portals there are over one database, whose turn a task is, and what one keeps of what another may have changed.</summary>
public sealed class PortalsTests : IAsyncLifetime
{
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(10);

    private readonly TestDatabase _database = new();
    private TestDatabase _other = default!;
    private Portals _north = default!;
    private Portals _south = default!;

    private TaskTurns NorthTurns => _database.Get<TaskTurns>();

    private TaskTurns SouthTurns => _other.Get<TaskTurns>();

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _other = await _database.AnotherAsync();
        (_north, _south) = (_database.PortalNamed("north"), _other.PortalNamed("south"));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Enter_ASecondThatCannotTell_IsRefusedByASentenceThatNamesTheFirst()
    {
        await _north.EnterAsync(isShared: false);
        foreach (var entering in (Func<Task>[])[() => _south.RequireRoomAsync(isShared: false), () => _south.EnterAsync(isShared: false)])
        {
            var refused = await Assert.ThrowsAsync<StartRefusedException>(entering);
            Assert.Contains("north (process 1), since 2026-03-08 07:00:00 UTC", refused.Message, StringComparison.Ordinal);
            Assert.Contains("Redis:ConnectionString", refused.Message, StringComparison.Ordinal);
            Assert.Contains("wait 30 s", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(["north (process 1)"], await NamesAsync());
        await _south.RequireRoomAsync(isShared: true);
        await _south.EnterAsync(isShared: true);
        Assert.Equal(["north (process 1)", "south (process 1)"], await NamesAsync());
        Assert.Equal("south (process 1)", Assert.Single(await _north.OthersAsync()).Name);
    }

    [Fact]
    public async Task Enter_AfterTheFirstHasLeft_IsLetIn()
    {
        await _north.EnterAsync(isShared: false);
        await _north.LeaveAsync();
        await _south.EnterAsync(isShared: false);
        Assert.Equal(["south (process 1)"], await NamesAsync());
    }

    [Fact]
    public async Task Enter_AfterACrash_IsLetInHalfAMinuteAfterTheLastSign()
    {
        await _north.EnterAsync(isShared: false);
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        await _north.BeatAsync();
        _database.Clock.Advance(TimeSpan.FromSeconds(29));
        await Assert.ThrowsAsync<StartRefusedException>(() => _south.EnterAsync(isShared: false));
        _database.Clock.Advance(TimeSpan.FromSeconds(1));
        await _south.EnterAsync(isShared: false);
        Assert.Equal(["south (process 1)"], await NamesAsync());
    }

    [Fact]
    public async Task Enter_WhereAProcessOfThisMachineDied_IsLetInAtOnceWithItsTasks()
    {
        using var process = Process.Start("dotnet", "--version");
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var dead = _database.PortalNamed(Environment.MachineName, process.Id);
        await dead.EnterAsync(isShared: false);
        Assert.True(await NorthTurns.TakeAsync("task", Hold));

        var next = _other.PortalNamed(Environment.MachineName, Environment.ProcessId);
        await next.RequireRoomAsync(isShared: false);
        await next.EnterAsync(isShared: false);
        Assert.Equal([next.Name], await NamesAsync());
        Assert.True(await SouthTurns.TakeAsync("task", Hold));
    }

    [Fact]
    public async Task Enter_WhereAProcessOfThisMachineLives_IsRefused()
    {
        var living = _database.PortalNamed(Environment.MachineName, Environment.ProcessId);
        await living.EnterAsync(isShared: false);
        await Assert.ThrowsAsync<StartRefusedException>(() => _other.PortalNamed(Environment.MachineName, int.MaxValue).EnterAsync(isShared: false));
    }

    [Fact]
    public async Task Enter_BothAtOnce_LetsOneIn()
    {
        var entered = await Task.WhenAll(((Portals[])[_north, _south]).Select(portal => Task.Run(async () =>
        {
            try
            {
                await portal.EnterAsync(isShared: false);
                return true;
            }
            catch (StartRefusedException)
            {
                return false;
            }
        })));
        Assert.Equal(1, entered.Count(isIn => isIn));
        Assert.Single(await NamesAsync());
    }

    [Fact]
    public async Task Enter_AfterAClockThatWasAYearAhead_IsLetIn()
    {
        var now = _database.Clock.GetUtcNow();
        _database.Clock.Advance(TimeSpan.FromDays(365));
        await _north.EnterAsync(isShared: false);
        Assert.True(await NorthTurns.TakeAsync("task", Hold));
        await using (var context = _database.Context())
        {
            await context.Instances.ExecuteUpdateAsync(set => set.SetProperty(portal => portal.SeenAt, now.AddDays(365).UtcDateTime));
        }

        _database.Clock.AdjustTime(now);
        await _south.EnterAsync(isShared: false);
        Assert.Equal(["south (process 1)"], await NamesAsync());
    }

    [Fact]
    public async Task Beat_OneThatWasTakenForDead_IsThereAgain()
    {
        await _north.EnterAsync(isShared: true);
        await _south.EnterAsync(isShared: true);
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        await _south.BeatAsync();
        Assert.Equal(["south (process 1)"], await NamesAsync());
        await _north.BeatAsync();
        Assert.Equal(["north (process 1)", "south (process 1)"], await NamesAsync());
    }

    [Fact]
    public async Task Take_WhatAnotherHas_IsRefusedUntilItIsGivenBack()
    {
        Assert.True(await NorthTurns.TakeAsync("task", Hold));
        Assert.False(await SouthTurns.TakeAsync("task", Hold));
        Assert.True(await SouthTurns.TakeAsync("another task", Hold));

        var at = _database.Clock.GetUtcNow().UtcDateTime;
        await SouthTurns.GiveBackAsync("task", at);
        Assert.False(await SouthTurns.TakeAsync("task", Hold));
        await NorthTurns.GiveBackAsync("task", at);
        Assert.True(await SouthTurns.TakeAsync("task", Hold));
        Assert.Equal(at, await SouthTurns.LastRunAsync("task"));
    }

    [Fact]
    public async Task Take_AgainBeforeItRunsOut_ProlongsIt()
    {
        Assert.True(await NorthTurns.TakeAsync("task", Hold));
        _database.Clock.Advance(Hold - TimeSpan.FromSeconds(1));
        Assert.True(await NorthTurns.TakeAsync("task", Hold));
        _database.Clock.Advance(Hold - TimeSpan.FromSeconds(1));
        Assert.False(await SouthTurns.TakeAsync("task", Hold));
        _database.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(await SouthTurns.TakeAsync("task", Hold));
    }

    [Fact]
    public async Task Take_FromOneWhoseClockWasAYearAhead_IsPossible()
    {
        var now = _database.Clock.GetUtcNow();
        _database.Clock.Advance(TimeSpan.FromDays(365));
        Assert.True(await NorthTurns.TakeAsync("task", Hold));
        _database.Clock.AdjustTime(now);
        Assert.True(await SouthTurns.TakeAsync("task", Hold));
        Assert.False(await NorthTurns.TakeAsync("task", Hold));
    }

    [Fact]
    public async Task Take_FromOneThatWasSilentForHalfAMinute_IsPossibleAtTheNextSignOfTheOther()
    {
        await _north.EnterAsync(isShared: true);
        await _south.EnterAsync(isShared: true);
        Assert.True(await NorthTurns.TakeAsync("task", TimeSpan.FromHours(2)));
        _database.Clock.Advance(Portals.DeadAfter);
        Assert.False(await SouthTurns.TakeAsync("task", TimeSpan.FromHours(2)));
        await _south.BeatAsync();
        Assert.True(await SouthTurns.TakeAsync("task", TimeSpan.FromHours(2)));
    }

    [Fact]
    public async Task Take_BothAtOnce_GivesItToOne()
    {
        for (var round = 0; round < 10; round++)
        {
            var name = $"task {round}";
            var taken = await Task.WhenAll(((TaskTurns[])[NorthTurns, SouthTurns]).Select(turns => Task.Run(() => turns.TakeAsync(name, Hold))));
            Assert.Equal(1, taken.Count(isTaken => isTaken));
        }
    }

    [Fact]
    public async Task Run_WhatFails_GivesTheTurnBackAndIsNotNotedAsRun()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => NorthTurns.RunAsync("task", Hold, _ => throw new TimeoutException()));
        Assert.Null(await NorthTurns.LastRunAsync("task"));
        Assert.True(await SouthTurns.RunAsync("task", Hold, async cancel => Assert.False(await NorthTurns.RunAsync("task", Hold, _ => throw new TimeoutException(), cancel))));
        Assert.Equal(_database.Clock.GetUtcNow().UtcDateTime, await NorthTurns.LastRunAsync("task"));
    }

    [Fact]
    public async Task Miss_WhatAnotherPortalSaid_ForgetsTheRightsThatAreKept()
    {
        var (cashier, admin) = (await _database.AddCashierAsync(), await _database.AddAdminAsync());
        var rights = _database.Get<HeldRights>();
        await rights.RequireAsync(cashier, Permission.Cashier);
        await _other.Get<MemberService>().AppointAsync(admin, cashier.MemberId!.Value, new AppointMemberForm { Seen = Role.Cashier, Role = Role.Member });
        await rights.RequireAsync(cashier, Permission.Cashier);

        _database.Feed.Publish(new AnnouncementsMissed());
        await Assert.ThrowsAsync<DomainException>(() => rights.RequireAsync(cashier, Permission.Cashier));
    }

    private async Task<IReadOnlyList<string>> NamesAsync()
    {
        await using var context = _database.Context();
        return await context.Instances.OrderBy(portal => portal.Name).Select(portal => portal.Name).ToListAsync();
    }
}
