using System.Net;
using System.Threading.RateLimiting;
using Diaspora.Data.Operations;
using Diaspora.Domain.Notifications;
using Diaspora.Web.Shell;
using Diaspora.Web.Shell.Guard;
using Diaspora.Web.Shell.Operations;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Telegram.Bot.Exceptions;

namespace Diaspora.Web.Notifications;

/// <summary>The portal's bot.</summary>
internal static class TelegramFeature
{
    /// <summary>Telegram usually answers within a second; what it has not answered by then may have gone.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static IServiceCollection AddTelegram(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<NotificationOptions>, TelegramOptionsValidator>();
        services.AddHttpClient(TelegramChannel.Client, client => client.Timeout = Patience).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }).RemoveAllLoggers();
        services.AddSingleton<TelegramChannel>();
        services.AddSingleton<IMessageChannel>(provider => provider.GetRequiredService<TelegramChannel>());
        services.AddScoped<TelegramLinkService>();
        services.AddSingleton<TelegramGate>();
        services.AddSingleton<TelegramWebhookState>();
        services.AddHostedService<RegisterTelegramTask>();
        services.AddHealthChecks().AddCheck<TelegramCheck>("telegram", tags: [HealthAnswers.Ready]);
        return services;
    }
}

/// <summary>Stops floods: Telegram calls from a few addresses, and tries again what was refused for the moment.</summary>
public sealed class TelegramGate : IDisposable
{
    /// <summary>So many calls an address may make at once, and again within a minute.</summary>
    public const int Most = 600;

    private readonly PartitionedRateLimiter<IPAddress> _calls = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address => RateLimitPartition.GetTokenBucketLimiter(Network.Of(address), _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = Most,
        TokensPerPeriod = Most / 60,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    }));

    public bool MayCall(IPAddress? address)
    {
        using var lease = _calls.AttemptAcquire(address ?? IPAddress.None);
        return lease.IsAcquired;
    }

    public void Dispose() => _calls.Dispose();
}

/// <summary>
/// Tells Telegram at the start where to call. Members can be told without it, but not connect a chat; so a start goes on where it fails, it is tried again, and the page of health says so.
/// </summary>
public sealed class RegisterTelegramTask(
    TelegramChannel channel, TelegramWebhookState state, IOptions<SiteOptions> site, IChangeFeed feed, TaskTurns turns, IServiceScopeFactory scopes, TimeProvider clock, ILogger<RegisterTelegramTask> log)
    : WokenTask(null, Pauses, feed, turns, scopes, clock, log)
{
    private static readonly TaskPauses Pauses = TaskPauses.AtOnce with { AfterFault = TimeSpan.FromMinutes(1), LongestAfterFault = TimeSpan.FromHours(1) };

    protected override IEnumerable<IDisposable> Listen(IChangeFeed feed) => [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => channel.IsOpen ? base.ExecuteAsync(stoppingToken) : Task.CompletedTask;

    protected override async Task<bool> WorkAsync(IServiceProvider services, CancellationToken cancel)
    {
        var webhook = new Uri(site.Value.Address!, Urls.TelegramWebhook);
        if (webhook.Scheme != Uri.UriSchemeHttps)
        {
            Say("Site:BaseUrl does not begin with https://, and Telegram calls nothing else");
            return true;
        }

        try
        {
            await channel.RegisterAsync(webhook, cancel);
            state.Problem = null;
            return true;
        }
        catch (RequestException fault)
        {
            Say(TelegramChannel.ProblemOf(fault));
            return false;
        }
    }

    /// <summary>Once, until it is something else.</summary>
    private void Say(string problem)
    {
        if (state.Problem != problem)
        {
            log.LogWarning("Telegram was not told where to call, so nobody can connect a chat: {Problem}", problem);
            state.Problem = problem;
        }
    }
}

/// <summary>Why Telegram does not know where to call; empty while all is well.</summary>
public sealed class TelegramWebhookState
{
    private volatile string? _problem;

    public string? Problem { get => _problem; set => _problem = value; }
}

public sealed class TelegramCheck(TelegramWebhookState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(state.Problem is { } problem ? HealthCheckResult.Degraded($"Telegram does not know where to call: {problem}.") : HealthCheckResult.Healthy());
}
