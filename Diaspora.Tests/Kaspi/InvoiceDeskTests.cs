using Diaspora.Domain.Kaspi;
using Diaspora.Tests.Storage;
using Diaspora.Web.Kaspi.Invoices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diaspora.Tests.Kaspi;

/// <summary>How an aggregator is asked after many bills.</summary>
public sealed class InvoiceDeskTests : IAsyncLifetime
{
    private const int AtOnce = 4;

    private readonly TestDatabase _database = new();

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>Nobody is answered before four have asked, and no fifth asks meanwhile.</summary>
    [Fact]
    public async Task Look_AtNineBills_AsksFourAtATime_AndAFaultOfOneStopsNoOther()
    {
        for (var index = 0; index < 9; index++)
        {
            await _database.AskedAsync(await _database.AddAsync("Алиев Рашад"), "2026-03");
        }

        _database.Clock.Advance(TimeSpan.FromMinutes(2));
        var provider = new Slow();

        await Assert.ThrowsAsync<AggregateException>(() => new InvoiceDesk([provider], new ProviderState(), NullLogger<InvoiceDesk>.Instance).LookAsync(_database.Get<InvoiceService>(), TestContext.Current.CancellationToken));

        Assert.Equal((9, AtOnce), (provider.Asked, provider.Most));
        Assert.Single(await _database.Get<InvoiceService>().DueAsync("apipay", TimeSpan.FromMinutes(1), 100));
    }

    [Fact]
    public async Task Due_MoreThanFitIntoARound_AreThoseThatWaitLongest()
    {
        List<Guid> asked = [];
        for (var index = 0; index < 3; index++)
        {
            asked.Add((await _database.AskedAsync(await _database.AddAsync("Алиев Рашад"), "2026-03")).IntentId);
            _database.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.Equal(asked.Take(2), (await _database.Get<InvoiceService>().DueAsync("apipay", TimeSpan.FromMinutes(1), 2)).Select(invoice => invoice.IntentId));
    }

    private sealed class Slow : IPaymentProvider
    {
        private readonly TaskCompletionSource _full = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Lock _lock = new();
        private int _inside;

        public int Asked { get; private set; }

        public int Most { get; private set; }

        public string Name => "apipay";

        public bool IsOn => true;

        public async Task<InvoiceNews> LookAsync(InvoiceRow invoice, CancellationToken cancel)
        {
            int place;
            lock (_lock)
            {
                place = ++Asked;
                Most = Math.Max(Most, ++_inside);
            }

            if (place >= AtOnce)
            {
                _full.TrySetResult();
            }

            await _full.Task.WaitAsync(TimeSpan.FromSeconds(30), cancel);
            lock (_lock)
            {
                _inside--;
            }

            return place == 2 ? throw new InvalidOperationException("not to be read") : new InvoiceNews(invoice.Order, "42" + place, InvoiceState.Open, null, null, null, null, "");
        }

        public bool IsSigned(ReadOnlySpan<byte> body, IHeaderDictionary headers) => throw new NotSupportedException();

        public InvoiceNews? Read(string body) => throw new NotSupportedException();

        public Task<InvoiceNews> AskAsync(InvoiceAsk ask, CancellationToken cancel) => throw new NotSupportedException();
    }
}
