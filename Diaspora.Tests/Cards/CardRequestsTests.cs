using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Diaspora.Data.Demo;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Kaspi;
using Diaspora.Tests.Screens;
using SkiaSharp;

namespace Diaspora.Tests.Cards;

/// <summary>Cards over HTTP: what a stranger, a member and the door are told.</summary>
public sealed class CardRequestsTests(PortalHost portal)
{
    private static readonly DemoAccount Payer = DemoData.Accounts[3];

    [Fact]
    public async Task Check_ByAStranger_SaysTheFirstWordAndAnInitialAndNothingElse()
    {
        using var nobody = new HttpClient { BaseAddress = portal.Address };
        var code = await ExampleData.CardAsync(portal);
        var said = await AskAsync(nobody, "/card/check", code);
        Assert.Equal((HttpStatusCode.OK, "valid", null), (said.Status, said.State, said.Standing));
        Assert.Matches(@"^\w+ \w\.$", said.Name);
        Assert.Equal((HttpStatusCode.OK, "unknown", null, null), await AskAsync(nobody, "/card/check", code[..^1] + (code[^1] == 'A' ? 'B' : 'A')));
        Assert.Equal((HttpStatusCode.OK, "unknown", null, null), await AskAsync(nobody, "/card/check", ""));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await AskAsync(nobody, "/card/check", code + code)).Status);
        Assert.Equal(HttpStatusCode.OK, (await nobody.GetAsync("/card/verify", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task List_ForAnybody_HasKeysAndSealsAndNoNumber()
    {
        using var nobody = new HttpClient { BaseAddress = portal.Address };
        using var answer = await nobody.GetAsync("/card/list", TestContext.Current.CancellationToken);
        Assert.True(answer.Headers.CacheControl is { NoStore: true });
        var list = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(8, Assert.Single(list["keys"]!.AsArray())!["id"]!.GetValue<string>().Length);
        Assert.All(list["revoked"]!.AsArray(), seal => Assert.Matches("^[0-9a-f]{12}$", seal!.GetValue<string>()));
        Assert.NotEmpty(list["revoked"]!.AsArray());
    }

    [Fact]
    public async Task Check_AtTheDoor_IsForCashiersWhoSeeTheNameAndTheStanding()
    {
        var code = await ExampleData.CardAsync(portal);
        using var member = await SignInAsync(Payer);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(member, "/admin/door/check", code)).Status);
        using var cashier = await SignInAsync(PortalHost.Cashier);
        var said = await AskAsync(cashier, "/admin/door/check", code);
        Assert.Equal((HttpStatusCode.OK, "valid", "Активен"), (said.Status, said.State, said.Standing));
        Assert.Matches(@"^\w+ \w{2,}", said.Name);
    }

    [Fact]
    public async Task Photo_OfACode_IsReadForTheDoorAlone()
    {
        var screen = ReceiptReaderTests.Screen("https://example.kz/card/verify#code", SKEncodedImageFormat.Jpeg);
        using var member = await SignInAsync(Payer);
        using var cashier = await SignInAsync(PortalHost.Cashier);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(member, screen)).StatusCode);
        Assert.Equal("https://example.kz/card/verify#code", await (await SendAsync(cashier, screen)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(cashier, "no picture"u8.ToArray())).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(cashier, [])).StatusCode);
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, byte[] photo) => client.PostAsync("/admin/door/photo", new ByteArrayContent(photo), TestContext.Current.CancellationToken);

    private static async Task<(HttpStatusCode Status, string? State, string? Name, string? Standing)> AskAsync(HttpClient client, string path, string code)
    {
        using var answer = await client.PostAsync(path, new StringContent(code), TestContext.Current.CancellationToken);
        var said = answer.IsSuccessStatusCode ? JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)) : null;
        return (answer.StatusCode, (string?)said?["state"], (string?)said?["name"], (string?)said?["standing"]);
    }

    private async Task<HttpClient> SignInAsync(DemoAccount account)
    {
        using var visitor = new Visitor(portal);
        await visitor.SendAsync("/auth/login", ("Form.Phone", account.Phone), ("Form.Password", account.Password));
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = visitor.Cookies, AllowAutoRedirect = false }) { BaseAddress = portal.Address };
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return client;
    }
}
