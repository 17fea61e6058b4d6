using Diaspora.Data.Operations;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Diaspora.Web.Shell.Operations;

namespace Diaspora.Web.Kaspi;

/// <summary>Looks at evidence that waits: what came before its claim, and what was told while the portal was off.</summary>
public sealed class MatchEvidenceTask(IChangeFeed feed, TaskTurns turns, IServiceScopeFactory scopes, TimeProvider clock, ILogger<MatchEvidenceTask> log)
    : WokenTask("evidence", TaskPauses.Gathered, feed, turns, scopes, clock, log)
{
    protected override IEnumerable<IDisposable> Listen(IChangeFeed feed) => [feed.Subscribe<EvidenceChanged>(_ => Wake()), feed.Subscribe<PaymentsChanged>(_ => Wake())];

    protected override async Task<bool> WorkAsync(IServiceProvider services, CancellationToken cancel)
    {
        var matched = await services.GetRequiredService<MatchingService>().LookAsync(cancel);
        if (matched > 0)
        {
            log.LogInformation("{Count} pieces of evidence were matched", matched);
        }

        return true;
    }
}
