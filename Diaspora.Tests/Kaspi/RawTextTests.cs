using System.Text;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Diaspora.Web.Kaspi;
using Diaspora.Web.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Diaspora.Tests.Kaspi;

/// <summary>What came from outside word for word is emptied when it is old, and known again all the same.</summary>
public sealed class RawTextTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private Actor _cashier = null!;
    private Actor _member = null!;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _cashier = await _database.AddCashierAsync();
        _member = await _database.AddAsync("Алиев Рашад");
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Run_WhenLinesAndCallsAreOld_EmptiesThem_AndTheSameOnesAreStillKnown()
    {
        var (_, order) = await _database.AskedAsync(_member, "2026-03");
        await StatementAsync();
        await CallAsync("paid");
        await _database.Get<WebhookService>().WorkAsync((_, body) => body.Length == 0 ? throw new InvalidOperationException("emptied too early") : BankSetup.Paid(order, 42, 2000));
        await CallAsync("waits");

        _database.Clock.Advance(TimeSpan.FromDays(399));
        await RunAsync();
        Assert.Equal(("line 1", "{}", "paid", "waits"), await TextsAsync());
        _database.Clock.Advance(TimeSpan.FromDays(2));
        await RunAsync();
        Assert.Equal(("line 1", "{}", "", "waits"), await TextsAsync());
        _database.Clock.Advance(TimeSpan.FromDays(1826));
        await RunAsync();
        Assert.Equal(("", "", "", "waits"), await TextsAsync());

        Assert.False(await CallAsync("paid"));
        await _database.Get<InvoiceService>().NoteAsync("apipay", BankSetup.Paid(order, 42, 2000));
        Assert.Equal(0, await StatementAsync());
        Assert.Equal("2026-03 Confirmed", await _database.MonthsAsync(_member));
        await using var context = _database.Context();
        Assert.Equal(2, await context.Evidence.CountAsync());
    }

    [Theory]
    [InlineData(1826, 400, 0)]
    [InlineData(30, 36_500, 0)]
    [InlineData(29, 400, 1)]
    [InlineData(0, -1, 2)]
    [InlineData(1826, 36_501, 1)]
    public void Name_DaysThatCannotBe_IsRefusedAtTheStart(int lines, int calls, int faults)
    {
        var verdict = new KaspiOptionsValidator(new Production(), new ConfigurationBuilder().Build()).Validate(null, new KaspiOptions { KeepLinesDays = lines, KeepCallsDays = calls });
        Assert.Equal(faults, verdict.Failures?.Count() ?? 0);
    }

    private Task RunAsync() =>
        new ForgetRawTextTask(Options.Create(new KaspiOptions()), NullLogger<ForgetRawTextTask>.Instance).RunAsync(_database.Services, TestContext.Current.CancellationToken);

    private Task<bool> CallAsync(string body) => _database.Get<WebhookService>().StoreAsync("apipay", Encoding.UTF8.GetBytes(body), body);

    /// <returns>How many of its lines are new.</returns>
    private async Task<int> StatementAsync()
    {
        var day = new DateOnly(2026, 3, 8);
        var read = new ReadStatement(StatementFormat.PayReport, "061240001234", day, day, [new StatementLine(1, day, null, LineKind.Incoming, 200_000, "Фарид Г.", "", "77001", "line 1")], null);
        var statement = await _database.Get<StatementService>().StageAsync(_cashier, "март.csv", "a.bin", new string('0', 64), read);
        return await _database.Get<StatementService>().BookAsync(_cashier, statement);
    }

    /// <summary>The line's, the booked call's as evidence, and both bodies.</summary>
    private async Task<(string Line, string Call, string Worked, string Waiting)> TextsAsync()
    {
        await using var context = _database.Context();
        var evidence = await context.Evidence.ToDictionaryAsync(piece => piece.Source, piece => piece.Raw);
        var calls = await context.WebhookEvents.OrderBy(call => call.ReceivedAt).ThenBy(call => call.Id).Select(call => call.Body).ToListAsync();
        return (evidence[EvidenceSource.Statement], evidence[EvidenceSource.Webhook], calls[0], calls[1]);
    }

    private sealed class Production : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Production;

        public string ApplicationName { get; set; } = "";

        public string ContentRootPath { get; set; } = "";

        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } = new Microsoft.Extensions.FileProviders.NullFileProvider();
    }
}
