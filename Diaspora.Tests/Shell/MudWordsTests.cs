using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Diaspora.Tests.Hosting;
using Diaspora.Web.Shell.Localization;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Diaspora.Tests.Shell;

/// <summary>No word of MudBlazor's own reaches a reader in English.</summary>
public sealed partial class MudWordsTests(PortalHost portal)
{
    /// <summary>Spoken by components inside of others.</summary>
    private static readonly string[] Inside = ["Converter", "MudFormComponent", "MudInput", "MudSnackbar"];

    [Fact]
    public void Translate_WordsOfTheComponentsWeUse_AllOfThem()
    {
        var used = Sources.OfWeb.SelectMany(file => Components().Matches(Sources.WithoutComments(File.ReadAllText(file)))).Select(match => match.Groups["name"].Value).Concat(Inside).ToHashSet(StringComparer.Ordinal);
        var needed = KeysOfMudBlazor().Where(key => used.Contains(key.Split('_')[0])).ToList();

        Assert.Contains("MudDialog_Close", needed);
        Assert.Empty(needed.Except(OurKeys()));
    }

    [Fact]
    public void Translate_Nothing_ThatMudBlazorDoesNotSay() => Assert.Empty(OurKeys().Except(KeysOfMudBlazor()));

    [Theory]
    [InlineData("ru", "Следующая страница")]
    [InlineData("kk", "Келесі бет")]
    public void Ask_AsItsComponentsDo_IsAnsweredInTheReadersLanguage(string language, string next)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            using var scope = portal.Services.CreateScope();
            Assert.Equal(next, scope.ServiceProvider.GetRequiredService<ILocalizationInterceptor>().Handle("MudTablePager_NextPage").Value);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static IEnumerable<string> KeysOfMudBlazor() => Keys(new ResourceManager("MudBlazor.Resources.LanguageResource", typeof(MudLocalizer).Assembly));

    private static IEnumerable<string> OurKeys() => Keys(new ResourceManager(typeof(MudTexts).FullName!, typeof(MudTexts).Assembly));

    private static IEnumerable<string> Keys(ResourceManager texts) => texts.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>().Select(entry => (string)entry.Key);

    /// <summary>In markup, and as what a class of ours is made from.</summary>
    [GeneratedRegex(@"(?:<|:\s*)(?<name>Mud[A-Z]\w+)")]
    private static partial Regex Components();
}
