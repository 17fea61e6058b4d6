using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Diagnostics;

namespace Diaspora.Web.Shell;

internal static class CurrentPath
{
    /// <summary>The address a person sees, also when «not found» was rendered in its place.</summary>
    public static string Of(NavigationManager navigation, HttpContext? context) =>
        context?.Features.Get<IStatusCodeReExecuteFeature>() is { } original
            ? new PathString(original.OriginalPathBase).ToUriComponent() + new PathString(original.OriginalPath).ToUriComponent() + original.OriginalQueryString
            : "/" + navigation.ToBaseRelativePath(navigation.Uri);
}
