using System.Reflection;
using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Screens;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Diaspora.Tests.Shell;

/// <summary>Every page has the policy of its folder, and everything that answers is either locked or named here.</summary>
public sealed class PagePolicyTests
{
    /// <summary>Pages outside the three folders.</summary>
    private static readonly string[] PagesForAll = ["ErrorPage", "NotFoundPage"];

    /// <summary>What a stranger may ask for besides the pages of the folder Public; each with the reason.</summary>
    private static readonly Dictionary<string, string> OpenEndpoints = new()
    {
        ["/health/live"] = "whoever runs the portal asks whether it lives",
        ["/health/ready"] = "and whether it may have visitors",
        ["/lang/{culture}"] = "a guest chooses a language",
        ["/manifest.webmanifest"] = "a phone asks for it before anybody signs in, and it says nothing of anybody",
        ["/sw.js"] = "the worker says nothing of anybody, and works on the sign-in page too",
        ["/share"] = "a phone sends what is shared with the portal, signed in or not: nothing of it is taken",
        ["/auth/logout"] = "signing out twice is no fault",
        ["/card/list"] = "keys and seals, by which anybody checks a card; neither tells a name",
        ["/card/check"] = "whoever holds a card learns whether it holds",
        ["/_blazor"] = "the way of a circuit; its page was locked, and every verb asks who acts",
        ["/_blazor/negotiate"] = "the same",
        ["/_blazor/disconnect/"] = "the same",
        ["/_blazor/initializers/"] = "the same",
        ["/_framework/opaque-redirect"] = "a redirect that the framework itself has sealed",
        ["/webhooks/messages/whatsapp"] = "Meta calls: what is not signed with our secret changes nothing",
        ["/webhooks/payments/{provider}"] = "an aggregator calls: what is not signed with our secret leaves nothing",
        ["/webhooks/telegram"] = "Telegram calls: what does not say our secret leaves nothing",
        ["/{**path:file}"] = "files of wwwroot in Development",
    };

    private static readonly Type[] Pages = [.. typeof(Urls).Assembly.GetTypes().Where(type => type.GetCustomAttributes<RouteAttribute>().Any()).OrderBy(type => type.FullName)];

    public static TheoryData<string> PageNames => [.. Pages.Select(page => page.FullName!)];

    [Theory]
    [MemberData(nameof(PageNames))]
    public void Open_EachPage_NeedsWhatItsFolderSays(string name)
    {
        var page = Pages.Single(page => page.FullName == name);
        var isOpen = page.IsDefined(typeof(AllowAnonymousAttribute));
        var isStatic = page.IsDefined(typeof(ExcludeFromInteractiveRoutingAttribute));
        string[] policies = [.. page.GetCustomAttributes<AuthorizeAttribute>().Select(attribute => attribute.Policy).OfType<string>()];
        var routes = page.GetCustomAttributes<RouteAttribute>().Select(route => route.Template);
        Assert.True(page.IsDefined(typeof(AuthorizeAttribute)), "A page is locked unless it says otherwise: the attribute comes from the portal's _Imports.razor.");
        switch (PortalPages.AreaOf(page))
        {
            case "Public":
                Assert.True(isOpen && isStatic && policies.Length == 0, "A public page is open to all and static.");
                break;
            case "Cabinet":
                Assert.False(isOpen);
                Assert.Equal([nameof(Permission.Member)], policies);
                Assert.All(routes, route => Assert.StartsWith("/cabinet", route, StringComparison.Ordinal));
                break;
            case "Admin":
                Assert.False(isOpen);
                Assert.All(routes, route => Assert.StartsWith("/admin", route, StringComparison.Ordinal));
                string[] allowed = page.Namespace!.Contains(".Audit.", StringComparison.Ordinal) || page.Namespace.Contains(".Settings.", StringComparison.Ordinal)
                    || page.Namespace.Contains(".Duplicates.", StringComparison.Ordinal) || page.Namespace.Contains(".Backups.", StringComparison.Ordinal)
                    || page.Namespace.Contains(".Health.", StringComparison.Ordinal)
                    ? [nameof(Permission.Admin)]
                    : [nameof(Permission.Cashier), nameof(Permission.Editor), nameof(Permission.Admin)];
                Assert.Contains(Assert.Single(policies), allowed);
                break;
            default:
                Assert.Contains(page.Name, PagesForAll);
                Assert.True(isOpen && isStatic);
                break;
        }
    }

    [Fact]
    public void Find_PagesByReflection_HasSomeInEachFolder() =>
        Assert.All((string[])["Public", "Cabinet"], folder => Assert.Contains(Pages, page => PortalPages.AreaOf(page) == folder));

    /// <summary>Of anything but text the framework makes a fault when the address says something else: on a request and in a circuit. So a page reads its address itself.</summary>
    [Fact]
    public void Ask_OfAnAddress_IsAlwaysText()
    {
        var asked = Pages.SelectMany(page => page.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)).Where(property => property.IsDefined(typeof(SupplyParameterFromQueryAttribute))).ToList();

        Assert.NotEmpty(asked);
        Assert.Empty(asked.Where(property => property.PropertyType != typeof(string)).Select(property => $"{property.DeclaringType!.Name}.{property.Name}"));
    }

    /// <summary>Needs the real portal: only it knows its endpoints.</summary>
    public sealed class Endpoints(PortalHost portal)
    {
        [Fact]
        public async Task Name_EachPolicy_IsOneThatExists()
        {
            var provider = portal.Services.GetRequiredService<IAuthorizationPolicyProvider>();
            var policies = All().SelectMany(endpoint => endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>()).Select(data => data.Policy).OfType<string>()
                .Concat(Pages.SelectMany(page => page.GetCustomAttributes<AuthorizeAttribute>()).Select(attribute => attribute.Policy).OfType<string>()).Distinct();
            foreach (var policy in policies)
            {
                Assert.True(await provider.GetPolicyAsync(policy) is not null, $"The policy {policy} does not exist.");
            }
        }

        [Fact]
        public void Ask_ForAnythingButPages_IsLockedOrNamedHere()
        {
            var open = All()
                .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null || endpoint.Metadata.GetMetadata<IAuthorizeData>() is null)
                .Where(endpoint => endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is null && !IsFile(endpoint))
                .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/')).Distinct();
            Assert.Equal(string.Join('\n', OpenEndpoints.Keys.Order(StringComparer.Ordinal)), string.Join('\n', open.Order(StringComparer.Ordinal)));
        }

        private static bool IsFile(RouteEndpoint endpoint) => endpoint.Metadata.Any(item => item.GetType().Name is "StaticAssetDescriptor");

        private IEnumerable<RouteEndpoint> All() => portal.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();
    }
}
