using System.Threading.Channels;
using Bunit;
using Diaspora.Domain.Payments;
using Diaspora.Web.Shared.Live;
using Diaspora.Web.Shell.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diaspora.Tests.Shared;

/// <summary>A page that listens: it misses nothing without being told, outlives a fault, and is left alone once it is closed.</summary>
public sealed class LiveRefreshTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly BunitContext _context = new();
    private readonly ChangeFeed _feed = new(NullLogger<ChangeFeed>.Instance);

    /// <summary>What the page was called with; nothing where it was told to read everything.</summary>
    private readonly Channel<IReadOnlyList<Guid>?> _calls = Channel.CreateUnbounded<IReadOnlyList<Guid>?>();

    public LiveRefreshTests() => _context.Services.AddLogging().AddSingleton<IChangeFeed>(_feed);

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public async Task Publish_MoreThanCanWait_TellsThePageOnceToReadEverything()
    {
        var busy = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Listen(patch: () => busy.Task);
        Assert.Equal([Publish()], await CallAsync());
        for (var index = 0; index < 600; index++)
        {
            Publish();
        }

        busy.SetResult();
        Assert.Null(await CallAsync());

        // Told once: what comes after is patched as before.
        Assert.Equal([Publish()], await CallAsync());
    }

    [Fact]
    public async Task Publish_AsManyAsCanWait_PatchesThemAllInOneCall()
    {
        var busy = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Listen(patch: () => busy.Task);
        Assert.Equal([Publish()], await CallAsync());
        List<Guid> published = [];
        for (var index = 0; index < 256; index++)
        {
            published.Add(Publish());
        }

        busy.SetResult();
        Assert.Equal(published, await CallAsync());
    }

    [Fact]
    public async Task Publish_AfterAPatchThatFailed_ReadsEverythingAndGoesOn()
    {
        var calls = 0;
        Listen(patch: () => ++calls == 1 ? throw new InvalidOperationException("the database is away") : Task.CompletedTask);
        Assert.Equal([Publish()], await CallAsync());
        Assert.Null(await CallAsync());
        Assert.Equal([Publish()], await CallAsync());
    }

    /// <summary>A refusal is an answer: the page shows it, and nothing is read again for it.</summary>
    [Fact]
    public async Task Publish_AfterAPatchThatWasRefused_GoesOn()
    {
        var calls = 0;
        Listen(patch: () => ++calls == 1 ? throw new DomainException(Problems.NotAllowed) : Task.CompletedTask);
        Assert.Equal([Publish()], await CallAsync());
        Assert.Equal([Publish()], await CallAsync());
    }

    [Fact]
    public async Task Publish_ToAPageThatPatchesNothing_ReadsEverything()
    {
        Listen(patch: null);
        Publish();
        Assert.Null(await CallAsync());
    }

    [Fact]
    public async Task Close_WhileAPatchRuns_CallsThePageNoMore()
    {
        var busy = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Listen(patch: () => busy.Task);
        Assert.Equal([Publish()], await CallAsync());
        Publish();
        Assert.Equal(1, _feed.Count);

        await _context.DisposeComponentsAsync();
        Assert.Equal(0, _feed.Count);
        busy.SetResult();
        Publish();

        // Another page that has had its turn since: so would have the closed one.
        Listen(patch: null);
        Publish();
        Assert.Null(await CallAsync());
        Assert.False(_calls.Reader.TryRead(out _));
    }

    /// <summary>The portal has stopped, and the page is only still in memory: nothing to try again, and no fault of the page.</summary>
    [Fact]
    public async Task Publish_AfterTheServicesAreGone_CallsThePageNoMore()
    {
        Listen(patch: () => throw new ObjectDisposedException(nameof(IServiceProvider)));
        Assert.Equal([Publish()], await CallAsync());

        // Another page that has had its turn since: the first would have been told before it to read everything.
        Listen(patch: () => Task.CompletedTask);
        Assert.Equal([Publish()], await CallAsync());
        Assert.False(_calls.Reader.TryRead(out _));
        Assert.False(_context.Renderer.UnhandledException.IsCompleted);
    }

    [Fact]
    public void Listen_WithoutSayingHowToReadAgain_IsRefused() =>
        Assert.Contains("OnChange", Assert.Throws<InvalidOperationException>(() => _context.Render<LiveRefresh<PaymentsChanged>>()).Message, StringComparison.Ordinal);

    private Guid Publish()
    {
        var id = Guid.NewGuid();
        _feed.Publish(new PaymentsChanged(id, []));
        return id;
    }

    private Task<IReadOnlyList<Guid>?> CallAsync() => _calls.Reader.ReadAsync(Xunit.TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);

    /// <param name="patch">What the page does with changes; missing where it reads everything.</param>
    private void Listen(Func<Task>? patch) => _context.Render<LiveRefresh<PaymentsChanged>>(parameters =>
    {
        parameters.Add(it => it.Interval, TimeSpan.Zero).Add(it => it.AfterFault, TimeSpan.Zero).Add(it => it.OnChange, () => { _calls.Writer.TryWrite(null); });
        if (patch is not null)
        {
            parameters.Add(it => it.OnPatch, changes =>
            {
                _calls.Writer.TryWrite([.. changes.Select(change => change.IntentId)]);
                return patch();
            });
        }
    });
}
