using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Instances;

/// <summary>Two real portals over one folder: what is done on one is seen on the other, with Redis and without, and after one of them was killed.</summary>
[Trait("needs", "browser")]
public sealed class TwoPortalsTests(Chromium chromium, TwoPortals portals) : IClassFixture<TwoPortals>
{
    /// <summary>Far above what it takes, and far below what a page would need to find out by itself.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Confirm_OnOne_IsSeenOnTheOther()
    {
        await portals.StartAsync();
        await using var first = await chromium.OpenAsync(portals.North.Address, Chromium.Laptop);
        await using var second = await chromium.OpenAsync(portals.South.Address, Chromium.Laptop);
        var (north, south) = (await QueueAsync(first), await QueueAsync(second));
        await south.MarkAsync();
        await ConfirmAsync(north, south);
        await ConfirmAsync(south, north);
        await south.StayedAsync();
    }

    [Fact]
    public async Task Kill_RedisAndBringItBack_PagesGoOnAndAreRightInBetween()
    {
        await portals.StartAsync();
        await using var first = await chromium.OpenAsync(portals.North.Address, Chromium.Laptop);
        await using var second = await chromium.OpenAsync(portals.South.Address, Chromium.Laptop);
        var (north, south) = (await QueueAsync(first), await QueueAsync(second));
        await south.MarkAsync();

        await portals.Redis.KillAsync();
        try
        {
            await ConfirmAsync(north, south);
            Assert.Equal("Degraded", await portals.South.RedisHealthAsync());
        }
        finally
        {
            await portals.Redis.BeginAsync();
        }

        while (await portals.North.RedisHealthAsync() != "Healthy" || await portals.South.RedisHealthAsync() != "Healthy")
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        await ConfirmAsync(north, south);
        await south.StayedAsync();
    }

    [Fact]
    public async Task Kill_OnePortal_ItsPageGoesOnAtTheOther()
    {
        await portals.StartAsync();
        await using var line = SlowLine.To(portals.South.Address, TimeSpan.Zero);
        await using var laptop = await chromium.OpenAsync(line.Address, Chromium.Laptop);
        var page = await QueueAsync(laptop);
        try
        {
            await portals.South.KillAsync();
            line.Lead(portals.North.Address);

            // Its circuit is gone, its session is not.
            var rows = page.Locator(".q-row");
            await page.WaitForFunctionAsync("() => performance.getEntriesByType('navigation').length === 1 && document.documentElement.dataset.line !== 'live'");
            await page.AliveAsync();
            var before = await rows.CountAsync();
            await rows.First.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Подтвердить" }).ClickAsync();
            await Expect(rows).ToHaveCountAsync(before - 1);
        }
        finally
        {
            await portals.StartSouthAgainAsync();
        }
    }

    [Fact]
    public async Task Start_AThirdWithoutRedis_IsRefusedAndNamesTheFirst()
    {
        await portals.StartAsync();
        await using var third = portals.Another();
        var (code, errors) = await third.EndsAsync();
        Assert.Equal(1, code);
        var sentence = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains($"{Environment.MachineName} (process {portals.North.Id})", sentence, StringComparison.Ordinal);
        Assert.Contains("set Redis:ConnectionString", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignOut_OnOne_EndsTheSessionOnTheOther()
    {
        await portals.StartAsync();
        using var north = new Visitor(portals.North.Address);
        using var south = new Visitor(portals.South.Address);

        // Signed with keys that both have, in a form that the other one made.
        var form = await south.FormAsync("/auth/login");
        south.Cookies.GetAllCookies().ToList().ForEach(north.Cookies.Add);
        var answer = await north.SendAsync(form, ("Form.Phone", PortalHost.Debtor.Phone), ("Form.Password", PortalHost.Debtor.Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        north.Cookies.GetAllCookies().ToList().ForEach(south.Cookies.Add);
        Assert.Equal(HttpStatusCode.OK, (await south.GetAsync("/cabinet")).StatusCode);

        var copy = north.Cookies.GetAllCookies().ToList();
        Assert.Equal("/", (await north.SendAsync("/cabinet")).Location);
        var begun = Stopwatch.GetTimestamp();
        copy.ForEach(south.Cookies.Add);
        while ((await south.GetAsync("/cabinet")).StatusCode == HttpStatusCode.OK)
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < AtOnce, "The session went on.");
        }
    }

    [Fact]
    public async Task Attach_AReceiptOnOne_IsOpenedOnTheOther()
    {
        await portals.StartAsync();
        using var north = new Visitor(portals.North.Address);
        using var south = new Visitor(portals.South.Address);
        await north.SendAsync("/admin/login", ("Form.Phone", PortalHost.Cashier.Phone), ("Form.Password", PortalHost.Cashier.Password));
        north.Cookies.GetAllCookies().ToList().ForEach(south.Cookies.Add);
        var intent = Guid.Parse((await portals.ReadAsync("""SELECT "Id" FROM "PaymentIntents" LIMIT 1"""))[0]);
        var sent = "%PDF-1.4\n% of the north\n%%EOF\n"u8.ToArray();

        var form = await north.FormAsync("/cabinet");
        north.Headers.Accept.ParseAdd("application/json");
        using var answer = await north.UploadAsync(form, $"/admin/payments/{intent}/receipts", "files", ("чек.pdf", sent));
        using var told = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using var opened = await south.GetAsync(told.RootElement.GetProperty("taken")[0].GetProperty("url").GetString()!);
        Assert.Equal(sent, await opened.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Run_HourlyTasks_OnOneOfThem()
    {
        await portals.StartAsync();
        var runs = await portals.ReadAsync("""SELECT "PortalInstances"."Name" FROM "TaskRuns" JOIN "PortalInstances" ON "PortalInstances"."Id" = "TaskRuns"."HeldBy" WHERE "TaskRuns"."Name" = 'hourly'""");
        Assert.Equal([$"{Environment.MachineName} (process {portals.North.Id})"], runs);
        Assert.Equal(2, (await portals.ReadAsync("""SELECT "Name" FROM "PortalInstances" """)).Count);
    }

    private static async Task<IPage> QueueAsync(IBrowserContext browser)
    {
        var page = await browser.SignInAsync(PortalHost.Cashier, "/admin/login", "/admin/payments");
        await page.AliveAsync();
        return page;
    }

    private static async Task ConfirmAsync(IPage here, IPage there)
    {
        var decide = here.Locator(".q-row [data-intent]").First;
        var id = await decide.GetAttributeAsync("data-intent");
        await decide.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Подтвердить" }).ClickAsync();
        await Expect(here.Locator($"[data-intent='{id}']")).ToHaveCountAsync(0);
        await Expect(there.Locator($"[data-intent='{id}']")).ToHaveCountAsync(0);
    }
}
