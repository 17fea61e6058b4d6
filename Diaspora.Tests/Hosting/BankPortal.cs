using System.Net.Http.Headers;
using System.Text;
using Diaspora.Data;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Hosting;
using Diaspora.Web.Kaspi.Invoices;
using Diaspora.Web.Shell.Guard;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

[assembly: AssemblyFixture(typeof(BankPortal))]

namespace Diaspora.Tests.Hosting;

/// <summary>The portal with a bank to try it with. Started by the first test that asks for it.</summary>
public sealed class BankPortal : IDisposable
{
    public const string Secret = "a-secret-of-the-webhook";

    private readonly Lazy<PortalHost> _portal = new(() => PortalHost.Start(
        Environments.Development, ("Kaspi:Simulator", "true"), ("Kaspi:ApiPay:ApiKey", "a-key"), ("Kaspi:ApiPay:WebhookSecret", Secret)));

    public PortalHost Portal => _portal.Value;

    /// <summary>A call of the aggregator.</summary>
    public async Task<HttpResponseMessage> CallAsync(string body, string? signature, string provider = ApiPay.Key)
    {
        using var client = new HttpClient { BaseAddress = Portal.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/webhooks/payments/{provider}") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (signature is not null)
        {
            request.Headers.Add(ApiPay.SignatureHeader, signature);
        }

        return await client.SendAsync(request);
    }

    public static string Sign(string body, string secret = Secret) => SignedBody.Sign(secret, Encoding.UTF8.GetBytes(body));

    public async Task<T> ReadAsync<T>(Func<DiasporaDbContext, Task<T>> read)
    {
        await using var context = Portal.Services.GetRequiredService<IContextFactory>().Create();
        return await read(context);
    }

    public Task<int> EventsAsync() => ReadAsync(context => context.Set<WebhookEvent>().CountAsync());

    public Task<int> EvidenceAsync(string operation) => ReadAsync(context => context.Evidence.CountAsync(evidence => evidence.Operation == operation && evidence.Source != EvidenceSource.Receipt));

    public Task<string> NumberOfAsync(string phone) => ReadAsync(async context => (await context.Members.SingleAsync(member => member.Phone == PhoneNumber.Parse(phone))).Number.Value);

    public void Dispose()
    {
        if (_portal.IsValueCreated)
        {
            _portal.Value.Dispose();
        }
    }
}
