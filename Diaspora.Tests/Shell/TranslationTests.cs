using System.Text.RegularExpressions;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Screens;

namespace Diaspora.Tests.Shell;

/// <summary>A browser that translates a page wraps its texts anew, and a circuit then finds its own no more: live pages opt out, and every page says its language.</summary>
public sealed partial class TranslationTests(PortalHost portal)
{
    public static TheoryData<string> Pages => [.. PortalPages.All.Select(page => page.Template)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Open_APage_SaysItsLanguageAndWhetherItMayBeTranslated(string template)
    {
        var page = PortalPages.All.Single(known => known.Template == template).Page;
        var address = await PortalPages.AddressAsync(template, portal);
        using var visitor = new Visitor(portal);
        if (PortalPages.ReaderOf(page) is { } reader)
        {
            await visitor.SendAsync("/auth/login", ("Form.Phone", reader.Phone), ("Form.Password", reader.Password));
        }

        foreach (var language in (string[])["ru", "kk"])
        {
            await visitor.GetAsync($"/lang/{language}");
            var html = await visitor.ReadAsync(address);
            var head = Head().Match(html).Value;
            Assert.Contains($"lang=\"{language}\"", head, StringComparison.Ordinal);
            Assert.Equal(PortalPages.IsLive(page), head.Contains("translate=\"no\"", StringComparison.Ordinal));
            Assert.Equal(PortalPages.IsLive(page), head.Contains("class=\"notranslate\"", StringComparison.Ordinal));
            Assert.Equal(PortalPages.IsLive(page), html.Contains("<meta name=\"google\" content=\"notranslate\"", StringComparison.Ordinal));
        }
    }

    [GeneratedRegex("<html[^>]*>")]
    private static partial Regex Head();
}
