namespace Diaspora.Web.Audit;

/// <summary>A browser's long line about itself in two words: «Chrome, Android».</summary>
public static class BrowserName
{
    // Each calls itself by the names of those it imitates, so the more special one comes first.
    private static readonly (string Sign, string Name)[] Browsers =
    [
        ("YaBrowser/", "Yandex"), ("SamsungBrowser/", "Samsung"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("Edg/", "Edge"), ("OPR/", "Opera"),
        ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Sign, string Name)[] Systems =
    [
        ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
    ];

    /// <summary>The beginning of the line itself where it is none we know.</summary>
    public static string Of(string? userAgent)
    {
        if (string.IsNullOrWhiteSpace(userAgent))
        {
            return "";
        }

        string?[] known = [Find(Browsers, userAgent), Find(Systems, userAgent)];
        var name = string.Join(", ", known.Where(part => part is not null));
        return name.Length > 0 ? name : userAgent.Split(['/', ' '])[0];
    }

    private static string? Find((string Sign, string Name)[] list, string userAgent) =>
        Array.Find(list, entry => userAgent.Contains(entry.Sign, StringComparison.Ordinal)).Name;
}
