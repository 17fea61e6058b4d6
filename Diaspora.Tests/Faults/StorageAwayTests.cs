using System.Diagnostics;
using System.Net;
using Diaspora.Data;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Microsoft.Data.Sqlite;

namespace Diaspora.Tests.Faults;

/// <summary>The disk runs full, or another program holds the file, while everybody works: what cannot be stored is refused with a sentence, and it is over by itself.</summary>
public sealed class StorageAwayTests(PublishedCopy copy) : IAsyncLifetime
{
    private const string Refused = "Не записано";
    private readonly string _root = Directory.CreateTempSubdirectory("diaspora-test-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>A volume of its own, for which one has to be root.</summary>
    [Fact]
    public async Task Work_OnADiskThatRunsFull_IsRefusedAndGoesOnWhenThereIsRoom()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a volume in memory.");
        var (code, said) = await Unprivileged.RunAsync(new ProcessStartInfo("mount", ["-t", "tmpfs", "-o", "size=192m", "tmpfs", _root]));
        Assert.SkipUnless(code == 0, $"No small volume can be mounted here: {said}");
        try
        {
            await WorkAsync("a full disk", async portal =>
            {
                var filler = Path.Combine(_root, "filler");
                Fill(filler);
                await HealthAsync(portal, HttpStatusCode.ServiceUnavailable);
                await RefusedAsync(portal.Process.Address);
                File.Delete(filler);
                await HealthAsync(portal, HttpStatusCode.OK);
            });
        }
        finally
        {
            Assert.Equal((0, ""), await Unprivileged.RunAsync(new ProcessStartInfo("umount", [_root])));
        }
    }

    [Fact]
    public async Task Work_WhileAnotherProgramHoldsTheFile_IsRefusedAndGoesOnAfterwards()
    {
        var held = DatabaseOptions.VerbPatience + TimeSpan.FromSeconds(LongForm.Of(few: 1, many: 35));
        await WorkAsync($"a file held for {held.TotalSeconds} s", async portal =>
        {
            using var visitor = await SignedInAsync(portal.Process.Address);
            await using var other = new SqliteConnection($"Data Source={new StorageFolders(Data).Database};Pooling=False");
            await other.OpenAsync(Token);
            await RunAsync(other, "BEGIN IMMEDIATE");
            var begun = Stopwatch.GetTimestamp();
            await RefusedAsync(portal.Process.Address);
            while (Stopwatch.GetElapsedTime(begun) < held)
            {
                Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/cabinet")).StatusCode);
            }

            await RunAsync(other, "ROLLBACK");
            await HealthAsync(portal, HttpStatusCode.OK);
        });
    }

    private string Data => Path.Combine(_root, "data");

    /// <summary>Before it, in the middle of it, and after it: each time something is acknowledged.</summary>
    private async Task WorkAsync(string name, Func<WorkedPortal, Task> fault)
    {
        Directory.CreateDirectory(Data);
        await using var portal = new WorkedPortal(copy, Data);
        await portal.StartAsync();
        await portal.WorkAsync();
        await portal.UntilAsync(() => portal is { Inside: > 20, Outside: > 3 });
        await fault(portal);
        var (inside, outside) = (portal.Inside + 20, portal.Outside + 3);
        await portal.UntilAsync(() => portal.Inside > inside && portal.Outside > outside);
        await portal.KillAsync();
        await portal.StartAsync();
        var verdict = await portal.LookAsync();
        LongForm.Say(name, 1, verdict.Acknowledged, verdict.Losses, verdict.Doubles);
    }

    /// <summary>Whoever sends a form gets it back with the sentence, and pages can be read. A little may still find room in what SQLite has in hand.</summary>
    private static async Task RefusedAsync(Uri portal)
    {
        using var visitor = new Visitor(portal);
        for (var number = 1; ; number++)
        {
            Assert.True(number < 500, "Everything was stored.");
            using var stranger = new Visitor(portal);
            var answer = await stranger.SendAsync(
                "/auth/register", ("Form.FullName", "Алиев Рашад"), ("Form.Phone", $"+7707555{number:0000}"), ("Form.Password", "верблюд пьёт чай"), ("Form.Consent", "true"));
            if (answer.Status != HttpStatusCode.Redirect)
            {
                Assert.Equal(HttpStatusCode.OK, answer.Status);
                Assert.Contains(Refused, answer.Page, StringComparison.Ordinal);
                Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/")).StatusCode);
                return;
            }
        }
    }

    private static async Task<Visitor> SignedInAsync(Uri portal)
    {
        var visitor = new Visitor(portal);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SendAsync("/auth/login", ("Form.Phone", PortalHost.Debtor.Phone), ("Form.Password", PortalHost.Debtor.Password))).Status);
        return visitor;
    }

    /// <summary>Looks until it says so: nobody has to tell it.</summary>
    private static async Task HealthAsync(WorkedPortal portal, HttpStatusCode wanted)
    {
        using var visitor = new Visitor(portal.Process.Address);
        var begun = Stopwatch.GetTimestamp();
        while ((await visitor.GetAsync("/health/ready")).StatusCode is var status && status != wanted)
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(30), $"It says {status}.");
        }
    }

    /// <summary>To the last page.</summary>
    private static void Fill(string filler)
    {
        using var file = File.Create(filler, bufferSize: 1);
        for (var bytes = 1 << 20; bytes >= 4096;)
        {
            try
            {
                file.Write(new byte[bytes]);
            }
            catch (IOException)
            {
                bytes /= 2;
            }
        }
    }

    private static async Task RunAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Token);
    }
}
