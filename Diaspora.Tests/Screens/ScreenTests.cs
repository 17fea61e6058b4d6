using System.Reflection;

namespace Diaspora.Tests.Screens;

/// <summary>
/// Every page at both sizes, in both themes and languages, as <see cref="Screens"/> looks at it. In parts, because the methods of one class
/// wait for one another.
/// </summary>
[Trait("needs", "browser")]
public sealed class FirstScreenTests(Screens screens) : IClassFixture<Screens>
{
    [Theory]
    [MemberData(nameof(PortalPages.Part), 0, MemberType = typeof(PortalPages))]
    public Task Page_AtEverySizeThemeAndLanguage_IsAccessibleAndFits(string template) => screens.LookAsync(template);
}

[Trait("needs", "browser")]
public sealed class SecondScreenTests(Screens screens) : IClassFixture<Screens>
{
    [Theory]
    [MemberData(nameof(PortalPages.Part), 1, MemberType = typeof(PortalPages))]
    public Task Page_AtEverySizeThemeAndLanguage_IsAccessibleAndFits(string template) => screens.LookAsync(template);
}

[Trait("needs", "browser")]
public sealed class ThirdScreenTests(Screens screens) : IClassFixture<Screens>
{
    [Theory]
    [MemberData(nameof(PortalPages.Part), 2, MemberType = typeof(PortalPages))]
    public Task Page_AtEverySizeThemeAndLanguage_IsAccessibleAndFits(string template) => screens.LookAsync(template);
}

public sealed class ScreenPartsTests
{
    [Fact]
    public void Look_TheParts_AreAllThePages()
    {
        Assert.SkipUnless(PortalPages.Only is null, "DIASPORA_PAGES names some pages only.");
        var parts =
            from type in typeof(ScreenPartsTests).Assembly.GetTypes()
            from method in type.GetMethods()
            from data in method.GetCustomAttributes<MemberDataAttribute>()
            where data.MemberType == typeof(PortalPages)
            select (int)data.Arguments[0]!;
        Assert.Equal(Enumerable.Range(0, PortalPages.Parts), parts.Order());
        Assert.Equal(PortalPages.All.Select(page => page.Template).Order(), Enumerable.Range(0, PortalPages.Parts).SelectMany(PortalPages.Part).Select(row => row.Data).Order());
    }
}
