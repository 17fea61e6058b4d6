namespace Diaspora.Web.Shell;

/// <summary>
/// The parts of the portal that load a sheet of their own, joined under these names when the portal is built. Members do not load what
/// staff need.
/// </summary>
public static class Areas
{
    public const string Public = "public";
    public const string Cabinet = "cabinet";
    public const string Admin = "admin";

    /// <summary>The area of an interactive page.</summary>
    /// <param name="path">With its leading slash.</param>
    public static string Of(string path) => new PathString(path.Split('?', '#')[0]).StartsWithSegments(Urls.Admin, StringComparison.OrdinalIgnoreCase) ? Admin : Cabinet;
}
