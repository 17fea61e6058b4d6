using System.ComponentModel.DataAnnotations;
using System.Net;
using Diaspora.Data.Demo;
using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Screens;
using Diaspora.Tests.Storage;
using Diaspora.Web.Shell.Guard;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Diaspora.Tests.Shell;

/// <summary>How much one person may have open, and do within an hour.</summary>
public sealed class LimitsTests(PortalHost portal, ProxiedPortal proxied, Chromium chromium)
{
    private static readonly IPAddress Office = IPAddress.Parse("203.0.113.7");

    [Fact]
    public void Open_MorePagesThanThereIsRoom_IsRefusedByPersonByAddressAndInAll()
    {
        var pages = new OpenPages(Options.Create(new LimitOptions { PagesPerMember = 2, PagesPerAddress = 3, Pages = 5 }));
        var (first, second, third) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());

        Assert.True(pages.TryOpen("1", first, Office));
        Assert.True(pages.TryOpen("2", first, IPAddress.Parse("203.0.113.8")));
        Assert.Equal(Fullness.Member, pages.Look(first, IPAddress.Parse("203.0.113.9")));
        Assert.False(pages.TryOpen("3", first, IPAddress.Parse("203.0.113.9")));
        Assert.True(pages.TryOpen("3", second, Office));
        Assert.True(pages.TryOpen("4", third, IPAddress.Parse("::ffff:203.0.113.7")));
        Assert.Equal(Fullness.Others, pages.Look(second, Office));
        Assert.True(pages.TryOpen("5", second, null));
        Assert.Equal(Fullness.Others, pages.Look(null, null));

