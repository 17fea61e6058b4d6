using System.Threading.Channels;
using Diaspora.Domain.Members;
using Diaspora.Domain.Settings;

namespace Diaspora.Web.Settings;

/// <summary>Reads the settings again when somebody has changed them, on this instance or, once the feed spans them, on another; then what the members' list is filtered by follows them.</summary>
public sealed class SettingsListener(IChangeFeed feed, SettingsService settings, IServiceScopeFactory scopes, TimeProvider clock, ILogger<SettingsListener> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>One place: two changes in a row need one reading.</summary>
    private readonly Channel<bool> _calls = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private IDisposable? _subscription;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = feed.Subscribe<SettingsChanged>(_ => _calls.Writer.TryWrite(true));
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _subscription?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in _calls.Reader.ReadAllAsync(stoppingToken))
        {
            while (!await TryReadAsync(stoppingToken))
            {
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
    }

    private async Task<bool> TryReadAsync(CancellationToken stopping)
    {
        try
        {
            await settings.RefreshAsync(stopping);
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<MemberService>().RefreshListingsAsync(stopping);
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            log.LogError(fault, "The changed settings could not be read; tried again in {Seconds} s", Pause.TotalSeconds);
            return false;
        }
    }
}
