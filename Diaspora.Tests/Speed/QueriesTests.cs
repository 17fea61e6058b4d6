using Diaspora.Data.Demo;
using Diaspora.Domain.Kernel;
using Diaspora.Domain.Members;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Screens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Speed;

/// <summary>What opening a page asks of the database, its circuit included.</summary>
[Trait("needs", "browser")]
public sealed class QueriesTests(Chromium chromium)
{
    /// <summary>Three of the queue's are what its rows are warned of: receipts that were read, payments of the same payers, months that are owed.</summary>
    public static TheoryData<string, bool, int> Pages => new() { { "/cabinet", false, 4 }, { "/admin/payments", true, 6 } };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Open_MainPage_AsksFewQueries(string address, bool isStaff, int most)
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
        await portal.TrailWrittenAsync();
        counter.Restart(portal.Folder);
        await page.GotoAsync(address);
        await page.AliveAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        Assert.NotEmpty(counter.Queries);
        Assert.True(counter.Queries.Count <= most, $"{counter.Queries.Count} queries:\n{string.Join("\n---\n", counter.Queries)}");
    }
}

/// <summary>What an edit in the members' list asks of it.</summary>
[Trait("needs", "browser")]
public sealed class EditQueriesTests(Chromium chromium)
{
    /// <summary>One's own announcement is known by the page it came from. A colleague's comes after it, so once it is shown the own one would have been heard too.</summary>
    [Fact]
    public async Task Save_ALineOfTheList_ReadsItsRowAlone_AndTheListOnlyForAColleague()
    {
        using var counter = new QueryCounter();
        using var portal = PortalHost.Start(Environments.Development);
        await using var browser = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var page = await browser.SignInAsync(PortalHost.Admin, "/admin/login", "/admin/members");
        await page.AliveAsync();
        var ids = await page.Locator("[data-member]").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.member)");
        await page.EditFirstAsync();
        await page.Locator("#edit-City").FillAsync("Актау");
        await portal.TrailWrittenAsync();
        counter.Restart(portal.Folder);
        await page.Locator("#edit-City").PressAsync("Enter");
        await Expect(page.Locator($"[data-member='{ids[0]}'] .city")).ToHaveTextAsync("Актау");
        Assert.NotEmpty(counter.Queries);
        Assert.DoesNotContain(counter.Queries, IsOfThePage);

        await using var scope = portal.Services.CreateAsyncScope();
        var colleague = new Actor(await ExampleData.IdOfAsync(portal, PortalHost.Admin), "127.0.0.1", "tests");
        await scope.ServiceProvider.GetRequiredService<MemberEditService>().EditAsync(colleague, Guid.Parse(ids[2]), new EditMemberForm { Field = MemberField.FullName, Seen = await NameAsync(page, ids[2]), Value = "Аббасов Аббас" });
        await Expect(page.Locator("[data-member] .name a").GetByText("Аббасов Аббас")).ToBeVisibleAsync();
        Assert.True(counter.Queries.Count(IsOfThePage) == 1, string.Join("\n---\n", counter.Queries));
    }

    private static Task<string> NameAsync(IPage page, string id) => page.Locator($"[data-member='{id}'] .name a").InnerTextAsync();

    /// <summary>Who is on the page, in its order. What the filters offer is counted in the same table.</summary>
    private static bool IsOfThePage(string query) => query.Contains("FROM \"MemberDues\"", StringComparison.Ordinal) && query.Contains("LIMIT", StringComparison.Ordinal) && !query.Contains("GROUP BY", StringComparison.Ordinal);
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
        Assert.NotEmpty(counter.QueriesOfRequests);
        counter.Restart(portal.Folder);
        await client.GetAsync(new Uri("/about", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Empty(counter.QueriesOfRequests);
    }
}
