using Microsoft.AspNetCore.Components.Routing;

namespace Diaspora.Web.Shell.Layout;

/// <summary>One entry of a navigation.</summary>
/// <param name="Url">Where it leads.</param>
/// <param name="Name">The key of its word in <see cref="ShellTexts"/>.</param>
/// <param name="Icon">Its icon.</param>
/// <param name="Match">Whether pages below it count as being in it.</param>
internal sealed record NavigationSection(string Url, string Name, string Icon, NavLinkMatch Match = NavLinkMatch.Prefix);
