using Diaspora.Data.Demo;
using Diaspora.Domain.Members;
using Diaspora.Tests.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;

namespace Diaspora.Tests.Speed;

/// <summary>What opening a page asks of the database, its circuit included.</summary>
[Trait("needs", "browser")]
public sealed class QueriesTests(Chromium chromium)
{
    private const int Most = 4;

    public static TheoryData<string, bool> Pages => new() { { "/cabinet", false }, { "/admin/payments", true } };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Open_MainPage_AsksAtMostFourQueries(string address, bool isStaff)
    {
        // EF asks only once a second whether anybody listens: so we listen from the start, and forget what came before.
        using var counter = new QueryCounter();
        using var portal = PortalHost.Start(Environments.Development);
        DemoAccount reader = isStaff ? PortalHost.Cashier : PortalHost.Debtor;
        await using var browser = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var page = await browser.SignInAsync(reader);
        await page.AliveAsync();

        // Away to a page without a circuit, so that nothing of the first visit is counted.
        await page.GotoAsync("/about");
        counter.Restart(portal.Folder);
        await page.GotoAsync(address);
        await page.AliveAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        Assert.NotEmpty(counter.Queries);
        Assert.True(counter.Queries.Count <= Most, $"{counter.Queries.Count} queries:\n{string.Join("\n---\n", counter.Queries)}");
    }
}

/// <summary>What a visitor's page asks of it.</summary>
public sealed class PublicQueriesTests
{
    [Fact]
    public async Task Open_PublicPages_AskNothingTwice()
    {
        using var counter = new QueryCounter();
        using var portal = PortalHost.Start(Environments.Development);
        using var client = portal.CreateClient();
        await client.GetAsync(new Uri("/about", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.NotEmpty(counter.Restart(portal.Folder));
        await client.GetAsync(new Uri("/about", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Empty(counter.Queries);
    }
}
