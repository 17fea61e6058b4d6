using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Diaspora.Web.Shell.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Diaspora.Tests.Shell;

/// <summary>Whose word is taken for the visitor's address. The log of who signed in shows what was believed, the portal's own log tells whoever runs it.</summary>
public sealed class ForwardedHeadersTests
{
    private const string Forged = "203.0.113.77";

    [Fact]
    public Task SignIn_ForgedForwardedHeaderAndNoProxyNamed_IsNotBelieved() => SignInAsync(believes: false);

    [Fact]
    public Task SignIn_HeaderOfANamedProxy_IsBelieved() => SignInAsync(believes: true, ("Proxy:Addresses:0", "127.0.0.1"));

    /// <summary>A container in front gets another address with every start.</summary>
    [Fact]
    public Task SignIn_HeaderOfAProxyInANamedNetwork_IsBelieved() => SignInAsync(believes: true, ("Proxy:Addresses:0", "10.1.2.3"), ("Proxy:Addresses:1", "127.0.0.0/16"));

    [Theory]
    [InlineData("172.18.0.0/33", "not a network")]
    [InlineData("0.0.0.0/0", "not a network")]
    [InlineData("/16", "not a network")]
    [InlineData("proxy", "not an IP address")]
    [InlineData("", "not an IP address")]
    public void Read_WhatIsNoProxy_NamesTheKey(string value, string why) =>
        Assert.Contains($"Proxy:Addresses: '{value}' is {why}", Assert.Single(new ProxyOptions { Addresses = ["127.0.0.1", value, "172.18.0.0/16", "fd00::/8"] }.Faults()), StringComparison.Ordinal);

    private static async Task SignInAsync(bool believes, params (string Key, string Value)[] settings)
    {
        var log = new PortalLog();
        using (var portal = log.Start(Environments.Development, settings))
        {
            using var visitor = new Visitor(portal);
            visitor.Headers.Add("X-Forwarded-For", Forged);
            visitor.Headers.Add("X-Forwarded-Proto", "http");
            await visitor.SendAsync("/admin/login", ("Form.Phone", PortalHost.Cashier.Phone), ("Form.Password", PortalHost.Cashier.Password));

            await portal.TrailWrittenAsync();
            await using var scope = portal.Services.CreateAsyncScope();
            var context = scope.ServiceProvider.GetRequiredService<Diaspora.Data.DiasporaDbContext>();
            var entry = await context.AuditEntries.SingleAsync(entry => entry.Action == AuditAction.StaffSignedIn, TestContext.Current.CancellationToken);
            Assert.Equal(believes, entry.Ip == Forged);
        }

        // Two requests came, and it is said once.
        var told = log.Lines.Select(line => line.GetProperty("@m").GetString()!).Where(line => line.Contains("is not believed", StringComparison.Ordinal)).ToList();
        Assert.Equal(believes ? 0 : 1, told.Count);
        Assert.All(told, line => Assert.Contains("Proxy__Addresses__0=127.0.0.1", line, StringComparison.Ordinal));
    }
}
