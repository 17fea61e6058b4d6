using System.Net;
using System.Text.RegularExpressions;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Screens;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Diaspora.Tests.Shell;

/// <summary>What holds over https and behind a web server: cookies, headers, redirects, and whose name is believed.</summary>
public sealed partial class OnAServerTests(ProxiedPortal proxied)
{
    [Fact]
    public async Task Answer_OverHttps_EveryCookieStaysOnThisHostAndOnHttps()
    {
        using var visitor = new ProxiedVisitor(proxied);
        foreach (var address in Addresses())
        {
            using var answer = await visitor.GetAsync(address);
        }

        await RegisterAsync(visitor);
        using var admin = new ProxiedVisitor(proxied);
        using var signedIn = await admin.SignInAsync(PortalHost.Admin);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/admin/payments")).StatusCode);
        foreach (var address in Addresses())
        {
            using var answer = await admin.GetAsync(address);
        }

        string[] said = [.. visitor.Said.Concat(admin.Said).Distinct()];
        string[] wrong = [.. said.Where(cookie => !(cookie.StartsWith("__Host-", StringComparison.Ordinal) && Has(cookie, "secure") && Has(cookie, "path=/") && !cookie.Contains("domain=", StringComparison.OrdinalIgnoreCase)))];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong.Select(cookie => cookie[..Math.Min(60, cookie.Length)])));
        Assert.True(said.Select(cookie => cookie.Split('=')[0]).Distinct().Count() >= 4, "The cookies of sign-in, forms, language and device were not all seen.");

        static bool Has(string cookie, string part) => cookie.Split(';').Skip(1).Any(said => said.Trim().Equals(part, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A page of a sibling host, or of the same host over http, can set a cookie for us too; but none whose name begins so.</summary>
    [Fact]
    public async Task Ask_OverHttpsWithACookieWithoutThePrefix_IsNotSignedIn()
    {
        using var admin = new ProxiedVisitor(proxied);
        using var signedIn = await admin.SignInAsync(PortalHost.Admin);
        foreach (var (name, value) in admin.Cookies.ToList())
        {
            admin.Cookies.Remove(name);
            admin.Cookies[name.Replace("__Host-", "", StringComparison.Ordinal)] = value;
        }

        Assert.Equal(HttpStatusCode.Redirect, (await admin.GetAsync("/admin/payments")).StatusCode);
    }

    [Fact]
    public void Write_ACookieInAScript_IsDoneInOnePlaceWithThePrefix()
    {
        var scripts = Directory.EnumerateFiles(Path.Combine(Sources.Root, "Diaspora.Web", "wwwroot", "js"), "*.js").Select(File.ReadAllText).ToList();

        Assert.Single(scripts, script => script.Contains("document.cookie =", StringComparison.Ordinal));
        Assert.Contains("__Host-", scripts.Single(script => script.Contains("document.cookie =", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_OverHttps_AsksForHttpsOfTheWholeDomain()
    {
        using var visitor = new ProxiedVisitor(proxied);
        using var answer = await visitor.GetAsync("/");

        Assert.Contains("includeSubDomains", answer.Headers.GetValues("Strict-Transport-Security").Single(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("portal.example.kz.evil.example")]
    [InlineData("evil.example:443")]
    public async Task Ask_UnderAForeignName_IsRefused(string host)
    {
        using var visitor = new ProxiedVisitor(proxied) { Host = host };

        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.GetAsync("/cabinet")).StatusCode);
    }

    /// <summary>Whoever watches over the process asks it on this machine.</summary>
    [Fact]
    public async Task Ask_ForHealthOnThisMachine_IsAnswered()
    {
        using var visitor = new ProxiedVisitor(proxied) { Host = "localhost", Scheme = "http" };

        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/health/ready")).StatusCode);
    }

    [Fact]
    public async Task Redirect_FromAnyAddress_NamesNoHost()
    {
        using var visitor = new ProxiedVisitor(proxied);
        using var admin = new ProxiedVisitor(proxied);
        using var stranger = new ProxiedVisitor(proxied);
        List<string> seen = [(await admin.SignInAsync(PortalHost.Admin)).Headers.Location?.OriginalString ?? "none"];
        seen.Add(await RegisterAsync(visitor));
        foreach (var address in Addresses())
        {
            foreach (var reader in (ProxiedVisitor[])[visitor, admin, stranger])
            {
                using var answer = await reader.GetAsync(address);
                seen.Add(answer.Headers.Location?.OriginalString ?? "/");
            }
        }

        Assert.True(seen.Distinct().Count() > 3);
        Assert.All(seen, location => Assert.StartsWith("/", location, StringComparison.Ordinal));
    }

    /// <summary>Everything that is asked for by GET and needs no example.</summary>
    private IEnumerable<string> Addresses() => proxied.Portal.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") != false)
        .Where(endpoint => endpoint.Metadata.All(item => item.GetType().Name is not ("StaticAssetDescriptor" or "HubMetadata")))
        .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/').Replace("{culture}", "kk", StringComparison.Ordinal))
        .Where(path => !path.Contains('{', StringComparison.Ordinal) && !path.StartsWith("/_blazor", StringComparison.Ordinal)).Distinct();

    private static async Task<string> RegisterAsync(ProxiedVisitor visitor)
    {
        using var page = await visitor.GetAsync("/auth/register");
        var hidden = Hidden().Matches(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Select(field => KeyValuePair.Create(field.Groups["name"].Value, WebUtility.HtmlDecode(field.Groups["value"].Value)));
        using var answer = await visitor.SendAsync(HttpMethod.Post, "/auth/register", new FormUrlEncodedContent(
            [.. hidden, new("Form.FullName", "Гасанов Рустам"), new("Form.Phone", $"+7 702 55{Random.Shared.Next(10)} {Random.Shared.Next(1000, 9999)}"), new("Form.Password", "верблюд пьёт чай"), new("Form.Consent", "true")]));
        return answer.Headers.Location?.OriginalString ?? $"none ({answer.StatusCode})";
    }

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]*)" value="(?<value>[^"]*)" />""")]
    private static partial Regex Hidden();
}
