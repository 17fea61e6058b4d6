using System.Net;
using System.Text.Json;
using Diaspora.Domain.Notifications;
using Diaspora.Web.Shell.Guard;
using Lib.Net.Http.WebPush;
using Lib.Net.Http.WebPush.Authentication;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Notifications;

/// <summary>Messages to the browsers a member has switched on, by the push service of each browser's maker. Only the browser can read them: they are encrypted for it.</summary>
public sealed class PushChannel(IHttpClientFactory clients, IPushKeys keys, IOptions<NotificationOptions> options, IOptions<SiteOptions> site, TimeProvider clock) : IMessageChannel
{
    public const string Client = "push";

    /// <summary>A phone that was off for so long need not be told any more: the cabinet says it.</summary>
    private static readonly TimeSpan KeptByTheService = TimeSpan.FromDays(3);

    private readonly Lazy<PushKey?> key = new(() => options.Value.Push is { PublicKey.Length: > 0 } given ? new PushKey(given.PublicKey, given.PrivateKey!) : keys.Kept());

    public Channel Channel => Channel.Push;

    /// <summary>A message leads to the portal, so without an address of its own there is none.</summary>
    public bool IsOpen => options.Value.Push.Enabled && site.Value.BaseUrl is not null && key.Value is not null;

    public IReadOnlyList<string> Missing => IsOpen ? [] : site.Value.BaseUrl is null ? ["Site:BaseUrl"] : options.Value.Push.Enabled ? ["Notifications:Push:PublicKey", "Notifications:Push:PrivateKey"] : ["Notifications:Push:Enabled"];

    /// <summary>What browsers ask for before they give an address.</summary>
    public string? PublicKey => IsOpen ? key.Value!.Public : null;

    public async Task<Delivery> SendAsync(Guid id, Recipient to, WrittenMessage written, CancellationToken cancel)
    {
        using var authentication = new VapidAuthentication(key.Value!.Public, key.Value.Private) { Subject = SubjectOf(new Uri(site.Value.BaseUrl!)) };
        List<(Guid Device, Delivery Delivery)> sent = [];
        foreach (var device in to.Devices)
        {
            sent.Add((device.Id, await SendAsync(id, device, written, authentication, cancel)));
        }

        // A message that one of the browsers has shows itself there; said again it would be there twice.
        var all = sent.Select(each => each.Delivery).ToList();
        var outcome = all.Find(each => each.Outcome == DeliveryOutcome.Taken) ?? all.Find(each => each.Outcome == DeliveryOutcome.Unsure)
            ?? all.Where(each => each.Outcome == DeliveryOutcome.Later).MaxBy(each => each.RetryAfter ?? TimeSpan.Zero) ?? new Delivery(DeliveryOutcome.NoAddress, all.Count > 0 ? all[0].Problem : "no device");
        return outcome with { DeadDevices = [.. sent.Where(each => each.Delivery.Outcome == DeliveryOutcome.NoAddress).Select(each => each.Device)] };
    }

    private async Task<Delivery> SendAsync(Guid id, PushDevice device, WrittenMessage written, VapidAuthentication authentication, CancellationToken cancel)
    {
        using var http = clients.CreateClient(Client);
        var service = new PushServiceClient(http) { AutoRetryAfter = false };
        var subscription = new PushSubscription { Endpoint = device.Endpoint };
        subscription.SetKey(PushEncryptionKeyName.P256DH, device.Key);
        subscription.SetKey(PushEncryptionKeyName.Auth, device.Secret);
        var text = JsonSerializer.Serialize(new Notification(id.ToString("N"), written.Title, written.Text, written.Link.PathAndQuery, written.Language), JsonSerializerOptions.Web);
        var message = new PushMessage(text) { TimeToLive = (int)KeptByTheService.TotalSeconds, Urgency = PushMessageUrgency.High };
        try
        {
            await service.RequestPushMessageDeliveryAsync(subscription, message, authentication, cancel);
            return Delivery.Taken;
        }
        catch (PushServiceClientException refused)
        {
            var problem = $"push {(int)refused.StatusCode}";
            return refused.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone
                ? new Delivery(DeliveryOutcome.NoAddress, problem)
                : new Delivery(DeliveryOutcome.Later, problem, WaitOf(refused));
        }
        catch (HttpRequestException fault)
        {
            return new Delivery(fault.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError ? DeliveryOutcome.Later : DeliveryOutcome.Unsure, "push line");
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new Delivery(DeliveryOutcome.Unsure, "push silent");
        }
        catch (ArgumentException)
        {
            // A key that is no point of the curve.
            return new Delivery(DeliveryOutcome.NoAddress, "push key");
        }
    }

    private TimeSpan? WaitOf(PushServiceClientException refused) =>
        refused.Headers?.RetryAfter switch { { Delta: { } wait } => wait, { Date: { } until } => until - clock.GetUtcNow(), _ => null };

    /// <summary>Whom a push service may write to about us: it takes an address by https, or of mail.</summary>
    private static string SubjectOf(Uri portal) => portal.Scheme == Uri.UriSchemeHttps ? portal.AbsoluteUri : $"mailto:portal@{portal.Host}";

    /// <summary>As OnPhone/worker.js reads it.</summary>
    private sealed record Notification(string Tag, string Title, string Text, string Link, string Language);
}
