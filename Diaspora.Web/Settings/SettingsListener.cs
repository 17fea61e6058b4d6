using Diaspora.Data.Operations;
using Diaspora.Domain.Members;
using Diaspora.Domain.Settings;
using Diaspora.Web.Members;
using Diaspora.Web.Shell.Operations;

namespace Diaspora.Web.Settings;

/// <summary>
/// Reads the settings again when somebody has changed them, in this portal or in another one, or may have; then what the members' list is filtered by follows them, by the doing of one portal.
/// </summary>
public sealed class SettingsListener(
    IChangeFeed feed, SettingsService settings, CurrentSettings current, TaskTurns turns, IServiceScopeFactory scopes, TimeProvider clock, ILogger<SettingsListener> log)
    : WokenTask(null, TaskPauses.AtOnce, feed, turns, scopes, clock, log)
{
    private readonly TaskTurns _turns = turns;

    /// <summary>Those that the list follows already.</summary>
    private DateTime? _followed;

    /// <summary>They have just been read.</summary>
    protected override bool BeginsAtStart => false;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _followed = current.Value.StoredAt;
        return base.StartAsync(cancellationToken);
    }

    protected override IEnumerable<IDisposable> Listen(IChangeFeed feed) => [feed.Subscribe<SettingsChanged>(_ => Wake())];

    protected override async Task<bool> WorkAsync(IServiceProvider services, CancellationToken cancel)
    {
        await settings.RefreshAsync(cancel);
        if (current.Value.StoredAt is var read && read != _followed)
        {
            // While another portal has it in hand, that one has been told of the same settings.
            await _turns.RunAsync(RefreshListingsTask.Turn, RefreshListingsTask.Hold, stop => services.GetRequiredService<MemberService>().RefreshListingsAsync(stop), cancel);
            _followed = read;
        }

        return true;
    }
}
