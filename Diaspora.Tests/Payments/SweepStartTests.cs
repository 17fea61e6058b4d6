using Diaspora.Tests.Hosting;
using Diaspora.Tests.Storage;
using Diaspora.Web.Shell.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Diaspora.Tests.Payments;

/// <summary>A portal that was pointed at another database than its files belong to: a new connection string, a restored backup, a move to another server.</summary>
public sealed class SweepStartTests : IAsyncLifetime
{
    private const int Receipts = 8;
    private readonly TestDatabase _database = new();

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        for (var index = 0; index < Receipts; index++)
        {
            var member = await _database.AddAsync("Алиев Рашад");
            await _database.AttachAsync(member, await _database.StartAsync(member, "2026-03"), [.. PaymentSetup.Pdf, (byte)index]);
        }

        // Old for the tests' clock and for the machine's.
        foreach (var file in _database.Files())
        {
            File.SetLastWriteTimeUtc(file, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Start_OnAnEmptyDatabaseOverAFolderWithReceipts_LeavesThemAllAndSaysSo()
    {
        var before = _database.Files();
        await using var portal = PortalHost.Start(
            Environments.Production, ("Storage:Directory", _database.Folder), ("Database:ConnectionString", $"Data Source={Path.Combine(_database.Folder, "new.db")}"));
        foreach (var task in portal.Services.GetServices<IHourlyTask>())
        {
            await using var scope = portal.Services.CreateAsyncScope();
            await task.RunAsync(scope.ServiceProvider, TestContext.Current.CancellationToken);
        }

        Assert.Equal(before, _database.Files());
        using var client = portal.CreateClient();
        Assert.StartsWith("""{"status":"Degraded",""", await client.GetStringAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
