using Diaspora.Data.Operations;
using Diaspora.Domain.Operations;
using Diaspora.Tests.Storage;
using Diaspora.Web.Shell.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Diaspora.Tests.Shell;

/// <summary>A clock that jumps by more than a day is not believed for a day: nothing lapses or is swept by it.</summary>
public sealed class ClockWatchTests
{
    private readonly JumpingClock _clock = new();
    private readonly ClockWatch _watch;

    public ClockWatchTests()
    {
        _watch = new ClockWatch(_clock);
        Assert.Equal(Now, _watch.Look(null));
    }

    private DateTime Now => _clock.GetUtcNow().UtcDateTime;

    [Theory]
    [InlineData(365)]
    [InlineData(-365)]
    [InlineData(2)]
    [InlineData(-2)]
    public void Look_AfterAJump_BelievesItADayLater(int days)
    {
        Jump(days);
        var found = Now;
        Assert.Null(_watch.Look(null));
        Assert.Equal(new ClockJump(found.AddDays(-days), found, found.AddDays(1)), _watch.Jump);

        _clock.Advance(TimeSpan.FromHours(23));
        Assert.Null(_watch.Look(null));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(Now, _watch.Look(null));
        Assert.Null(_watch.Jump);
    }

    [Fact]
    public void Look_AfterItWasPutRight_BelievesItAtOnce()
    {
        Jump(365);
        Assert.Null(_watch.Look(null));
        _clock.Advance(TimeSpan.FromHours(5));
        Jump(-365);
        Assert.Equal(Now, _watch.Look(null));
        Assert.Null(_watch.Jump);
    }

    [Fact]
    public void Look_AtOneThatGoesOnJumping_NeverBelievesIt()
    {
        for (var day = 0; day < 5; day++)
        {
            Jump(30);
            Assert.Null(_watch.Look(null));
            _clock.Advance(TimeSpan.FromHours(24));
        }
    }

    [Theory]
    [InlineData(23)]
    [InlineData(-23)]
    public void Look_AfterLessThanADay_Believes(int hours)
    {
        _clock.Off += TimeSpan.FromHours(hours);
        Assert.Equal(Now, _watch.Look(null));
    }

    /// <summary>A laptop that slept, a portal that was off: what was seen last is in the database.</summary>
    [Fact]
    public void Look_AfterARestart_ComparesWithWhatWasSeenLast()
    {
        Assert.Null(new ClockWatch(_clock).Look(Now.AddDays(-40)));
        Assert.Null(new ClockWatch(_clock).Look(Now.AddDays(40)));
        Assert.Equal(Now, new ClockWatch(_clock).Look(Now.AddHours(-20)));
    }

    /// <summary>A machine that starts anew every night.</summary>
    [Theory]
    [InlineData(-40)]
    [InlineData(40)]
    public void Look_AfterRestartsByOneClock_BelievesItADayAfterTheJump(int days)
    {
        var (seen, since) = (Now.AddDays(days), Now);
        ClockDoubt? doubt = null;
        for (var hours = 0; hours < 24; hours += 8)
        {
            var watch = new ClockWatch(_clock);
            Assert.Null(watch.Look(seen, doubt));
            Assert.Equal(since.AddDays(1), watch.Jump?.Until);
            doubt = watch.Doubt;
            Assert.Equal(new ClockDoubt(since, Now), doubt);
            _clock.Advance(TimeSpan.FromHours(8));
        }

        var last = new ClockWatch(_clock);
        Assert.Equal(Now, last.Look(seen, doubt));
        Assert.Null(last.Doubt);
    }

    [Fact]
    public void Look_AfterRestartsByOneThatGoesOnJumping_NeverBelievesIt()
    {
        var seen = Now;
        ClockDoubt? doubt = null;
        for (var restart = 0; restart < 5; restart++)
        {
            Jump(30);
            var watch = new ClockWatch(_clock);
            Assert.Null(watch.Look(seen, doubt));
            doubt = watch.Doubt;
        }
    }

    [Fact]
    public async Task Run_AfterARestartADayAfterTheJump_EndsThingsAndForgetsTheJump()
    {
        await using var database = new TestDatabase();
        await database.InitializeAsync();
        await using (var context = database.Context())
        {
            context.TaskRuns.Add(new TaskRun { Name = HourlyTasks.Clock, LastRunAt = database.Clock.GetUtcNow().UtcDateTime.AddDays(-7) });
            await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        Assert.False(await RunAsync(database));
        database.Clock.Advance(TimeSpan.FromHours(12));
        Assert.False(await RunAsync(database));
        database.Clock.Advance(TimeSpan.FromHours(12));
        Assert.True(await RunAsync(database));
        await using var after = database.Context();
        Assert.Equal([HourlyTasks.Clock, HourlyTasks.Turn], await after.TaskRuns.Select(run => run.Name).OrderBy(name => name).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-400, false)]
    [InlineData(400, false)]
    public async Task Run_ByAClockThatJumped_LeavesOutWhatEndsThings(int days, bool isEnded)
    {
        await using var database = new TestDatabase();
        await database.InitializeAsync();
        var seen = database.Clock.GetUtcNow().UtcDateTime.AddDays(-days);
        await using (var context = database.Context())
        {
            context.TaskRuns.Add(new TaskRun { Name = HourlyTasks.Clock, LastRunAt = seen });
            await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(isEnded, await RunAsync(database));
        await using var after = database.Context();
        Assert.Equal(isEnded ? database.Clock.GetUtcNow().UtcDateTime : seen, (await after.TaskRuns.SingleAsync(run => run.Name == HourlyTasks.Clock, TestContext.Current.CancellationToken)).LastRunAt);
    }

    /// <returns>Whether a portal that starts now ends what is old.</returns>
    private static async Task<bool> RunAsync(TestDatabase database)
    {
        Probe ends = new(EndsWhatIsOld: true), last = new(EndsWhatIsOld: false);
        using var tasks = new HourlyTasks(
            [ends, last], database.Get<TaskTurns>(), database.Get<IServiceScopeFactory>(), database.Get<DeletionBrake>(), new ClockWatch(database.Clock), database.Clock, NullLogger<HourlyTasks>.Instance);
        await tasks.StartAsync(TestContext.Current.CancellationToken);
        await last.Ran.Task;
        await tasks.StopAsync(TestContext.Current.CancellationToken);
        return ends.Ran.Task.IsCompleted;
    }

    private void Jump(int days) => _clock.Off += TimeSpan.FromDays(days);

    /// <summary>Its time can be put forward and back while its stopwatch runs on, as on a machine.</summary>
    private sealed class JumpingClock : TimeProvider
    {
        private readonly FakeTimeProvider _true = new(TestDatabase.Noon(2026, 3, 8));

        public TimeSpan Off { get; set; }

        public override long TimestampFrequency => _true.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => _true.GetUtcNow() + Off;

        public override long GetTimestamp() => _true.GetTimestamp();

        public void Advance(TimeSpan time) => _true.Advance(time);
    }

    private sealed record Probe(bool EndsWhatIsOld) : IHourlyTask
    {
        public TaskCompletionSource Ran { get; } = new();

        public Task RunAsync(IServiceProvider services, CancellationToken cancel)
        {
            Ran.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
