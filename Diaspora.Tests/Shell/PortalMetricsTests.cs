using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Diaspora.Data;
using Diaspora.Domain.Operations;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Diaspora.Web.Shell.Guard;
using Diaspora.Web.Shell.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Serilog;

namespace Diaspora.Tests.Shell;

/// <summary>What a collector is told, by what there really is.</summary>
public sealed class PortalMetricsTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private readonly ErrorTally _errors = new();
    private readonly OpenPages _pages = new(Options.Create(new LimitOptions()));
    private readonly ConcurrentDictionary<string, double> _told = new();
    private readonly List<string?> _outcomes = [];
    private readonly MeterListener _listener = new();

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    private PortalMetrics Watch(IServiceProvider services)
    {
        var meters = services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // Other tests' portals have meters of the same name.
            if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Meter.Name == PortalMetrics.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            _told[instrument.Name] = value;
            foreach (var tag in tags)
            {
                _outcomes.Add(tag.Value as string);
            }
        });
        _listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => _told[instrument.Name] = value);
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => _told[instrument.Name] = value);
        var metrics = new PortalMetrics(meters, _errors, _pages, services, _database.Clock);
        _listener.Start();
        return metrics;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Gather_AfterAnHourOfWork_TellsWhatThereIs()
    {
        var metrics = Watch(_database.Get<IServiceProvider>());
        var (cashier, member) = (await _database.AddCashierAsync(), await _database.AddAsync("Алиев Рашад"));
        var first = await _database.StartAsync(member, "2026-03");
        await _database.Get<PaymentService>().ClaimAsync(member, first);
        await _database.StartAsync(await _database.AddAsync("Гусейнов Вусал"), "2026-03");
        _pages.TryOpen("one", null, null);
        using (var log = new LoggerConfiguration().WriteTo.Sink(_errors).CreateLogger())
        {
            log.Warning("no error");
            log.Error("one");
        }

        _database.Clock.Advance(TimeSpan.FromHours(1));
        _listener.RecordObservableInstruments();
        Assert.Equal((1, 3600, 1, 1, 0), (_told["diaspora.queue.length"], _told["diaspora.queue.oldest_claim.age"], _told["diaspora.circuits.open"], _told["diaspora.errors"], _told["diaspora.backup.failures"]));
        Assert.False(_told.ContainsKey("diaspora.backup.age"), "There is no backup whose age could be told.");

        await metrics.TimeConfirmAsync(async () => await _database.Get<ModerationService>().ConfirmAsync(cashier, first));
        await Assert.ThrowsAsync<DomainException>(() => metrics.TimeConfirmAsync(async () => await _database.Get<ModerationService>().ConfirmAsync(member, first)));
        Assert.True(_told.ContainsKey("diaspora.confirm.duration"));
        Assert.Equal(["confirmed", "refused"], _outcomes);

        // What was read is told for a quarter of a minute, however often it is asked for.
        _listener.RecordObservableInstruments();
        Assert.Equal(1, _told["diaspora.queue.length"]);
        _database.Clock.Advance(TimeSpan.FromSeconds(15));
        _listener.RecordObservableInstruments();
        Assert.Equal((0, 0), (_told["diaspora.queue.length"], _told["diaspora.queue.oldest_claim.age"]));
    }

    [Fact]
    public async Task Gather_AfterBackups_TellsTheLastGoodOneAndWhatFailedSince()
    {
        Watch(_database.Get<IServiceProvider>());
        var now = _database.Clock.GetUtcNow().UtcDateTime;
        await using (var context = _database.Get<IContextFactory>().Create())
        {
            context.Backups.AddRange(
                new BackupRun { StartedAt = now.AddDays(-3), FinishedAt = now.AddDays(-3), Problem = "The disk is full." },
                new BackupRun { StartedAt = now.AddDays(-2), FinishedAt = now.AddDays(-2), FileName = "a", IsVerified = true, Bytes = 12 },
                new BackupRun { StartedAt = now.AddDays(-1), FinishedAt = now.AddDays(-1), FileName = "b", Problem = "The copy is not what was written." },
                new BackupRun { StartedAt = now });
            await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        _listener.RecordObservableInstruments();
        Assert.Equal((2 * 24 * 3600, 1), (_told["diaspora.backup.age"], _told["diaspora.backup.failures"]));
    }

    /// <summary>Whoever gathers is told nothing of what cannot be read, and the rest all the same.</summary>
    [Fact]
    public void Gather_WhileTheDatabaseIsAway_TellsTheRest()
    {
        using var services = new ServiceCollection().AddMetrics().AddScoped<HealthService>().AddSingleton<IStore, AwayStore>().BuildServiceProvider();
        Watch(services);
        _listener.RecordObservableInstruments();
        Assert.Equal(["diaspora.circuits.open", "diaspora.errors"], _told.Keys.Order());
    }

    private sealed class AwayStore : IStore
    {
        public Task<T> ReadAsync<T>(Func<IWork, Task<T>> read, CancellationToken cancel = default) => throw new DomainException(Problems.NotRead);

        public Task<T> WriteAsync<T>(Func<IWork, Task<T>> write, CancellationToken cancel = default) => throw new DomainException(Problems.NotWritten);
    }
}
