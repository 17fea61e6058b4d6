using System.Diagnostics;
using System.Diagnostics.Metrics;
using Diaspora.Domain.Operations;
using Diaspora.Web.Shell.Guard;

namespace Diaspora.Web.Shell.Operations;

/// <summary>
/// What the portal tells about itself: open pages, the queue, how long a decision takes, backups, errors. It costs nothing until somebody listens; who does is told by what was
/// read a quarter of a minute ago at most.
/// </summary>
public sealed class PortalMetrics
{
    public const string MeterName = "Diaspora";

    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly IServiceProvider _services;
    private readonly TimeProvider _clock;
    private readonly Lock _reading = new();
    private readonly Histogram<double> _confirm;
    private (WatchedFigures? Figures, long At)? _last;

    /// <param name="services">Asked for the rest when somebody listens: at the start there is not everything yet.</param>
    public PortalMetrics(IMeterFactory meters, ErrorTally errors, OpenPages pages, IServiceProvider services, TimeProvider clock)
    {
        (_services, _clock) = (services, clock);
        var meter = meters.Create(MeterName);
        _confirm = meter.CreateHistogram(
            "diaspora.confirm.duration", "s", "How long a confirmation takes, from the press to the commit",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5] });
        meter.CreateObservableGauge("diaspora.circuits.open", () => pages.Count, "{circuit}", "Open pages, those of a tab that lost its connection included");
        meter.CreateObservableCounter("diaspora.errors", () => errors.Count, "{error}", "Lines of the log that tell an error");
        Observe(meter, "diaspora.queue.length", "{intent}", "Claimed intents that wait for a decision", figures => figures.Waiting);
        Observe(meter, "diaspora.queue.oldest_claim.age", "s", "How long the oldest of them waits; 0 when there is none", figures => figures.OldestClaimAt is { } at ? AgeOf(at) : 0);
        Observe(meter, "diaspora.backup.age", "s", "Since the last backup that was verified; nothing while there is none", figures => figures.LastBackupAt is { } at ? AgeOf(at) : null);
        Observe(meter, "diaspora.backup.failures", "{run}", "Failed tries since the last backup that was verified", figures => figures.FailedBackups);
    }

    /// <summary>Runs a confirmation and notes how long it took and whether it came through.</summary>
    public async Task<T> TimeConfirmAsync<T>(Func<Task<T>> confirm)
    {
        var begun = _clock.GetTimestamp();
        var isDone = false;
        try
        {
            var result = await confirm();
            isDone = true;
            return result;
        }
        finally
        {
            _confirm.Record(_clock.GetElapsedTime(begun).TotalSeconds, new KeyValuePair<string, object?>("outcome", isDone ? "confirmed" : "refused"));
        }
    }

    private double AgeOf(DateTime utc) => Math.Max(0, (_clock.GetUtcNow().UtcDateTime - utc).TotalSeconds);

    private void Observe(Meter meter, string name, string unit, string description, Func<WatchedFigures, double?> valueOf) =>
        meter.CreateObservableGauge<double>(
            name, () => Figures() is { } figures && valueOf(figures) is { } value ? [new Measurement<double>(value)] : [], unit, description);

    /// <summary>
    /// On the thread of whoever gathers, which has nothing else to do. A database that does not answer is asked again after the same time, and meanwhile nothing is told:
    /// an old figure would look like a new one.
    /// </summary>
    private WatchedFigures? Figures()
    {
        lock (_reading)
        {
            if (_last is not { } last || _clock.GetElapsedTime(last.At) >= Holds)
            {
                _last = last = (Read(), _clock.GetTimestamp());
            }

            return last.Figures;
        }
    }

    private WatchedFigures? Read()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            using var scope = _services.CreateScope();
            return scope.ServiceProvider.GetRequiredService<HealthService>().WatchedAsync(patience.Token).GetAwaiter().GetResult();
        }
        catch (Exception fault) when (fault is DomainException or OperationCanceledException or ObjectDisposedException)
        {
            return null;
        }
    }
}

/// <summary>How many errors the log was told since the start. It stands apart because the log is there before anything else.</summary>
public sealed class ErrorTally : Serilog.Core.ILogEventSink
{
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public void Emit(Serilog.Events.LogEvent logEvent)
    {
        if (logEvent.Level >= Serilog.Events.LogEventLevel.Error)
        {
            Interlocked.Increment(ref _count);
        }
    }
}
