using Diaspora.Tests.Hosting;

namespace Diaspora.Tests.Screens;

/// <summary>That nothing is overlooked in a list of which axe is shown a part only.</summary>
[Trait("needs", "browser")]
public sealed class AxeTests(Chromium chromium, PortalHost portal)
{
    private const string Line = "<li class=line><b>Алиев</b> <button type=button>Подтвердить</button></li>";

    [Theory]
    [InlineData("<li class=line><b>Алиев</b> <button type=button></button></li>", "button-name")]
    [InlineData("<li class=line><b style='color: #ccc'>Алиев</b> <button type=button>Подтвердить</button></li>", "color-contrast")]
    [InlineData("<li class=line><b>Алиев</b> <button type=button aria-pressed=often>Подтвердить</button></li>", "aria-valid-attr-value")]
    [InlineData("<li class='line late'><b>Алиев</b> <button type=button>Подтвердить</button></li>", "color-contrast")]
    public async Task Look_OneOddLineAmongMany_IsComplainedOf(string odd, string rule)
    {
        await using var browser = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var page = await browser.NewPageAsync();
        string Page(string list) => $"<!DOCTYPE html><html lang=ru><title>Список</title><style>.late b {{ color: #ddd }}</style><main><h1>Список</h1><ul>{list}</ul></main>";
        var many = string.Concat(Enumerable.Repeat(Line, 30));
        await page.SetContentAsync(Page(many + many));
        Assert.Empty(await page.ViolationsAsync());
        await page.SetContentAsync(Page(many + odd + many));

        Assert.StartsWith(rule, Assert.Single(await page.ViolationsAsync()), StringComparison.Ordinal);
        Assert.Equal(61, await page.EvaluateAsync<int>("() => [...document.querySelectorAll('li')].filter(line => line.checkVisibility()).length"));
    }
}
