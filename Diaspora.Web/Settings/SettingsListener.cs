using System.Threading.Channels;
using Diaspora.Data.Operations;
using Diaspora.Domain.Members;
using Diaspora.Domain.Settings;
using Diaspora.Web.Members;

namespace Diaspora.Web.Settings;

/// <summary>
/// Reads the settings again when somebody has changed them, in this portal or in another one, or may have; then what the members' list is filtered by follows them, by the doing of one portal.
/// </summary>
public sealed class SettingsListener(
    IChangeFeed feed, SettingsService settings, CurrentSettings current, TaskTurns turns, IServiceScopeFactory scopes, TimeProvider clock, ILogger<SettingsListener> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>One place: two changes in a row need one reading.</summary>
    private readonly Channel<bool> _calls = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private IDisposable[] _subscriptions = [];

    /// <summary>Those that the list follows already.</summary>
    private DateTime? _followed;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _followed = current.Value.StoredAt;
        _subscriptions = [feed.Subscribe<SettingsChanged>(_ => _calls.Writer.TryWrite(true)), feed.Subscribe<AnnouncementsMissed>(_ => _calls.Writer.TryWrite(true))];
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        Array.ForEach(_subscriptions, subscription => subscription.Dispose());
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
            if (current.Value.StoredAt is var read && read != _followed)
            {
                // While another portal has it in hand, that one has been told of the same settings.
                await turns.RunAsync(RefreshListingsTask.Turn, RefreshListingsTask.Hold, FollowAsync, stopping);
                _followed = read;
            }

            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            log.LogError(fault, "The changed settings could not be read; tried again in {Seconds} s", Pause.TotalSeconds);
            return false;
        }
    }

    private async Task FollowAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<MemberService>().RefreshListingsAsync(cancel);
    }
}
