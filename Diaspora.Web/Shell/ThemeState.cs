namespace Diaspora.Web.Shell;

/// <summary>Whether this tab is dark. The request says it first, from its cookie; the theme button changes it afterwards.</summary>
public sealed class ThemeState
{
    public const string Cookie = "theme";

    /// <summary>What the system prefers, reported by theme.js for those who have not chosen.</summary>
    public const string SystemCookie = "scheme";

    public bool IsDark { get; private set; }

    public event Action? Changed;

    public static bool IsDarkFor(HttpContext context) =>
        (context.Request.Cookies[Cookie] ?? context.Request.Cookies[SystemCookie]) == "dark";

    public void Set(bool isDark)
    {
        if (isDark == IsDark)
            return;

        IsDark = isDark;
        Changed?.Invoke();
    }
}
