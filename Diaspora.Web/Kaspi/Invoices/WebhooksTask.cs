using Diaspora.Data.Operations;
using Diaspora.Domain.Kaspi;
using Diaspora.Web.Shell.Operations;

namespace Diaspora.Web.Kaspi.Invoices;

/// <summary>Works off the calls that are kept: at the start what came before it, then each as it comes. What cannot be worked off is tried again after pauses that grow.</summary>
public sealed class WebhooksTask(IEnumerable<IPaymentProvider> providers, IChangeFeed feed, TaskTurns turns, IServiceScopeFactory scopes, TimeProvider clock, ILogger<WebhooksTask> log)
    : WokenTask("webhooks", Pauses, feed, turns, scopes, clock, log)
{
    private static readonly TaskPauses Pauses = TaskPauses.AtOnce with { AfterFault = TimeSpan.FromSeconds(2), LongestAfterFault = TimeSpan.FromMinutes(10) };

    /// <summary>Whoever keeps a call wakes it.</summary>
    protected override IEnumerable<IDisposable> Listen(IChangeFeed feed) => [];

    protected override async Task<bool> WorkAsync(IServiceProvider services, CancellationToken cancel) =>
        await services.GetRequiredService<WebhookService>().WorkAsync((name, body) => providers.FirstOrDefault(provider => provider.Name == name)?.Read(body), cancel) == 0;
}
