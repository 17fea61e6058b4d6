using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Diaspora.Data.Demo;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Screens;

namespace Diaspora.Tests.Payments;

/// <summary>Receipts over real requests: in by their owner, out to those who may see them.</summary>
public sealed partial class ReceiptRequestsTests(PortalHost portal)
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes($"%PDF-1.4\n% {Guid.NewGuid()}\n%%EOF\n");

    [Fact]
    public async Task Attach_SeveralFiles_KeepsTheGoodAndNamesTheBad()
    {
        var intent = await ExampleData.IntentOfDebtorAsync(portal);
        using var owner = await SignInAsync(PortalHost.Debtor);

        using var answer = await owner.PostAsync($"/cabinet/pay/{intent}/receipts", await FilesAsync(owner, intent, ("чек.pdf", Pdf), ("photo.jpg", "<html>"u8.ToArray()), ("empty.png", [])));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var told = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.False(told.GetProperty("ok").GetBoolean());
        Assert.Equal(["photo.jpg", "empty.png"], told.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("file").GetString()));
        var link = Assert.Single(told.GetProperty("taken").EnumerateArray()).GetProperty("url").GetString()!;
        Assert.Contains(link, await owner.GetStringAsync($"/cabinet/pay/{intent}", TestContext.Current.CancellationToken), StringComparison.Ordinal);

        using var file = await owner.GetAsync(link, TestContext.Current.CancellationToken);
        Assert.Equal("application/pdf", file.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", file.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", file.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.True(file.Headers.CacheControl is { Private: true, NoStore: true });

        using var stranger = await SignInAsync(DemoData.Accounts[3]);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(link, TestContext.Current.CancellationToken)).StatusCode);
        using var cashier = await SignInAsync(PortalHost.Cashier);
        Assert.Equal(HttpStatusCode.OK, (await cashier.GetAsync(link, TestContext.Current.CancellationToken)).StatusCode);
        using var nobody = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = portal.Address };
        Assert.Equal(HttpStatusCode.Redirect, (await nobody.GetAsync(link, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Show_APicture_IsForItsOwnerAndForCashiersWithItsThumbnail()
    {
        var intent = await ExampleData.IntentOfDebtorAsync(portal);
        using var owner = await SignInAsync(PortalHost.Debtor);
        var link = await AttachedAsync(owner, $"/cabinet/pay/{intent}/receipts", await FilesAsync(owner, intent, ("снимок.png", TestPictures.ClearPng(Random.Shared.Next(500, 900), 700))));

        using var file = await owner.GetAsync(link, TestContext.Current.CancellationToken);
        Assert.Equal("image/jpeg", file.Content.Headers.ContentType?.MediaType);
        Assert.Equal(("inline", "снимок.jpg"), (file.Content.Headers.ContentDisposition?.DispositionType, file.Content.Headers.ContentDisposition?.FileNameStar));
        Assert.True(file.Headers.CacheControl is { Private: true, NoStore: true });

        using var thumbnail = await owner.GetAsync(link + "/thumb", TestContext.Current.CancellationToken);
        Assert.Equal("image/jpeg", thumbnail.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", thumbnail.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", thumbnail.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.True(thumbnail.Headers.CacheControl is { Private: true, NoStore: true, MaxAge: null });
        Assert.True(thumbnail.Content.Headers.ContentLength < file.Content.Headers.ContentLength);

        using var stranger = await SignInAsync(DemoData.Accounts[3]);
        using var cashier = await SignInAsync(PortalHost.Cashier);
        using var nobody = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = portal.Address };
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(link + "/thumb", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await cashier.GetAsync(link + "/thumb", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await nobody.GetAsync(link + "/thumb", TestContext.Current.CancellationToken)).StatusCode);
    }

    /// <summary>The browser's own viewer of PDFs starts neither in a sandbox nor where objects are refused.</summary>
    [Fact]
    public async Task Show_APdfInAFrame_IsFramedByOurOwnPagesAndLoadsNothingElse()
    {
        var intent = await ExampleData.IntentOfDebtorAsync(portal);
        using var owner = await SignInAsync(PortalHost.Debtor);
        var link = await AttachedAsync(owner, $"/cabinet/pay/{intent}/receipts", await FilesAsync(owner, intent, ("чек.pdf", [.. Pdf, .. "%framed"u8])));
        var picture = await AttachedAsync(owner, $"/cabinet/pay/{intent}/receipts", await FilesAsync(owner, intent, ("снимок.png", TestPictures.ClearPng(Random.Shared.Next(500, 900), 701))));
        using var cashier = await SignInAsync(PortalHost.Cashier);

        using var file = await cashier.GetAsync(link + "/document", TestContext.Current.CancellationToken);
        var policy = file.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Equal("application/pdf", file.Content.Headers.ContentType?.MediaType);
        Assert.Equal("SAMEORIGIN", file.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("nosniff", file.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.All(["default-src 'none'", "object-src 'self'", "frame-ancestors 'self'"], part => Assert.Contains(part, policy, StringComparison.Ordinal));
        Assert.DoesNotContain("sandbox", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.True(file.Headers.CacheControl is { Private: true, NoStore: true });

        using var stranger = await SignInAsync(DemoData.Accounts[3]);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(link + "/document", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await cashier.GetAsync(picture + "/document", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Show_AThumbnailOfAPdf_IsNotFound()
    {
        var intent = await ExampleData.IntentOfDebtorAsync(portal);
        using var owner = await SignInAsync(PortalHost.Debtor);
        var link = await AttachedAsync(owner, $"/cabinet/pay/{intent}/receipts", await FilesAsync(owner, intent, ("чек.pdf", Pdf)));

        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync(link + "/thumb", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Attach_ByACashier_IsTakenAndByOthersAtThatAddressIsNot()
    {
        var intent = await ExampleData.IntentOfDebtorAsync(portal);
        var address = $"/admin/payments/{intent}/receipts";
        using var cashier = await SignInAsync(PortalHost.Cashier);
        await AttachedAsync(cashier, address, await FilesAsync(cashier, null, ("кассовый ордер.pdf", Pdf)));

        using var owner = await SignInAsync(PortalHost.Debtor);
        using var refused = await owner.PostAsync(address, await FilesAsync(owner, null, ("чек.pdf", Pdf)));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var content = new MultipartFormDataContent { { new ByteArrayContent(Pdf), "files", "чек.pdf" } };
        Assert.Equal(HttpStatusCode.BadRequest, (await cashier.PostAsync(address, content)).StatusCode);
    }

    [Fact]
    public async Task Attach_ToSomeoneElsesPayment_IsNotFound()
    {
        var intent = await ExampleData.IntentOfDebtorAsync(portal);
        using var stranger = await SignInAsync(DemoData.Accounts[3]);

        using var answer = await stranger.PostAsync($"/cabinet/pay/{intent}/receipts", await FilesAsync(stranger, null, ("чек.pdf", Pdf)));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Attach_WithoutTheFormsToken_IsRefused()
    {
        var intent = await ExampleData.IntentOfDebtorAsync(portal);
        using var owner = await SignInAsync(PortalHost.Debtor);
        using var content = new MultipartFormDataContent { { new ByteArrayContent(Pdf), "files", "чек.pdf" } };

        using var answer = await owner.PostAsync($"/cabinet/pay/{intent}/receipts", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    /// <summary>Sends them and answers with the address of the first.</summary>
    private static async Task<string> AttachedAsync(HttpClient client, string address, MultipartFormDataContent files)
    {
        using var answer = await client.PostAsync(address, files);
        var told = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.True(told.GetProperty("ok").GetBoolean(), told.ToString());
        return told.GetProperty("taken")[0].GetProperty("url").GetString()!;
    }

    private async Task<HttpClient> SignInAsync(DemoAccount account)
    {
        using var visitor = new Visitor(portal);
        await visitor.SendAsync("/auth/login", ("Form.Phone", account.Phone), ("Form.Password", account.Password));
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = visitor.Cookies }) { BaseAddress = portal.Address };
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return client;
    }

    /// <summary>What the page's form would send; the token of any page of the same person is as good.</summary>
    private static async Task<MultipartFormDataContent> FilesAsync(HttpClient client, Guid? intent, params (string Name, byte[] Bytes)[] files)
    {
        var page = await client.GetStringAsync(intent is null ? "/cabinet" : $"/cabinet/pay/{intent}", TestContext.Current.CancellationToken);
        var content = new MultipartFormDataContent { { new StringContent(Token().Match(page).Groups["value"].Value), "__RequestVerificationToken" } };
        foreach (var (name, bytes) in files)
        {
            content.Add(new ByteArrayContent(bytes), "files", name);
        }

        return content;
    }

    [GeneratedRegex("""name="__RequestVerificationToken" value="(?<value>[^"]+)""")]
    private static partial Regex Token();
}
