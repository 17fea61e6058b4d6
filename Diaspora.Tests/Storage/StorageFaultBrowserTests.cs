using Diaspora.Data;
using Diaspora.Tests.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Storage;

/// <summary>A press while another program holds the file: a sentence, and the page lives on with what was typed.</summary>
[Trait("needs", "browser")]
public sealed class StorageFaultBrowserTests(Chromium chromium)
{
    [Fact]
    public async Task Save_WhileAnotherProgramHoldsTheFile_KeepsWhatWasTypedUntilItIsWritten()
    {
        using var portal = PortalHost.Start(Environments.Development, ("Database:PatienceSeconds", "1"));
        await using var phone = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var page = await phone.SignInAsync(PortalHost.Debtor, "/auth/login", "/cabinet/profile");
        await page.AliveAsync();
        await page.Locator("#city").FillAsync("Шымкент-2");
        var save = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Сохранить" });
        await using (var other = new SqliteConnection($"Data Source={portal.Services.GetRequiredService<StorageFolders>().Database};Pooling=False"))
        {
            other.Open();
            await using var begin = other.CreateCommand();
            begin.CommandText = "BEGIN EXCLUSIVE";
            begin.ExecuteNonQuery();
            await save.ClickAsync();
            await Expect(page.GetByText("Не записано")).ToBeVisibleAsync();
            await Expect(page.Locator("#city")).ToHaveValueAsync("Шымкент-2");
        }

        await save.ClickAsync();
        await Expect(page.GetByText("Не записано")).Not.ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("#city")).ToHaveValueAsync("Шымкент-2");
    }
}
