namespace Diaspora.Web.Shell.Theme;

/// <summary>Whether a page begins dark: what the person chose, else what their system prefers. Afterwards js/theme.js changes it by itself.</summary>
public static class ThemeState
{
    public const string Cookie = "theme";

    /// <summary>What the system prefers, reported by theme.js for those who have not chosen.</summary>
    public const string SystemCookie = "scheme";

    public static bool IsDarkFor(HttpContext context) =>
        (context.Request.Cookies[Cookie] ?? context.Request.Cookies[SystemCookie]) == "dark";
}
