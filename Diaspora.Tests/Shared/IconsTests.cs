using System.Xml.Linq;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Diaspora.Web.Shared;
using Diaspora.Web.Shared.Status;
using Diaspora.Web.Shell;

namespace Diaspora.Tests.Shared;

/// <summary>Lines of a list name their icons; the page has them drawn once.</summary>
public sealed class IconsTests(PortalHost portal)
{
    public static TheoryData<string> Looks =>
    [
        .. Enum.GetValues<MonthState>().Select(state => state.Look())
            .Concat(Enum.GetValues<Standing>().Select(standing => standing.Look()))
            .Concat(Enum.GetValues<PaymentStatus>().Select(status => new PaymentOutcome(status, null).Look()))
            .Select(look => look.Icon).Distinct(),
    ];

    [Theory]
    [MemberData(nameof(Looks))]
    public void Use_AStatus_NamesWhatTheSpriteHas(string icon)
    {
        var named = XElement.Parse(Icons.Use(icon).Value).Element("use")?.Attribute("href")?.Value;

        Assert.Equal(icon, InnerOf(Assert.Single(Symbols(), symbol => $"#{symbol.Attribute("id")?.Value}" == named)));
    }

    [Fact]
    public void Use_WhatTheSpriteHasNot_IsDrawn() => Assert.Equal(Icons.Svg(Icons.Camera, "x").Value, Icons.Use(Icons.Camera, "x").Value);

    [Theory]
    [InlineData(Urls.Cabinet, 1)]
    [InlineData(Urls.AdminMembers, 1)]
    [InlineData(Urls.Rules, 0)]
    public async Task Show_APage_WithTheSpriteWhereACircuitIs(string path, int times)
    {
        using var admin = new Visitor(portal);
        await admin.SendAsync("/auth/login", ("Form.Phone", PortalHost.Admin.Phone), ("Form.Password", PortalHost.Admin.Password));
        using var answer = await admin.GetAsync(path);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(times, page.Split(Icons.Sprite.Value).Length - 1);
    }

    private static IEnumerable<XElement> Symbols() => XElement.Parse(Icons.Sprite.Value).Elements("symbol");

    private static string InnerOf(XElement symbol) => string.Concat(symbol.Nodes().Select(node => node.ToString(SaveOptions.DisableFormatting))).Replace(" />", "/>", StringComparison.Ordinal);
}
