using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Diaspora.Domain.Notifications;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Diaspora.Tests.Notifications;

/// <summary>What a push service was asked.</summary>
internal sealed record AskedPush(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>A push service on the loopback: it keeps what it was asked, and answers as it is told.</summary>
internal sealed class PushService : IAsyncDisposable
{
    public const string Silent = "silent";

    private readonly TaskCompletionSource _over = new();
    private readonly WebApplication _service;

    private PushService(WebApplication service) => _service = service;

    public ConcurrentQueue<AskedPush> Asked { get; } = [];

    public Func<string, IResult> Answer { get; set; } = _ => Results.StatusCode(StatusCodes.Status201Created);

    public string Origin => _service.Urls.First();

    public static async Task<PushService> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var service = new PushService(builder.Build());
        service._service.MapPost("/{**path}", service.TakeAsync);
        await service._service.StartAsync(TestContext.Current.CancellationToken);
        return service;
    }

    /// <summary>Of a browser that this service knows under a path, with keys of its own.</summary>
    public PushAddress Address(string path) => AddressAt($"{Origin}/{path}");

    public static PushAddress AddressAt(string endpoint)
    {
        using var pair = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var point = pair.ExportParameters(includePrivateParameters: false).Q;
        return new PushAddress(endpoint, Base64Url.EncodeToString((byte[])[4, .. point.X!, .. point.Y!]), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)));
    }

    public Task StopAsync() => _service.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _over.TrySetResult();
        await _service.DisposeAsync();
    }

    private async Task<IResult> TakeAsync(HttpContext context, string path)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Asked.Enqueue(new AskedPush(path, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray()));
        if (path == Silent)
        {
            await _over.Task;
        }

        return Answer(path);
    }
}
