using System.Collections.Concurrent;
using System.Text;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Storage;
using Diaspora.Web.Dues;
using Diaspora.Web.Notifications;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell.Guard;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Diaspora.Tests.Notifications;

/// <summary>What a provider was asked.</summary>
internal sealed record AskedProvider(string Path, string? Authorization, string Body);

/// <summary>A provider of WhatsApp or of short messages on the loopback: it keeps what it was asked, and answers as it is told, or not at all.</summary>
internal sealed class PaidProvider : IAsyncDisposable
{
    private readonly TaskCompletionSource _over = new();
    private readonly WebApplication _service;

    private PaidProvider(WebApplication service) => _service = service;

    public ConcurrentQueue<AskedProvider> Asked { get; } = [];

    public bool IsSilent { get; set; }

    public Func<AskedProvider, IResult> Answer { get; set; } = _ => Results.StatusCode(StatusCodes.Status404NotFound);

    public string Origin => _service.Urls.First();

    public static async Task<PaidProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var provider = new PaidProvider(builder.Build());
        provider._service.MapPost("/{**path}", provider.TakeAsync);
        await provider._service.StartAsync(TestContext.Current.CancellationToken);
        return provider;
    }

    /// <summary>What the channels stand on, with this provider behind both.</summary>
    public ServiceProvider Services(Action<NotificationOptions>? change = null)
    {
        var options = new NotificationOptions
        {
            WhatsApp = new WhatsAppOptions { Address = $"{Origin}/v21.0", Token = "a-token", PhoneNumberId = "106540352242922", AppSecret = "a-secret", VerifyToken = "a-word", TengePerMessage = 31.25m },
            Sms = new SmsOptions { Address = Origin, ApiKey = "a-key", From = "Diaspora", TengePerPart = 18.5m },
        };
        change?.Invoke(options);
        var settings = new CurrentSettings();
        settings.Use(new SettingsSnapshot(new DuesRules(FeeSchedule.Always(new Money(2000)), 10, 12, 14, TimeZoneInfo.FindSystemTimeZoneById("Asia/Almaty"))));
        var services = new ServiceCollection().AddLocalization().AddLogging();
        foreach (var name in (string[])[WhatsAppChannel.Client, SmsChannel.Client])
        {
            services.AddHttpClient(name, client => client.Timeout = IsSilent ? TimeSpan.FromMilliseconds(300) : TimeSpan.FromSeconds(30));
        }

        return services.AddSingleton<TimeProvider>(new FakeTimeProvider(TestDatabase.Noon(2026, 3, 8))).AddSingleton(settings.Rules.Zone).AddSingleton(settings)
            .AddSingleton(Options.Create(new SiteOptions { BaseUrl = "https://portal.example.kz" })).AddSingleton(Options.Create(options))
            .AddSingleton<Wording>().AddSingleton<PeriodWords>().AddMessageWriter().AddSingleton<WhatsAppChannel>().AddSingleton<SmsChannel>().BuildServiceProvider();
    }

    public Task StopAsync() => _service.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _over.TrySetResult();
        await _service.DisposeAsync();
    }

    private async Task<IResult> TakeAsync(HttpContext context, string path)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var asked = new AskedProvider(path, context.Request.Headers.Authorization, await reader.ReadToEndAsync());
        Asked.Enqueue(asked);
        if (IsSilent)
        {
            await _over.Task;
        }

        return Answer(asked);
    }
}

/// <summary>An answer with a time to wait.</summary>
internal sealed class ComeBack(int status, string after) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        (httpContext.Response.StatusCode, httpContext.Response.Headers.RetryAfter) = (status, after);
        return Task.CompletedTask;
    }
}
