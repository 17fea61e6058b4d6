using System.Reflection;

namespace Diaspora.Web.Content;

/// <summary>The texts the portal comes with: <c>Content/Defaults/{slug}.{language}.md</c>, the first line of each is its title.</summary>
internal static class ContentDefaults
{
    private static readonly Assembly Assembly = typeof(ContentDefaults).Assembly;

    public static (string Title, string Body) Read(string slug, string language)
    {
        using var stream = Open(slug, language)
            ?? Open(slug, Languages.Default)
            ?? throw new InvalidOperationException($"There is no default text for the page '{slug}'.");
        using var reader = new StreamReader(stream);
        var title = reader.ReadLine() ?? "";
        return (title.TrimStart('#', ' '), reader.ReadToEnd());
    }

    private static Stream? Open(string slug, string language) => Assembly.GetManifestResourceStream($"Content/{slug}.{language}.md");
}
