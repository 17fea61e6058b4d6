using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace Diaspora.Web.Shell.Localization;

/// <summary>The languages of the portal. Another one is a line here, and its resource files.</summary>
public static class Languages
{
    public const string Default = "ru";

    public static readonly IReadOnlyList<Language> All = [new("ru", "RU"), new("kk", "ҚАЗ")];

    public static string Current => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    public static bool Knows(string culture) => All.Any(language => language.Culture == culture);

    /// <summary>Writes in the language of who reads it, not of who asked.</summary>
    public static T In<T>(string culture, Func<T> write)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            return write();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    /// <summary>Only the cookie decides: a browser's own language says little about which of the two a person reads.</summary>
    public static void Configure(RequestLocalizationOptions options)
    {
        string[] cultures = [.. All.Select(language => language.Culture)];
        options.SetDefaultCulture(Default).AddSupportedCultures(cultures).AddSupportedUICultures(cultures);
        options.RequestCultureProviders = [new CookieRequestCultureProvider()];
    }
}

/// <param name="Culture">The code, also for <c>lang</c> attributes.</param>
/// <param name="Label">What the switch shows.</param>
public sealed record Language(string Culture, string Label);
