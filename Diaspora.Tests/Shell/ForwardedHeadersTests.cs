using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Diaspora.Tests.Shell;

/// <summary>Whose word is taken for the visitor's address. The log of who signed in shows what was believed.</summary>
public sealed class ForwardedHeadersTests
{
    private const string Forged = "203.0.113.77";

    [Fact]
    public Task SignIn_ForgedForwardedHeaderAndNoProxyNamed_IsNotBelieved() => SignInAsync(believes: false);

    [Fact]
    public Task SignIn_HeaderOfANamedProxy_IsBelieved() => SignInAsync(believes: true, ("Proxy:Addresses:0", "127.0.0.1"));

    private static async Task SignInAsync(bool believes, params (string Key, string Value)[] settings)
    {
        using var portal = PortalHost.Start(Environments.Development, settings);
        using var visitor = new Visitor(portal);
        visitor.Headers.Add("X-Forwarded-For", Forged);
        await visitor.SendAsync("/admin/login", ("Form.Phone", PortalHost.Cashier.Phone), ("Form.Password", PortalHost.Cashier.Password));

        await using var scope = portal.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<Diaspora.Data.DiasporaDbContext>();
        var entry = await context.AuditEntries.SingleAsync(entry => entry.Action == AuditAction.StaffSignedIn, TestContext.Current.CancellationToken);
        Assert.Equal(believes, entry.Ip == Forged);
    }
}
