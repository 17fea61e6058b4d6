using System.Net;
using System.Net.WebSockets;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Diaspora.Web.Shell.Guard;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Diaspora.Tests.Shell;

/// <summary>Whose pages may open a circuit with our reader's cookie: our own, and nobody else's.</summary>
public sealed class OriginTests(PortalHost portal, ProxiedPortal proxied)
{
    public static TheoryData<string> Foreign => ["https://evil.example", "http://127.0.0.1:1", "http://localhost", "null", "file://", "http://127.0.0.1.evil.example", "", "https://127.0.0.1"];

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task Connect_FromAForeignPageWithTheAdminsCookie_IsRefused(string origin)
    {
        using var admin = await SignedInAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await ConnectAsync(admin, origin));
        foreach (var (path, method) in Connections())
        {
            using var request = Request(admin, method, path, origin);
            using var answer = await Client().SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {path} answered {answer.StatusCode} to a page of «{origin}».");
        }
    }

    [Fact]
    public async Task Connect_FromOurOwnPage_IsOpened()
    {
        using var admin = await SignedInAsync();

        Assert.Equal(HttpStatusCode.SwitchingProtocols, await ConnectAsync(admin, portal.Address.GetLeftPart(UriPartial.Authority)));
        using var request = Request(admin, HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", portal.Address.GetLeftPart(UriPartial.Authority));
        using var answer = await Client().SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>A browser always says it. Without it nobody knows whose page it is.</summary>
    [Fact]
    public async Task Connect_WithoutSayingFromWhere_IsRefused()
    {
        using var admin = await SignedInAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await ConnectAsync(admin, null));
    }

    /// <summary>Where no circuit listens today, one may tomorrow.</summary>
    [Fact]
    public async Task Upgrade_AnyAddressFromAForeignPage_IsRefused()
    {
        using var visitor = new Visitor(portal);

        Assert.Equal(HttpStatusCode.Forbidden, await ConnectAsync(visitor, "https://evil.example", "cabinet"));
    }

    [Theory]
    [InlineData(ProxiedPortal.Origin, HttpStatusCode.OK)]
    [InlineData("https://PORTAL.example.kz", HttpStatusCode.OK)]
    [InlineData("http://portal.example.kz", HttpStatusCode.Forbidden)]
    [InlineData("https://portal.example.kz:8443", HttpStatusCode.Forbidden)]
    [InlineData("https://shop.portal.example.kz", HttpStatusCode.Forbidden)]
    [InlineData("https://127.0.0.1", HttpStatusCode.Forbidden)]
    public async Task Negotiate_BehindAProxy_IsForTheConfiguredAddressAlone(string origin, HttpStatusCode expected)
    {
        using var visitor = new ProxiedVisitor(proxied);

        using var answer = await visitor.SendAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", null, ("Origin", origin));

        Assert.Equal(expected, answer.StatusCode);
    }

    /// <summary>Behind a web server that nobody named every page of ours is refused: the log says what to set, and a stranger cannot fill it.</summary>
    [Fact]
    public async Task Refuse_ManyPagesWithinAMinute_IsSaidOnceWithWhatToSet()
    {
        var (clock, log) = (new FakeTimeProvider(), new Heard());
        var guard = new OwnOrigin(_ => Task.CompletedTask, Options.Create(new SiteOptions()), clock, log);
        for (var second = 0; second < 90; second++)
        {
            var context = new DefaultHttpContext { Request = { Scheme = "http", Host = new HostString("portal.example.kz"), Method = "POST", Path = "/_blazor/negotiate" } };
            context.Request.Headers.Origin = "https://portal.example.kz";
            await guard.InvokeAsync(context);
            Assert.Equal(StatusCodes.Status403Forbidden, context.Response.StatusCode);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(2, log.Lines.Count);
        Assert.All(log.Lines, line => Assert.Contains("Proxy:Addresses", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://portal.example.kz/", "https://portal.example.kz")]
    [InlineData("https://portal.example.kz:443", "https://portal.example.kz")]
    [InlineData("http://[::1]:8080", "http://[::1]:8080")]
    [InlineData("https://портал.қаз", "https://xn--80awhdgm.xn--80ao21a")]
    public void Configure_TheAddress_IsComparedAsABrowserSaysIt(string address, string origin) => Assert.Equal(origin, new SiteOptions { BaseUrl = address }.Origin);

    [Theory]
    [InlineData("portal.example.kz")]
    [InlineData("https://portal.example.kz/portal")]
    [InlineData("ftp://portal.example.kz")]
    [InlineData("https://portal.example.kz?a=1")]
    public void Configure_WhatIsNoAddress_StopsTheStartAndNamesTheKey(string address) =>
        Assert.Contains("Site:BaseUrl", new SiteOptionsValidator().Validate(null, new SiteOptions { BaseUrl = address }).FailureMessage, StringComparison.Ordinal);

    /// <summary>Whatever opens or keeps a connection: found, not listed.</summary>
    private IEnumerable<(string Path, HttpMethod Method)> Connections()
    {
        var hubs = portal.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.Any(item => item.GetType().Name is "HubMetadata" or "NegotiateMetadata") || endpoint.RoutePattern.RawText!.Contains("_blazor", StringComparison.Ordinal))
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/')).Distinct().ToList();
        Assert.Contains("/_blazor/negotiate", hubs);
        return from path in hubs from method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post, HttpMethod.Delete] select (path, method);
    }

    private async Task<HttpStatusCode> ConnectAsync(Visitor visitor, string? origin, string path = "_blazor")
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.Cookies = visitor.Cookies;
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        try
        {
            await socket.ConnectAsync(new UriBuilder(new Uri(portal.Address, path)) { Scheme = "ws" }.Uri, TestContext.Current.CancellationToken);
            socket.Abort();
        }
        catch (WebSocketException)
        {
            // The status says why.
        }

        return socket.HttpStatusCode;
    }

    private HttpClient Client() => new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = portal.Address };

    private HttpRequestMessage Request(Visitor visitor, HttpMethod method, string path, string origin)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Cookie", visitor.Cookies.GetCookieHeader(portal.Address));
        request.Headers.TryAddWithoutValidation("Origin", origin);
        return request;
    }

    private async Task<Visitor> SignedInAsync()
    {
        var visitor = new Visitor(portal);
        await visitor.SendAsync("/admin/login", ("Form.Phone", PortalHost.Admin.Phone), ("Form.Password", PortalHost.Admin.Password));
        return visitor;
    }

    private sealed class Heard : ILogger<OwnOrigin>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception));
    }
}
