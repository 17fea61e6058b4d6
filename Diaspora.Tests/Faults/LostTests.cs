using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Diaspora.Data;
using Diaspora.Data.Demo;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Microsoft.Extensions.Hosting;

namespace Diaspora.Tests.Faults;

/// <summary>What stands beside the database is gone: the keys, the mail server. Nobody loses more than it was.</summary>
public sealed partial class LostTests(PublishedCopy copy)
{
    /// <summary>Sessions and forms are signed with them; nothing that is stored is.</summary>
    [Fact]
    public async Task Start_WithoutTheKeys_LetsEverybodySignInAgainToTheirData()
    {
        var folder = Directory.CreateTempSubdirectory("diaspora-test-").FullName;
        try
        {
            await PortalHost.LayAsync(folder);
            string before;
            CookieContainer cookies;
            await using (var first = await StartAsync(folder))
            {
                using var visitor = new Visitor(first.Address);
                await SignInAsync(visitor);
                before = Debt().Match(await visitor.ReadAsync("/cabinet")).Value;
                Assert.NotEqual("", before);
                cookies = visitor.Cookies;
            }

            Directory.Delete(new StorageFolders(folder).Keys, recursive: true);

            await using var second = await StartAsync(folder);
            using var again = new Visitor(second.Address);
            cookies.GetAllCookies().ToList().ForEach(again.Cookies.Add);
            var answer = await again.GetAsync("/cabinet");
            Assert.Equal((HttpStatusCode.Redirect, "/auth/login"), (answer.StatusCode, new Uri(second.Address, answer.Headers.Location!).AbsolutePath));
            await SignInAsync(again);
            Assert.Equal(before, Debt().Match(await again.ReadAsync("/cabinet")).Value);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Letters wait beside the pages, which are answered as ever: so that nobody can tell by the time either who has an address.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ask_WhileTheMailServerIsAway_IsAnsweredAsEver(bool hangs)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var port = ((IPEndPoint)server.LocalEndpoint).Port;
        if (!hangs)
        {
            server.Stop();
        }

        using var portal = PortalHost.Start(
            Environments.Development, ("Smtp:Host", "127.0.0.1"), ("Smtp:Port", $"{port}"), ("Smtp:UseTls", "false"), ("Smtp:From", "salam@example.kz"), ("Site:BaseUrl", "https://portal.example.kz"));
        using var visitor = new Visitor(portal);
        const string phone = "+7 702 777 00 01";
        var registered = await visitor.SendAsync(
            "/auth/register", ("Form.FullName", "Алиев Рашад"), ("Form.Phone", phone), ("Form.Password", "верблюд пьёт чай"), ("Form.Email", "rashad@example.kz"), ("Form.Consent", "true"));
        Assert.EndsWith("/cabinet", registered.Location, StringComparison.Ordinal);
        using var forgetful = new Visitor(portal);
        var known = await forgetful.SendAsync("/auth/forgot", ("Form.Phone", phone));
        var unknown = await forgetful.SendAsync("/auth/forgot", ("Form.Phone", "+7 702 777 00 02"));
        Assert.Equal((unknown.Status, unknown.Location), (known.Status, known.Location));
        Assert.True((int)known.Status < 400, $"{known.Status}");
        if (hangs)
        {
            // The letter is on its way, and stays there, while the pages go on.
            using var letter = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/cabinet")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/health/ready")).StatusCode);
    }

    private async Task<PortalProcess> StartAsync(string folder)
    {
        var portal = new PortalProcess(await copy.FolderAsync(), folder, "--Backups:Enabled=false", "--Serilog:MinimumLevel:Default=Warning");
        await portal.ListensAsync();
        return portal;
    }

    private static async Task SignInAsync(Visitor visitor)
    {
        var answer = await visitor.SendAsync("/auth/login", ("Form.Phone", DemoData.Accounts[2].Phone), ("Form.Password", DemoData.Accounts[2].Password));
        Assert.EndsWith("/cabinet", answer.Location, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\d[\d ]* ₸")]
    private static partial Regex Debt();
}
