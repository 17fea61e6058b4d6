using System.Net;
using System.Text.RegularExpressions;
using Diaspora.Data.Demo;
using Diaspora.Tests.Hosting;
using Microsoft.Extensions.Hosting;

[assembly: AssemblyFixture(typeof(ProxiedPortal))]

namespace Diaspora.Tests.Hosting;

/// <summary>
/// The portal as it runs on a server: an address of its own over https, and a web server in front that speaks http to it. Started by the first test that asks for it.
/// </summary>
public sealed class ProxiedPortal : IDisposable
{
    public const string Origin = "https://portal.example.kz";

    /// <summary>From where the bank calls.</summary>
    public const string Bank = "203.0.113.5";

    private readonly Lazy<PortalHost> _portal;

    public ProxiedPortal() => _portal = new Lazy<PortalHost>(() => PortalHost.Start(
        Environments.Development,
        ("Site:BaseUrl", Origin), ("Proxy:Addresses:0", "127.0.0.1"), ("Kaspi:Biller:Enabled", "true"), ("Kaspi:Biller:Format", "xml"), ("Kaspi:Biller:Addresses:0", Bank)));

    public PortalHost Portal => _portal.Value;

    public void Dispose()
    {
        if (_portal.IsValueCreated)
        {
            _portal.Value.Dispose();
        }
    }
}

/// <summary>A browser before the web server in front. It keeps its cookies by name and value alone, whatever is said about them.</summary>
internal sealed partial class ProxiedVisitor(ProxiedPortal proxied) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = proxied.Portal.Address };

    public string Host { get; set; } = new Uri(ProxiedPortal.Origin).Host;

    public string Scheme { get; set; } = "https";

    public Dictionary<string, string> Cookies { get; } = [];

    /// <summary>Every cookie that was ever set, as it was said.</summary>
    public List<string> Said { get; } = [];

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Host = Host;
        request.Headers.Add("X-Forwarded-Proto", Scheme);
        if (Cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await _client.SendAsync(request);
        if (response.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            foreach (var cookie in cookies)
            {
                Said.Add(cookie);
                var pair = cookie.Split(';')[0].Split('=', 2);
                Cookies[pair[0]] = pair[1];
            }
        }

        return response;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public async Task<HttpResponseMessage> SignInAsync(DemoAccount who)
    {
        using var page = await GetAsync("/auth/login");
        var hidden = Hidden().Matches(await page.Content.ReadAsStringAsync()).Select(field => KeyValuePair.Create(field.Groups["name"].Value, WebUtility.HtmlDecode(field.Groups["value"].Value)));
        return await SendAsync(HttpMethod.Post, "/auth/login", new FormUrlEncodedContent([.. hidden, new("Form.Phone", who.Phone), new("Form.Password", who.Password)]));
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]*)" value="(?<value>[^"]*)" />""")]
    private static partial Regex Hidden();
}
