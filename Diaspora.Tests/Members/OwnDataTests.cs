using System.Net;
using System.Text.Json;
using Diaspora.Data.Demo;
using Diaspora.Domain.Members;
using Diaspora.Domain.Overview;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;

namespace Diaspora.Tests.Members;

/// <summary>What the portal holds about a member, for that member alone.</summary>
public sealed class OwnDataTests(TestDatabase database, PortalHost portal) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Data_OfAMember_IsAllOfTheirsAndNothingOfAnybodyElse()
    {
        var admin = await database.AddAdminAsync();
        var member = await database.AddAsync("Алиев Рашад");
        var other = await database.AddAsync("Гасанов Рустам");
        await database.ConfirmAsync(admin, await database.StartAsync(member, "2026-03"));
        await database.ConfirmAsync(admin, await database.StartAsync(other, "2026-03", "2026-04"));
        await database.Get<OwedMonthsService>().ExemptAsync(admin, member.MemberId!.Value, new MonthIntervalForm { From = new Period(2026, 5), To = new Period(2026, 6), Reason = "решение совета" });

        var own = await database.Get<OwnDataService>().DataAsync(member);
        Assert.Equal("Алиев Рашад", own.Profile.FullName);
        Assert.Equal(new Period(2026, 3), Assert.Single(own.Payments).Month);
        Assert.Equal(new Period(2026, 5), Assert.Single(own.Intervals).From);
        Assert.Equal(2, (await database.Get<OwnDataService>().DataAsync(other)).Payments.Count);
        Assert.DoesNotContain("Гасанов", JsonSerializer.Serialize(own), StringComparison.Ordinal);
        await Assert.ThrowsAsync<DomainException>(() => database.Get<OwnDataService>().DataAsync(new Actor(null, null, null)));
    }

    /// <summary>Whatever else an address says, the file is of who is signed in.</summary>
    [Fact]
    public async Task File_AskedForWithSomebodyElsesId_IsOnesOwnAndKeptNowhere()
    {
        using var member = await SignInAsync(PortalHost.Debtor);
        var theirs = await Screens.ExampleData.IdOfAsync(portal, PortalHost.Cashier);
        using var answer = await member.GetAsync($"/cabinet/data.json?id={theirs}&memberId={theirs}", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.True(answer.Headers.CacheControl is { Private: true, NoStore: true });
        using var file = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(PortalHost.Debtor.Phone, file.RootElement.GetProperty("profile").GetProperty("phone").GetString());
        Assert.Equal(
            ["wantsReminders", "profile", "consent", "earlierConsents", "deletionRequests", "months", "intervals", "payments", "credits", "messages", "channelConsents", "contact", "sessions"], file.RootElement.EnumerateObject().Select(part => part.Name));

        using var nobody = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = member.BaseAddress };
        Assert.Equal(HttpStatusCode.Redirect, (await nobody.GetAsync("/cabinet/data.json", TestContext.Current.CancellationToken)).StatusCode);
    }

    private async Task<HttpClient> SignInAsync(DemoAccount account)
    {
        using var visitor = new Visitor(portal);
        await visitor.SendAsync("/auth/login", ("Form.Phone", account.Phone), ("Form.Password", account.Password));
        return new HttpClient(new SocketsHttpHandler { CookieContainer = visitor.Cookies, AllowAutoRedirect = false }) { BaseAddress = portal.Address };
    }
}
