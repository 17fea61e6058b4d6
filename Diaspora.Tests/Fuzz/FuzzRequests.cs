using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Diaspora.Tests.Fuzz;

/// <summary>Makes requests out of what is known of the routes and out of what no page would send. Only the seed decides.</summary>
internal sealed class FuzzRequests(Random random, IReadOnlyList<RouteEndpoint> routes, Uri address)
{
    private static readonly string[] Methods = ["GET", "GET", "GET", "POST", "POST", "POST", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"];

    public FuzzRequest Next(FuzzReader reader)
    {
        var route = routes[random.Next(routes.Count)];
        var (path, method) = (PathOf(route.RoutePattern), random.Pick(Methods));
        var query = FuzzValues.Query(random);
        var content = method is "GET" or "HEAD" or "TRACE" ? null : new FuzzBody(random, reader.Token, path).Next();
        var headers = Headers();
        var cookies = random.Next(12) switch { 0 => "", 1 => FuzzValues.InAHeader(random), 2 => $"{reader.Cookies}; device={FuzzValues.Escaped(random)}; .AspNetCore.Culture={FuzzValues.Escaped(random)}; registration={FuzzValues.Escaped(random)}", _ => reader.Cookies };
        var host = random.Next(40) == 0 ? random.Pick([new string('a', 3000), "a:99999", "evil.example", "[::1", "a b", "xn--", "127.0.0.1:", new string('a', 200) + ".kz"]) : null;
        var says = $"{method} {Short(path + query)}{(host is null ? "" : $" Host: {Short(host)}")} [{string.Join(", ", headers.Select(header => $"{header.Name}: {Short(header.Value)}"))}] {content?.Says}";
        return new FuzzRequest(says, Make, IsBroken: host is not null || content?.IsBroken == true || headers.Any(header => header.Name == "Transfer-Encoding"), MayWait: path.StartsWith("/_blazor", StringComparison.Ordinal), IsSignOut: path.StartsWith("/auth/", StringComparison.Ordinal));

        HttpRequestMessage Make()
        {
            var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address.GetLeftPart(UriPartial.Authority) + path + query, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })) { Content = content?.Make() };
            request.Headers.TryAddWithoutValidation("Cookie", cookies);
            if (host is not null)
            {
                request.Headers.TryAddWithoutValidation("Host", host);
            }

            foreach (var (name, value) in headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            return request;
        }
    }

    private List<(string Name, string Value)> Headers()
    {
        List<(string, string)> headers = [];
        for (var count = random.Next(3); count > 0; count--)
        {
            headers.Add(random.Pick<(string, string)>(
            [
                ("Accept", random.Pick(["application/json", "*/*;q=x", ";;", "text/html", FuzzValues.InAHeader(random)])), ("Accept-Language", FuzzValues.InAHeader(random)), ("Accept-Encoding", random.Pick(["br", "gzip;q=2", "x"])),
                ("Range", random.Pick(["bytes=0-", "bytes=99999999999-1", "bytes=-1", "x=1-2"])), ("If-None-Match", random.Pick(["*", "\"", "W/\"x\""])), ("If-Modified-Since", "yesterday"),
                ("User-Agent", FuzzValues.InAHeader(random)), ("X-Forwarded-For", random.Pick(["1.2.3.4", "::1", FuzzValues.InAHeader(random)])), ("X-Forwarded-Proto", random.Pick(["https", "ftp", ""])),
                ("Origin", random.Pick(["null", "https://evil.example", address.GetLeftPart(UriPartial.Authority)])), ("Referer", FuzzValues.InAHeader(random)), ("blazor-enhanced-nav", "on"),
                ("Upgrade", "websocket"), ("Expect", "100-continue"), ("RequestVerificationToken", FuzzValues.InAHeader(random)), ("X-HTTP-Method-Override", "DELETE"), ("Sec-Fetch-Site", "cross-site"), ("traceparent", FuzzValues.InAHeader(random)),
                ("Authorization", "Bearer " + FuzzValues.InAHeader(random)), ("Content-Encoding", "gzip"),
            ]));
        }

        return headers;
    }

    private string PathOf(RoutePattern pattern)
    {
        var path = new StringBuilder();
        foreach (var segment in pattern.PathSegments)
        {
            path.Append('/');
            foreach (var part in segment.Parts)
            {
                path.Append(part switch
                {
                    RoutePatternLiteralPart literal => literal.Content,
                    RoutePatternSeparatorPart separator => separator.Content,
                    RoutePatternParameterPart parameter => random.Next(3) == 0 || parameter.ParameterPolicies.Any(policy => policy.Content == "guid") ? FuzzValues.Id(random) : FuzzValues.Escaped(random),
                    _ => "",
                });
            }
        }

        return path.Length == 0 ? "/" : random.Next(25) switch
        {
            0 => path + "/",
            1 => path + "/" + FuzzValues.Escaped(random),
            2 => path.ToString().ToUpperInvariant(),
            3 => path + "%00",
            _ => path.ToString(),
        };
    }

    private static string Short(string text) => text.Length <= 160 ? text : $"{text[..160]}… ({text.Length})";
}
