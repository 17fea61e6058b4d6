using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Diaspora.Data.Demo;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using UglyToad.PdfPig;

namespace Diaspora.Tests.Certificates;

/// <summary>A certificate asked for over HTTP by its member, by a cashier, by somebody else and by whoever holds it.</summary>
public sealed class CertificateRequestsTests(PortalHost portal)
{
    private static readonly DemoAccount Payer = DemoData.Accounts[3];
    private static readonly string Year = $"?year={DateTime.UtcNow.AddHours(5).Year}";

    [Fact]
    public async Task File_OfOnesOwnYear_IsSavedByNameKeptNowhereAndInTheReadersLanguage()
    {
        using var member = await SignInAsync(Payer);
        using var answer = await member.GetAsync("/cabinet/payments/paper.pdf" + Year, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "application/pdf"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.True(answer.Headers.CacheControl is { Private: true, NoStore: true });
        Assert.Matches("^spravka-\\d{4}\\.pdf$", answer.Content.Headers.ContentDisposition?.FileName);
        using var pdf = PdfDocument.Open(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Contains("Справка об оплате членских взносов", string.Concat(pdf.GetPage(1).Letters.Select(letter => letter.Value)), StringComparison.Ordinal);

        var check = pdf.GetPage(1).GetAnnotations().Select(annotation => annotation.Action).OfType<UglyToad.PdfPig.Actions.UriAction>().Single().Uri;
        using var nobody = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var page = await nobody.GetStringAsync(check, TestContext.Current.CancellationToken);
        Assert.Contains("Справка действительна", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Payer.Phone[2..], Regex.Replace(page, "\\D", ""), StringComparison.Ordinal);
        Assert.All(NameOf(page), initial => Assert.Equal(2, initial.Length));

        using var wrong = await nobody.GetAsync(check[..^3] + "AAA", TestContext.Current.CancellationToken);
        Assert.Contains("Такой справки нет", await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/cabinet/payments/paper.pdf")]
    [InlineData("/cabinet/payments/paper.pdf?year=1")]
    [InlineData("/cabinet/payments/paper.pdf?year=2099")]
    [InlineData("/cabinet/payments/paper.pdf?intent=6f6e0f5e-0000-7000-8000-000000000000")]
    public async Task File_OfNothing_IsNotFound(string address)
    {
        using var member = await SignInAsync(Payer);
        Assert.Equal(HttpStatusCode.NotFound, (await member.GetAsync(address, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task File_OfAMember_IsForStaffAlone()
    {
        var address = $"/admin/members/{await Screens.ExampleData.NumberOfDebtorAsync(portal)}/paper.pdf" + Year;
        using var member = await SignInAsync(Payer);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync(address, TestContext.Current.CancellationToken)).StatusCode);
        using var cashier = await SignInAsync(PortalHost.Cashier);
        Assert.Equal(HttpStatusCode.OK, (await cashier.GetAsync(address, TestContext.Current.CancellationToken)).StatusCode);
    }

    private static IEnumerable<string> NameOf(string page) => Regex.Match(page, "Инициалы участника: <b>([^<]+)<").Groups[1].Value.Split(' ');

    private async Task<HttpClient> SignInAsync(DemoAccount account)
    {
        using var visitor = new Visitor(portal);
        await visitor.SendAsync("/auth/login", ("Form.Phone", account.Phone), ("Form.Password", account.Password));
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = visitor.Cookies, AllowAutoRedirect = false }) { BaseAddress = portal.Address };
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/pdf"));
        return client;
    }
}
