using Bunit;
using Diaspora.Web.Shell.Localization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Diaspora.Tests.Shell;

public sealed class LanguageSwitchTests
{
    /// <summary>A link alone changes no profile, since anybody's page may hold it; the press on a page of ours does.</summary>
    [Fact]
    public async Task Press_OnALivePage_KeepsTheLanguageInTheProfile()
    {
        await using var page = new BunitContext();
        var preference = new Kept();
        page.Services.AddLocalization().AddLogging().AddSingleton<ILanguagePreference>(preference);
        page.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        var shown = page.Render<LanguageSwitch>();

        await shown.Find("a[lang=kk]").ClickAsync();

        Assert.Equal(["kk"], preference.Languages);
        Assert.Contains("/lang/kk?to=", page.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    private sealed class Kept : ILanguagePreference
    {
        public List<string> Languages { get; } = [];

        public Task SaveAsync(string culture)
        {
            Languages.Add(culture);
            return Task.CompletedTask;
        }
    }
}
