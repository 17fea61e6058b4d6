using System.Net;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;

namespace Diaspora.Tests.Notifications;

/// <summary>A browser is switched on by the form of its page, by whoever is signed in on it.</summary>
public sealed class PushRequestsTests
{
    private const string Page = "/cabinet/notifications";
    private static readonly string Key = "B" + new string('A', 86);
    private static readonly string Secret = new('A', 22);

    [Fact]
    public async Task Add_ByTheFormOfThePage_IsListedThereAndNothingElseIsTaken()
    {
        using var portal = PortalHost.Start("Development", ("Site:BaseUrl", "http://127.0.0.1"));
        using var stranger = new Visitor(portal);
        using var before = await stranger.GetAsync(Page);
        Assert.StartsWith("/auth/login", before.Headers.Location?.ToString(), StringComparison.Ordinal);

        using var member = new Visitor(portal);
        await member.SendAsync("/auth/login", ("Form.Phone", PortalHost.Debtor.Phone), ("Form.Password", PortalHost.Debtor.Password));
        var page = await member.ReadAsync(Page);
        Assert.Matches("data-push=\"[A-Za-z0-9_-]{87}\"", page);
        Assert.DoesNotContain("Где включены", page, StringComparison.Ordinal);

        var form = Visitor.FormOf(page[page.IndexOf("<form method=\"post\" action=\"/cabinet/notifications/device\"", StringComparison.Ordinal)..], Page);
        var token = form.Hidden.Single(field => field.Key == "__RequestVerificationToken");
        (string Action, Dictionary<string, string> Hidden) sends = (form.Action, new Dictionary<string, string>([token]));
        (string, string)[] good = [("endpoint", "https://fcm.googleapis.com/fcm/send/1"), ("key", Key), ("secret", Secret)];

        Assert.Equal(HttpStatusCode.BadRequest, (await member.SendAsync((form.Action, []), good)).Status);
        var inner = await member.SendAsync(sends, ("endpoint", "https://127.0.0.1/x"), ("key", Key), ("secret", Secret));
        Assert.NotEqual(Page, inner.Location);
        Assert.DoesNotContain("Где включены", await member.ReadAsync(Page), StringComparison.Ordinal);

        Assert.Equal(Page, (await member.SendAsync(sends, good)).Location);
        Assert.Contains("Где включены", await member.ReadAsync(Page), StringComparison.Ordinal);
    }

    /// <summary>Without an address of its own the portal could lead nobody to itself.</summary>
    [Fact]
    public async Task Show_WhereNobodyIsTold_SaysSo()
    {
        using var portal = PortalHost.Start("Development", ("Site:BaseUrl", "http://127.0.0.1"), ("Notifications:Push:Enabled", "false"));
        using var member = new Visitor(portal);
        await member.SendAsync("/auth/login", ("Form.Phone", PortalHost.Debtor.Phone), ("Form.Password", PortalHost.Debtor.Password));
        var page = await member.ReadAsync(Page);

        Assert.Contains("пока не рассылает", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-push", page, StringComparison.Ordinal);
    }
}
