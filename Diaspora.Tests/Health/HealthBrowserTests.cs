using Diaspora.Tests.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Health;

/// <summary>The page in a real browser, over a portal that logs; what a press writes names its circuit.</summary>
[Trait("needs", "browser")]
public sealed class HealthBrowserTests(Chromium chromium)
{
    [Fact]
    public async Task Refresh_OnAnOpenPage_IsAnsweredAndItsLinesNameTheCircuit()
    {
        var log = new PortalLog();
        using (var portal = log.Start(Environments.Development, ("Serilog:MinimumLevel:Override:Microsoft.AspNetCore.Components.RenderTree", "Debug")))
        {
            await using var desk = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
            var page = await desk.SignInAsync(PortalHost.Admin, "/auth/login", "/admin/health");
            await page.AliveAsync();
            await Expect(page.GetByText("База данных").First).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Проверить снова" }).ClickAsync();
            await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Настройки" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Настройки" })).ToBeVisibleAsync();
        }

        Assert.Contains(log.Lines, line => line.TryGetProperty("CircuitId", out var id) && id.GetString()!.Length > 0);
    }
}
