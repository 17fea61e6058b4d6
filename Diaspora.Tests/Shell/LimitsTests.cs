using System.ComponentModel.DataAnnotations;
using System.Net;
using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Screens;
using Diaspora.Tests.Storage;
using Diaspora.Web.Shell.Guard;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Diaspora.Tests.Shell;

/// <summary>How much one person may have open, and do within an hour.</summary>
public sealed class LimitsTests(ProxiedPortal proxied)
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
        string[] circuits = [.. Enumerable.Range(0, LimitsOf(proxied.Portal).PagesPerMember).Select(_ => Guid.NewGuid().ToString())];
        Assert.All(circuits, circuit => Assert.True(pages.TryOpen(circuit, who, Office)));

        using var refused = await member.GetAsync("/cabinet");
        Assert.Equal((HttpStatusCode.TooManyRequests, "60"), (refused.StatusCode, refused.Headers.RetryAfter?.ToString()));
        Assert.Contains("Слишком много открытых вкладок", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await member.GetAsync("/about")).StatusCode);

        Array.ForEach(circuits, pages.Close);
        Assert.Equal(HttpStatusCode.OK, (await member.GetAsync("/cabinet")).StatusCode);
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
        for (var time = 1; time < LimitsOf(proxied.Portal).ExportsPerHour; time++)
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

    private static LimitOptions LimitsOf(PortalHost portal) => portal.Services.GetRequiredService<IOptions<LimitOptions>>().Value;
}
