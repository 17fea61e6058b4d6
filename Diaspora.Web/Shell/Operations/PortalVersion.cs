using System.Reflection;

namespace Diaspora.Web.Shell.Operations;

/// <summary>Which version of the portal this is.</summary>
public static class PortalVersion
{
    public static string Text { get; } = typeof(PortalVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?";
}