        pages.Close("2");
        pages.Close("2");
        Assert.Equal(Fullness.None, pages.Look(first, IPAddress.Parse("203.0.113.8")));
        Assert.True(pages.TryOpen("6", first, IPAddress.Parse("203.0.113.8")));
        Assert.Equal(Fullness.Others, pages.Look(null, null));
    }

    [Fact]
    public async Task Ask_ForAPageWithoutRoom_ReadsWhyAndGetsThePageOnceThereIs()
    {
        using var member = new ProxiedVisitor(proxied);
        using var signedIn = await member.SignInAsync(PortalHost.Debtor);
        var pages = proxied.Portal.Services.GetRequiredService<OpenPages>();
        var who = await ExampleData.IdOfAsync(proxied.Portal, PortalHost.Debtor);
        string[] circuits = [.. Enumerable.Range(0, new LimitOptions().PagesPerMember).Select(_ => Guid.NewGuid().ToString())];
        Assert.All(circuits, circuit => Assert.True(pages.TryOpen(circuit, who, Office)));

        using var refused = await member.GetAsync("/cabinet");
        Assert.Equal((HttpStatusCode.TooManyRequests, "60"), (refused.StatusCode, refused.Headers.RetryAfter?.ToString()));
        Assert.Contains("Слишком много открытых вкладок", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await member.GetAsync("/about")).StatusCode);

        Array.ForEach(circuits, pages.Close);
        Assert.Equal(HttpStatusCode.OK, (await member.GetAsync("/cabinet")).StatusCode);
    }

    [Fact]
    public async Task Open_ARealPage_TakesRoomUntilItIsClosed()
    {
        var who = new DemoAccount("", $"+7 702 99{Random.Shared.Next(10)} {Random.Shared.Next(1000, 9999)}", "верблюд пьёт чай");
        using var member = new Visitor(portal);
        await member.SendAsync("/auth/register", ("Form.FullName", "Гасанов Рустам"), ("Form.Phone", who.Phone), ("Form.Password", who.Password), ("Form.Consent", "true"));
        await using var scope = portal.Services.CreateAsyncScope();
        var id = await scope.ServiceProvider.GetRequiredService<IStore>().ReadAsync(work => work.Members.IdOfAsync(PhoneNumber.Parse(who.Phone)));
        var pages = portal.Services.GetRequiredService<OpenPages>();
        for (var number = 1; number < new LimitOptions().PagesPerMember; number++)
        {
            Assert.True(pages.TryOpen($"{id} {number}", id, null));
        }

        await using var browser = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var page = await browser.SignInAsync(who);
        await page.AliveAsync();
        Assert.Equal(Fullness.Member, pages.Look(id, null));

        // The browser says that it leaves; whoever asks again is let in as soon as that was heard.
        await page.CloseAsync();
        using var time = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        time.CancelAfter(TimeSpan.FromSeconds(60));
        HttpStatusCode status;
        do
        {
            time.Token.ThrowIfCancellationRequested();
            using var answer = await member.GetAsync("/cabinet");
            status = answer.StatusCode;
        }
        while (status == HttpStatusCode.TooManyRequests);

        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public void Spend_MoreThanAnHourAllows_IsRefusedUntilTheNextHourForThisPersonAlone()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 8, 12, 48, 0, TimeSpan.Zero));
        var quotas = new Quotas(new QuotaLimits(Upload: 2, Cancel: 1), clock);
        var (actor, other) = (new Actor(Guid.NewGuid(), null, null), new Actor(Guid.NewGuid(), null, null));
        quotas.Spend(actor, Quota.Upload);
        quotas.Spend(actor, Quota.Upload);

        var refused = Assert.Throws<DomainException>(() => quotas.Spend(actor, Quota.Upload)).Problem;
        Assert.Equal((Problems.QuotaSpent, 12), (refused.Code, (int)refused.Args[0]));
        quotas.Spend(other, Quota.Upload);
        quotas.Spend(actor, Quota.Cancel);

        clock.Advance(TimeSpan.FromMinutes(12));
        quotas.Spend(actor, Quota.Upload);
    }

    [Fact]
    public async Task Fetch_MoreFilesThanAnHourAllows_IsRefusedWithASentence()
    {
        using var cashier = new ProxiedVisitor(proxied);
        using var signedIn = await cashier.SignInAsync(PortalHost.Cashier);
        Assert.Equal(HttpStatusCode.OK, (await cashier.GetAsync("/admin/reports/csv?month=2026-05")).StatusCode);
        var quotas = proxied.Portal.Services.GetRequiredService<Quotas>();
        var who = new Actor(await ExampleData.IdOfAsync(proxied.Portal, PortalHost.Cashier), null, null);
        for (var time = 1; time < new QuotaLimits().Export; time++)
        {
            quotas.Spend(who, Quota.Export);
        }

        foreach (var address in (string[])["/admin/reports/csv?month=2026-05", "/admin/members/export.csv", "/admin/members/payments.csv"])
        {
            using var refused = await cashier.GetAsync(address);
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Contains("Слишком много за один час", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Start_AndCancelPaymentsWithoutEnd_IsRefused()
    {
        await using var database = new TestDatabase();
        await database.InitializeAsync();
        var quotas = new Quotas(new QuotaLimits(Start: 3, Cancel: 2), database.Clock);
        var payments = ActivatorUtilities.CreateInstance<Diaspora.Domain.Payments.PaymentService>(database.Get<IServiceProvider>(), quotas);
        var member = await database.AddAsync("Алиев Рашад");
        for (var time = 0; time < 2; time++)
        {
            var intent = await payments.StartAsync(member, Payments.PaymentSetup.Form("2026-03"), TestContext.Current.CancellationToken);
            await payments.CancelAsync(member, intent, TestContext.Current.CancellationToken);
        }

        var last = await payments.StartAsync(member, Payments.PaymentSetup.Form("2026-03"), TestContext.Current.CancellationToken);

        Assert.Equal(Problems.QuotaSpent, (await Payments.PaymentSetup.RefusedAsync(() => payments.CancelAsync(member, last))).Code);
        Assert.Equal(Problems.QuotaSpent, (await Payments.PaymentSetup.RefusedAsync(() => payments.StartAsync(member, Payments.PaymentSetup.Form("2026-04")))).Code);
    }

    [Fact]
    public void Start_WithAWrongLimit_StopsAndNamesTheKey()
    {
        foreach (var setting in typeof(LimitOptions).GetProperties())
        {
            var options = new LimitOptions();
            setting.SetValue(options, 0);
            List<ValidationResult> problems = [];
            Assert.False(Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true), setting.Name);
            Assert.Contains($"Limits:{setting.Name}", problems.Single().ErrorMessage, StringComparison.Ordinal);
        }
    }
}
