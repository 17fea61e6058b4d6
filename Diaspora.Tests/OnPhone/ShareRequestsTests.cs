using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Diaspora.Data.Demo;
using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Screens;
using Microsoft.Extensions.DependencyInjection;

namespace Diaspora.Tests.OnPhone;

/// <summary>What is shared with the portal where no worker takes it: the request a phone's browser sends, from another program, with our cookie or without.</summary>
public sealed class ShareRequestsTests(PortalHost portal)
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.4\n%%EOF\n");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, int, int> Shares => new()
    {
        { "a file", 1, 0 },
        { "five files", 5, 0 },
        { "no file", 0, 0 },
        { "twelve megabytes", 1, 12 * 1024 * 1024 },
    };

    [Theory]
    [MemberData(nameof(Shares))]
    public async Task Share_WithoutAWorker_IsLedToThePageThatAsksForTheFile(string what, int files, int bytes)
    {
        Assert.NotEmpty(what);
        var intent = await ExampleData.IntentOfDebtorAsync(portal);
        using var member = new Visitor(portal);
        await member.SendAsync("/auth/login", ("Form.Phone", PortalHost.Debtor.Phone), ("Form.Password", PortalHost.Debtor.Password));
        foreach (var cookies in (CookieContainer[])[member.Cookies, new()])
        {
            using var sender = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = portal.Address };
            using var share = new MultipartFormDataContent { { new StringContent("чек"), "text" } };
            for (var number = 0; number < files; number++)
            {
                share.Add(new ByteArrayContent(bytes > 0 ? new byte[bytes] : Pdf) { Headers = { ContentType = new MediaTypeHeaderValue("application/pdf") } }, "files", $"{number}.pdf");
            }

            using var answer = await sender.PostAsync("/share", share, Cancel);
            Assert.Equal((HttpStatusCode.SeeOther, "/cabinet/share?refused=again"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        }

        var page = await member.ReadAsync("/cabinet/share?refused=again");
        Assert.Contains("Чек не дошёл", page, StringComparison.Ordinal);
        Assert.Contains("form class=\"upload\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("0.pdf", await member.ReadAsync($"/cabinet/pay/{intent}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Share_AText_IsNoFault()
    {
        using var stranger = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = portal.Address };
        using var text = new StringContent("Чек на 2 000 ₸", Encoding.UTF8, "text/plain");
        using var answer = await stranger.PostAsync("/share", text, Cancel);
        using var page = await stranger.GetAsync("/share", Cancel);
        using var next = await stranger.GetAsync("/cabinet/share", Cancel);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/cabinet/share", page.Headers.Location?.ToString());
        Assert.Equal("/auth/login?returnUrl=%2Fcabinet%2Fshare", next.Headers.Location?.ToString());
    }

    /// <summary>The newest payment begun is offered, and any other of the member's own can be chosen.</summary>
    [Fact]
    public async Task Choose_AmongSeveralPayments_IsTheNewestUntilAnotherIsAsked()
    {
        using var own = PortalHost.Start("Development");
        using var member = new Visitor(own);
        await member.SendAsync("/auth/login", ("Form.Phone", PortalHost.Debtor.Phone), ("Form.Password", PortalHost.Debtor.Password));
        var none = await member.ReadAsync("/cabinet/share");
        var first = await ExampleData.IntentOfDebtorAsync(own);
        var second = await StartFirstAsync(own);
        var newest = await member.ReadAsync("/cabinet/share");
        var asked = await member.ReadAsync($"/cabinet/share?intent={first}");
        using var other = new Visitor(own);
        await other.SendAsync("/auth/login", ("Form.Phone", DemoData.Accounts[3].Phone), ("Form.Password", DemoData.Accounts[3].Password));
        var foreign = await other.ReadAsync($"/cabinet/share?intent={first}");

        Assert.Contains("Нет начатой оплаты", none, StringComparison.Ordinal);
        Assert.Contains($"action=\"/cabinet/pay/{second}/receipts\"", newest, StringComparison.Ordinal);
        Assert.Contains($"href=\"/cabinet/share?intent={first}\"", newest, StringComparison.Ordinal);
        Assert.Contains($"action=\"/cabinet/pay/{first}/receipts\"", asked, StringComparison.Ordinal);
        Assert.DoesNotContain($"/cabinet/pay/{first}", foreign, StringComparison.Ordinal);
    }

    /// <summary>Whoever is blocked reads so, and no payment takes the file.</summary>
    [Fact]
    public async Task Share_WhileBlocked_IsToldAndTakesNothing()
    {
        using var own = PortalHost.Start("Development");
        using var member = new Visitor(own);
        await member.SendAsync("/auth/login", ("Form.Phone", PortalHost.Debtor.Phone), ("Form.Password", PortalHost.Debtor.Password));
        var intent = await ExampleData.IntentOfDebtorAsync(own);
        var form = await member.FormAsync("/cabinet/share");
        await using (var scope = own.Services.CreateAsyncScope())
        {
            var store = scope.ServiceProvider.GetRequiredService<IStore>();
            var ids = await store.ReadAsync(async work => (Admin: await work.Members.IdOfAsync(PhoneNumber.Parse(PortalHost.Admin.Phone)), Member: await work.Members.IdOfAsync(PhoneNumber.Parse(PortalHost.Debtor.Phone))), Cancel);
            await scope.ServiceProvider.GetRequiredService<MemberService>().BlockAsync(new Actor(ids.Admin, "127.0.0.1", "tests"), ids.Member!.Value, new BlockMemberForm { Reason = "спам" }, Cancel);
        }

        using var page = await member.GetAsync("/cabinet/share");
        var told = page.StatusCode == HttpStatusCode.OK ? WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(Cancel)) : "";
        using var sent = await member.UploadAsync(form, $"/cabinet/pay/{intent}/receipts", "files", ("чек.pdf", Pdf));

        Assert.True(page.StatusCode == HttpStatusCode.Redirect || told.Contains("заблокирован", StringComparison.OrdinalIgnoreCase), $"{page.StatusCode} {told}");
        Assert.DoesNotContain("class=\"upload\"", told, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, sent.StatusCode);
        Assert.Equal(0, await own.Services.GetRequiredService<IServiceScopeFactory>().CreateScope().ServiceProvider.GetRequiredService<IStore>().ReadAsync(async work => (await work.Payments.FindAsync(intent, Cancel))!.Receipts.Count, Cancel));
    }

    private static async Task<Guid> StartFirstAsync(PortalHost portal)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var id = await scope.ServiceProvider.GetRequiredService<IStore>().ReadAsync(work => work.Members.IdOfAsync(PhoneNumber.Parse(PortalHost.Debtor.Phone)), Cancel);
        var actor = new Actor(id, "127.0.0.1", "tests");
        var month = (await scope.ServiceProvider.GetRequiredService<CabinetService>().CabinetAsync(actor, Cancel)).Payable[0];
        return await scope.ServiceProvider.GetRequiredService<PaymentService>().StartAsync(actor, new StartPaymentForm { Periods = [month.Period], SeenTotal = month.Amount }, Cancel);
    }
}
