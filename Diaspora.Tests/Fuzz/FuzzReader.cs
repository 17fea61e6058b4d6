using System.Net;
using System.Text.RegularExpressions;
using Diaspora.Data.Demo;
using Diaspora.Tests.Hosting;

namespace Diaspora.Tests.Fuzz;

/// <summary>Somebody who asks: signed in or not, with the tokens of a real form.</summary>
internal sealed partial class FuzzReader(string name, DemoAccount? account, PortalHost portal)
{
    private readonly CookieContainer _cookies = new();

    public string Name { get; } = name;

    /// <summary>Sends no cookies by itself: a request says which it has.</summary>
    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 4 }) { BaseAddress = portal.Address, Timeout = Timeout.InfiniteTimeSpan };

    public string Cookies => _cookies.GetCookieHeader(portal.Address);

    /// <summary>Of a form that the portal gave this reader.</summary>
    public string Token { get; private set; } = "";

    public async Task SignInAsync()
    {
        var page = await PageAsync("/auth/login");
        if (account is not null)
        {
            using var content = new FormUrlEncodedContent([new("__RequestVerificationToken", TokenOf(page)), new("_handler", "sign-in"), new("Form.Phone", account.Phone), new("Form.Password", account.Password)]);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/auth/login") { Content = content };
            request.Headers.Add("Cookie", Cookies);
            using var answer = await Client.SendAsync(request);
            Keep(answer);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            page = await PageAsync("/cabinet/profile");
        }

        Token = TokenOf(page);
    }

    public void Keep(HttpResponseMessage answer)
    {
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var said) ? said : [])
        {
            _cookies.SetCookies(portal.Address, cookie);
        }
    }

    /// <summary>Whether the session may be over.</summary>
    public bool Is401After(HttpStatusCode status, bool isSignOut) => account is not null && isSignOut && status == HttpStatusCode.Redirect;

    private static string TokenOf(string page) => WebUtility.HtmlDecode(Field().Match(page).Groups["value"].Value);

    private async Task<string> PageAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Cookie", Cookies);
        using var answer = await Client.SendAsync(request);
        Keep(answer);
        return await answer.Content.ReadAsStringAsync();
    }

    [GeneratedRegex("""name="__RequestVerificationToken" value="(?<value>[^"]+)""")]
    private static partial Regex Field();
}

/// <summary>One request, and its words for whoever has to repeat it.</summary>
/// <param name="Make">Makes it anew.</param>
/// <param name="IsBroken">Whether the server may hang up on it.</param>
/// <param name="MayWait">Whether an answer need not come, as of a connection that is held open.</param>
internal sealed record FuzzRequest(string Says, Func<HttpRequestMessage> Make, bool IsBroken, bool MayWait, bool IsSignOut);
