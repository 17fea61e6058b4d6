using Diaspora.Data.Operations;
using Diaspora.Domain.Notifications;
using Diaspora.Web.Shell.Operations;

namespace Diaspora.Web.Notifications;

/// <summary>Reads what messages say again when somebody has changed it, in this portal or in another one, or may have.</summary>
public sealed class MessageTextsListener(MessageTextService texts, IChangeFeed feed, TaskTurns turns, IServiceScopeFactory scopes, TimeProvider clock, ILogger<MessageTextsListener> log)
    : WokenTask(null, TaskPauses.AtOnce, feed, turns, scopes, clock, log)
{
    /// <summary>They have just been read.</summary>
    protected override bool BeginsAtStart => false;

    protected override IEnumerable<IDisposable> Listen(IChangeFeed feed) => [feed.Subscribe<MessageTextsChanged>(_ => Wake())];

    protected override async Task<bool> WorkAsync(IServiceProvider services, CancellationToken cancel)
    {
        await texts.RefreshAsync(cancel);
        return true;
    }
}
