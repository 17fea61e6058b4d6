using System.Net;
using Diaspora.Data.Demo;
using Diaspora.Domain.Members;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Diaspora.Web.Shell.Guard;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Diaspora.Tests.Shell;

/// <summary>That a page in a browser counts among those its member may have open.</summary>
[Trait("needs", "browser")]
public sealed class OpenPagesBrowserTests(PortalHost portal, Chromium chromium)
{
    [Fact]
    public async Task Open_ARealPage_TakesRoomUntilItIsClosed()
    {
        var who = new DemoAccount("", $"+7 702 99{Random.Shared.Next(10)} {Random.Shared.Next(1000, 9999)}", "верблюд пьёт чай");
        using var member = new Visitor(portal);
        await member.SendAsync("/auth/register", ("Form.FullName", "Гасанов Рустам"), ("Form.Phone", who.Phone), ("Form.Password", who.Password), ("Form.Consent", "true"));
        await using var scope = portal.Services.CreateAsyncScope();
        var id = await scope.ServiceProvider.GetRequiredService<IStore>().ReadAsync(work => work.Members.IdOfAsync(PhoneNumber.Parse(who.Phone)));
        var pages = portal.Services.GetRequiredService<OpenPages>();
        for (var number = 1; number < portal.Services.GetRequiredService<IOptions<LimitOptions>>().Value.PagesPerMember; number++)
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
}
