using System.Threading.Channels;
using Diaspora.Data.Operations;
using Diaspora.Tests.Storage;
using Diaspora.Web.Shell.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diaspora.Tests.Shell;

/// <summary>The one loop behind what is done when something has changed. The clock stands still here: what waits by it waits for ever.</summary>
public sealed class WokenTaskTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Wake_WhileItWaitsAfterAFault_TriesAtOnce()
    {
        using var task = new Work(database, TaskPauses.AtOnce, beginsAtStart: true);
        await task.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await task.AskedAsync());
        task.Answers.Writer.TryWrite(() => throw new InvalidOperationException("the database is away"));
        task.Wake();
        Assert.Equal(2, await task.AskedAsync());
        task.Answers.Writer.TryWrite(() => false);
        task.Wake();
        Assert.Equal(3, await task.AskedAsync());
        await task.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Start_WhereNothingCanHaveBeenMissed_WaitsToBeWoken()
    {
        using var task = new Work(database, TaskPauses.AtOnce, beginsAtStart: false);
        await task.StartAsync(TestContext.Current.CancellationToken);
        await task.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, task.Times);
    }

    [Fact]
    public void Wait_AfterFaults_GrowsToItsLongest_AndNotWhereItHasNone()
    {
        var growing = TaskPauses.AtOnce with { AfterFault = TimeSpan.FromSeconds(2), LongestAfterFault = TimeSpan.FromMinutes(10) };
        Assert.Equal([2, 4, 8, 512, 600, 600], new[] { 1, 2, 3, 9, 10, int.MaxValue }.Select(faults => (int)growing.Until(faults)!.Value.TotalSeconds));
        Assert.Equal([5, 5], new[] { 1, 9 }.Select(faults => (int)TaskPauses.Gathered.Until(faults)!.Value.TotalSeconds));
        Assert.Null(growing.Until(0));
        Assert.Equal(TimeSpan.FromSeconds(20), (growing with { Every = TimeSpan.FromSeconds(20) }).Until(0));
    }

    [Fact]
    public void Rest_AfterLongWork_IsFiveTimesAsLong_AtMostAMinute()
    {
        Assert.Equal([200, 200, 5000, 60_000], new[] { 0, 40, 1000, 60_000 }.Select(took => (int)TaskPauses.Gathered.Before(TimeSpan.FromMilliseconds(took)).TotalMilliseconds));
        Assert.Equal(TimeSpan.Zero, TaskPauses.AtOnce.Before(TimeSpan.FromSeconds(3)));
    }

    private sealed class Work(TestDatabase database, TaskPauses pauses, bool beginsAtStart)
        : WokenTask(null, pauses, database.Feed, database.Get<TaskTurns>(), database.Get<IServiceScopeFactory>(), database.Clock, NullLogger.Instance)
    {
        private readonly Channel<int> _asked = Channel.CreateUnbounded<int>();

        public Channel<Func<bool>> Answers { get; } = Channel.CreateUnbounded<Func<bool>>();

        public int Times { get; private set; }

        protected override bool BeginsAtStart => beginsAtStart;

        public async Task<int> AskedAsync() => await _asked.Reader.ReadAsync(TestContext.Current.CancellationToken);

        protected override IEnumerable<IDisposable> Listen(IChangeFeed feed) => [];

        protected override async Task<bool> WorkAsync(IServiceProvider services, CancellationToken cancel)
        {
            _asked.Writer.TryWrite(++Times);
            return (await Answers.Reader.ReadAsync(cancel))();
        }
    }
}
