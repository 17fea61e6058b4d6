using System.Globalization;
using System.Net;
using System.Text;
using Diaspora.Data;
using Diaspora.Domain.Members;
using Diaspora.Domain.Notifications;
using Diaspora.Tests.Hosting;
using Diaspora.Web.Notifications;
using Diaspora.Web.Shell.Guard;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Diaspora.Tests.Notifications;

/// <summary>Meta's calls over HTTP, to a portal that has WhatsApp: only what is signed changes anything, and nothing goes back.</summary>
public sealed class WhatsAppRequestsTests : IDisposable
{
    private const string Secret = "a-secret-of-the-app";
    private const string Path = "/webhooks/messages/whatsapp";

    private readonly PortalHost _portal = PortalHost.Start(
        Environments.Development, ("Site:BaseUrl", "http://127.0.0.1"), ("Notifications:WhatsApp:Address", "http://127.0.0.1:9"), ("Notifications:WhatsApp:Token", "a-token"), ("Notifications:WhatsApp:PhoneNumberId", "1"),
        ("Notifications:WhatsApp:AppSecret", Secret), ("Notifications:WhatsApp:VerifyToken", "a-word"), ("Notifications:WhatsApp:TengePerMessage", "31.25"));

    public void Dispose() => _portal.Dispose();

    [Fact]
    public async Task Call_SignedOrNot_ChangesWhatItMayAndNothingGoesBack()
    {
        var (id, written) = await WrittenAsync();
        await AnsweredAsync($"{Path}?hub.mode=subscribe&hub.verify_token=a-word&hub.challenge=1158201444", HttpStatusCode.OK, "1158201444");
        await AnsweredAsync($"{Path}?hub.mode=subscribe&hub.verify_token=another&hub.challenge=1158201444", HttpStatusCode.Forbidden);
        await AnsweredAsync($"{Path}?hub.mode=subscribe&hub.challenge=1158201444", HttpStatusCode.Forbidden);

        // Forged: nothing changes.
        var read = Body(id, "read", written.AddMinutes(1));
        foreach (var wrong in (string?[])[null, "", "sha256=", Sign(read)[..^1], Sign(read + " "), Sign(read, "another secret"), Sign(read)[7..]])
        {
            await CallAsync(read, wrong, HttpStatusCode.Unauthorized);
        }

        Assert.Null((await MessageAsync(id)).ReadAt);

        // The last one first, twice; then what came before it, and what says the opposite.
        foreach (var body in (string[])[read, read, Body(id, "delivered", written), Body(id, "sent", written), Body(id, "failed", written.AddMinutes(2), """,{"code":131026}""")])
        {
            await CallAsync(body, Sign(body), HttpStatusCode.OK);
        }

        var message = await MessageAsync(id);
        Assert.Equal((MessageState.Sent, "wamid.HBgL=", true), (message.State, message.ProviderId, message.ReadAt is not null && message.DeliveredAt <= message.ReadAt));

        // Of no message of ours, of nothing, and what cannot be read: taken, so that it is not said again.
        foreach (var body in (string[])[Body(Guid.NewGuid(), "read", written, number: "wamid.other"), "{}", "[]", "not json", """{"entry":[{"changes":[{"value":{"statuses":[7,{"id":{},"status":"read"}]}}]},7]}""", """{"entry":[{"changes":[{"value":{"messages":[{"id":"wamid.in"}]}}]}]}"""])
        {
            await CallAsync(body, Sign(body), HttpStatusCode.OK);
        }

        var huge = new string(' ', (1024 * 1024) + 1);
        await CallAsync(huge, Sign(huge), HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal(message.ReadAt, (await MessageAsync(id)).ReadAt);
    }

    private async Task<(Guid Id, DateTime At)> WrittenAsync()
    {
        await using var context = _portal.Services.GetRequiredService<IContextFactory>().Create();
        var phone = PhoneNumber.Parse(PortalHost.Debtor.Phone);
        var member = await context.Members.SingleAsync(member => member.Phone == phone);
        var now = DateTime.UtcNow.AddMinutes(-10);
        var at = new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Utc);
        var message = new Message(new Notice(Cause.NewDevice, Guid.NewGuid(), member.Id, at, NoticeFacts.None), Channel.WhatsApp, "ru", at, TimeSpan.FromDays(1));

        // It waits for nobody's answer: whether it went, nobody knows.
        message.Claim(at);
        message.Finish(new Delivery(DeliveryOutcome.Unsure, "whatsapp silent"), at);
        context.Add(message);
        await context.SaveChangesAsync();
        return (message.Id, at);
    }

    private async Task<Message> MessageAsync(Guid id)
    {
        await using var context = _portal.Services.GetRequiredService<IContextFactory>().Create();
        return await context.Set<Message>().AsNoTracking().SingleAsync(message => message.Id == id);
    }

    private async Task AnsweredAsync(string path, HttpStatusCode status, string? text = null)
    {
        using var client = new HttpClient { BaseAddress = _portal.Address };
        using var answer = await client.GetAsync(path);
        Assert.Equal(status, answer.StatusCode);
        Assert.True(text is null || await answer.Content.ReadAsStringAsync() == text);
    }

    private async Task CallAsync(string body, string? signature, HttpStatusCode status)
    {
        using var client = new HttpClient { BaseAddress = _portal.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (signature is not null)
        {
            request.Headers.TryAddWithoutValidation(WhatsAppEndpoints.SignatureHeader, signature);
        }

        using var answer = await client.SendAsync(request);
        Assert.Equal(status, answer.StatusCode);
    }

    private static string Sign(string body, string secret = Secret) => SignedBody.Sign(secret, Encoding.UTF8.GetBytes(body));

    private static string Body(Guid id, string status, DateTime at, string error = "", string number = "wamid.HBgL=") => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messaging_product":"whatsapp","statuses":[{"id":"{{{number}}}","status":"{{{status}}}","timestamp":"{{{new DateTimeOffset(at).ToUnixTimeSeconds()}}}","recipient_id":"77011112233","biz_opaque_callback_data":"{{{id:N}}}","errors":[{{{error.TrimStart(',')}}}]}]}}]}]}""");
}
