using System.Reflection;
using Diaspora.Data.Demo;
using Diaspora.Tests.Hosting;
using Microsoft.AspNetCore.Components;

namespace Diaspora.Tests.Screens;

/// <summary>Every page there is, found by reflection, so that a new one cannot be forgotten.</summary>
internal static class PortalPages
{
    /// <summary>An address for each template with a parameter; missing ones fail the test.</summary>
    private static readonly Dictionary<string, Func<PortalHost, Task<string>>> Examples = new()
    {
        ["/cabinet/pay/{IntentId:guid}"] = async portal => $"/cabinet/pay/{await ExampleData.IntentOfDebtorAsync(portal)}",
        ["/admin/members/import/{Id:guid}"] = async portal => $"/admin/members/import/{await ExampleData.ImportAsync(portal)}",
        ["/admin/statements/{Id:guid}"] = async portal => $"/admin/statements/{await ExampleData.StatementAsync(portal)}",
        ["/admin/members/{Number}"] = async portal => $"/admin/members/{await ExampleData.NumberOfDebtorAsync(portal)}",
        ["/admin/members/{Number}/paper"] = async portal => $"/admin/members/{await ExampleData.NumberOfDebtorAsync(portal)}/paper",
        ["/paper/{Code}"] = async portal => $"/paper/{await ExampleData.CertificateAsync(portal)}",
        ["/admin/members/duplicates/{First}/{Second}"] = ExampleData.TwoRecordsAsync,
        ["/admin/messages/{CauseName}/{ChannelName}"] = _ => Task.FromResult("/admin/messages/PaymentRejected/Mail"),
        ["/admin/payments/{Id:guid}"] = async portal => $"/admin/payments/{await ExampleData.IntentOfDebtorAsync(portal)}",
    };

    /// <summary>Only shown instead of another page.</summary>
    private static readonly string[] Substitutes = ["/error"];

    public static IEnumerable<(Type Page, string Template)> All =>
        from type in typeof(Program).Assembly.GetTypes()
        from route in type.GetCustomAttributes<RouteAttribute>()
        where !Substitutes.Contains(route.Template)
        orderby route.Template
        select (type, route.Template);

    /// <summary>How many classes look at them; a test holds that each part has its class.</summary>
    public const int Parts = 3;

    /// <summary>Templates to look at while one works on them, with spaces between; every page where it is not set.</summary>
    public static readonly string? Only = Environment.GetEnvironmentVariable("DIASPORA_PAGES");

    public static TheoryData<string> Part(int part) =>
        [.. All.Select(page => page.Template).Where((template, index) => Only is null ? index % Parts == part : part == 0 && Only.Split(' ').Contains(template))];

    /// <summary>Whether the page opens a circuit.</summary>
    public static bool IsLive(Type page) => ReaderOf(page) is not null && !page.IsDefined(typeof(ExcludeFromInteractiveRoutingAttribute));

    public static async Task<string> AddressAsync(string template, PortalHost portal)
    {
        if (!template.Contains('{', StringComparison.Ordinal))
        {
            return template;
        }

        return Examples.TryGetValue(template, out var example)
            ? await example(portal)
            : throw new InvalidOperationException($"{template} has a parameter: give an example in {nameof(PortalPages)}.");
    }

    /// <summary>Who looks at the page: nobody signed in, a member, or an admin.</summary>
    public static DemoAccount? ReaderOf(Type page) =>
        AreaOf(page) switch { "Cabinet" => PortalHost.Debtor, "Admin" => PortalHost.Admin, _ => null };

    /// <summary>The folder that says who sees the page: the nearest one of this name, the page in it or in a room of it. Nothing for pages outside the three.</summary>
    public static string? AreaOf(Type page) => page.Namespace!.Split('.').LastOrDefault(folder => folder is "Public" or "Cabinet" or "Admin");
}
