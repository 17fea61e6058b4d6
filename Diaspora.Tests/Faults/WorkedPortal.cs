using Diaspora.Data;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Instances;
using Diaspora.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Diaspora.Tests.Faults;

/// <summary>A published portal over a folder, everybody's work in it, and what is held against it afterwards. Started anew it is the same portal to whoever works.</summary>
/// <param name="folder">Is removed with it.</param>
internal sealed class WorkedPortal(PublishedCopy copy, string folder) : IAsyncDisposable
{
    /// <summary>Three days ahead of everybody: what no row names has been forgotten by then.</summary>
    private readonly TestDatabase _storage = TestDatabase.OnFolder(folder, new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(3)));
    private readonly Notes _inside = new();
    private readonly OutsideWork _outside = new();
    private CancellationTokenSource? _stop;
    private Task _working = Task.CompletedTask;

    public PortalProcess Process { get; private set; } = null!;

    public int Inside => _inside.Heard.Count;

    public int Outside => _outside.Count;

    public int BookedLists => _inside.Heard.Count(note => note is { IsDone: true, Verb: AuditAction.MembersImported });

    public async Task StartAsync()
    {
        Process = new PortalProcess(
            await copy.FolderAsync(), folder,
            [
                "--Backups:Enabled=false", "--Serilog:MinimumLevel:Default=Warning",
                .. ((string[])["RegisterPerAddress", "UploadsPerHour", "PaymentsPerHour", "CancelsPerHour"]).Select(limit => $"--Limits:{limit}=10000"),
            ],
            InsideWork.Environment)
        { Heard = _inside.Hear };
        await Process.ListensAsync();
    }

    public async Task WorkAsync()
    {
        await Process.SayAsync(InsideWork.Work);
        _stop = new CancellationTokenSource();
        _working = _outside.WorkAsync(Process.Address, _stop.Token);
    }

    /// <summary>Until it is so, or somebody's work has broken. Where it goes after everybody else on the machine, it has as long as a test has.</summary>
    public Task UntilAsync(Func<bool> holds) => Until.TrueAsync(() => _working.IsCompleted || _inside.Faults.Count > 0 || holds(), FactAttribute.SharedPatience);

    /// <summary>Everybody is cut off in the middle, and none of them had met with anything but an answer.</summary>
    public async Task KillAsync()
    {
        var hasBroken = _working.IsCompleted;
        await Process.KillAsync();
        await (_stop?.CancelAsync() ?? Task.CompletedTask);
        await _working;
        Assert.False(hasBroken && _stop is not null, "Nobody worked any more.");
        Assert.Empty(_inside.Faults);
        _stop?.Dispose();
        _stop = null;
    }

    /// <summary>Of a portal in which nobody works.</summary>
    public async Task<Verdict> LookAsync()
    {
        var verdict = new Verdict(_storage);
        await verdict.LookAsync([.. _inside.Heard, .. _outside.Notes], _outside);

        // Whoever had the file open would keep the log of a killed portal from being played in by the next one.
        SqliteFiles.Close(_storage.Get<IContextFactory>().FileOf());
        return verdict;
    }

    public async ValueTask DisposeAsync()
    {
        if (Process is { } process)
        {
            await process.DisposeAsync();
        }

        _stop?.Dispose();
        await _storage.DisposeAsync();
    }
}
