using Diaspora.Data.Demo;
using Diaspora.Tests.Hosting;
using Microsoft.Playwright;

namespace Diaspora.Tests.Screens;

/// <summary>The browsers that pages are looked at with: for each reader a phone that speaks Russian and a laptop that speaks Kazakh.</summary>
public sealed class Screens(Chromium chromium, PortalHost portal) : IAsyncDisposable
{
    /// <summary>By how much the page is too wide, once nothing moves.</summary>
    private const string Overflow = $"async () => {{ {Axe.Settled} return document.documentElement.scrollWidth - document.documentElement.clientWidth; }}";

    private readonly Dictionary<(string? Phone, bool IsPhone), IPage> _pages = [];

    /// <summary>
    /// At both sizes, in both themes and languages: nothing serious for axe, no sideways scrolling, no error in the console. A page is loaded
    /// twice: Russian, light on a phone and then dark on a laptop; Kazakh, light on a laptop and then dark on a phone.
    /// </summary>
    public async Task LookAsync(string template)
    {
        var address = await PortalPages.AddressAsync(template, portal);
        var component = PortalPages.All.Single(known => known.Template == template).Page;
        var name = template.Trim('/').Replace('/', '-').Replace(':', '-');
        List<string> complaints = [.. await ComplaintsAsync(component, address, name, isPhone: true), .. await ComplaintsAsync(component, address, name, isPhone: false)];
        Assert.True(complaints.Count == 0, string.Join(Environment.NewLine, complaints));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var page in _pages.Values)
        {
            await page.Context.DisposeAsync().AsTask().WaitAsync(FactAttribute.SharedPatience);
        }
    }

    private async Task<List<string>> ComplaintsAsync(Type component, string address, string name, bool isPhone)
    {
        var language = isPhone ? "ru" : "kk";
        var page = await PageAsync(PortalPages.ReaderOf(component), isPhone, language);
        List<string> complaints = [];
        var look = $"{name} {language}";
        void Hear(object? sender, IConsoleMessage message)
        {
            if (message.Type == "error" && !(address == "/not-found" && message.Text.Contains("404", StringComparison.Ordinal)))
            {
                complaints.Add($"{look}: console: {message.Text}");
            }
        }

        page.Console += Hear;
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync((isPhone ? Chromium.Phone : Chromium.Laptop).Width, (isPhone ? Chromium.Phone : Chromium.Laptop).Height);
        await page.Context.ClearCookiesAsync(new BrowserContextClearCookiesOptions { Name = "theme" });
        await page.Context.AddCookiesAsync([new Cookie { Name = "scheme", Value = "light", Url = portal.Address.ToString() }]);
        await page.GotoAsync(address);
        if (PortalPages.IsLive(component))
        {
            await page.AliveAsync();
        }

        Assert.Equal(language, await page.EvaluateAsync<string>("() => document.documentElement.lang"));
        foreach (var (isDark, size) in isPhone ? new[] { (false, Chromium.Phone), (true, Chromium.Laptop) } : [(false, Chromium.Laptop), (true, Chromium.Phone)])
        {
            await ShowAsync(page, isDark);
            await page.SetViewportSizeAsync(size.Width, size.Height);
            look = $"{name} {size.Width} {(isDark ? "dark" : "light")} {language}";
            await page.KeepAsync(look);
            if (await page.EvaluateAsync<int>(Overflow) is > 0 and var overflow)
            {
                complaints.Add($"{look}: scrolls sideways by {overflow} px");
            }

            // Neither what a control is nor its colours is another thing in the other language.
            complaints.AddRange((await page.ViolationsAsync(isPhone ? [] : isDark ? Axe.Words : Axe.Colours)).Select(violation => $"{look}: {violation}"));
        }

        complaints.AddRange(await page.MisfitsAsync($"{name} {language}", isPhone));
        page.Console -= Hear;
        return complaints;
    }

    /// <summary>With the page's own button where it has one: its circuit must follow. The plain pages ask the system when they are loaded.</summary>
    private static async Task ShowAsync(IPage page, bool isDark)
    {
        var theme = isDark ? "dark" : "light";
        if (await page.EvaluateAsync<string>("() => document.documentElement.dataset.theme") == theme)
        {
            return;
        }

        if (await page.Locator("button:has(.t-moon)").CountAsync() > 0)
        {
            await page.EvaluateAsync("() => document.querySelector('button:has(.t-moon)').click()");
            await page.WaitForFunctionAsync(
                "theme => document.documentElement.dataset.theme === theme && getComputedStyle(document.documentElement).getPropertyValue('--mud-native-html-color-scheme').trim() === theme", theme);
        }
        else
        {
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light });
            await page.ReloadAsync();
        }

        Assert.Equal(theme, await page.EvaluateAsync<string>("() => document.documentElement.dataset.theme"));
    }

    private async Task<IPage> PageAsync(DemoAccount? reader, bool isPhone, string language)
    {
        if (_pages.TryGetValue((reader?.Phone, isPhone), out var known))
        {
            return known;
        }

        var browser = await chromium.OpenAsync(portal.Address, isPhone ? Chromium.Phone : Chromium.Laptop);
        if (reader is not null)
        {
            await browser.SendSignInAsync(reader);
        }

        // After the sign-in, which brings the member's own language; and the theme as a second visit brings it.
        await browser.AddCookiesAsync([Chromium.Speaking(language, portal.Address)]);
        return _pages[(reader?.Phone, isPhone)] = await browser.NewPageAsync();
    }
}
