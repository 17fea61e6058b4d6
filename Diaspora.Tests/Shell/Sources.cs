using System.Text.RegularExpressions;
using Xunit;

namespace Diaspora.Tests.Shell;

/// <summary>The repository's own files, found from where the tests run.</summary>
internal static partial class Sources
{
    public static string Root { get; } = FindRoot();

    /// <summary>The portal's components and classes, without what the build made.</summary>
    public static IEnumerable<string> OfWeb => Of("Diaspora.Web");

    public static IEnumerable<string> OfData => Of("Diaspora.Data");

    public static IEnumerable<string> OfDomain => Of("Diaspora.Domain");

    private static IOrderedEnumerable<string> Of(string project) => Directory.EnumerateFiles(Path.Combine(Root, project), "*.*", SearchOption.AllDirectories)
        .Where(file => Path.GetExtension(file) is ".razor" or ".cs")
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
        .Order(StringComparer.Ordinal);

    public static string Short(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    /// <summary>The text of a source without its comments, lines kept.</summary>
    public static string WithoutComments(string source) =>
        Comments().Replace(source, match => match.Groups["keep"].Success ? match.Value : new string('\n', match.Value.Count(sign => sign == '\n')));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Diaspora.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Diaspora.sln above {AppContext.BaseDirectory}.");
    }

    /// <summary>Strings are matched first, so that a // in an address is no comment.</summary>
    [GeneratedRegex("""(?<keep>"(?:\\.|[^"\\\n])*")|//[^\n]*|/\*.*?\*/|@\*.*?\*@|<!--.*?-->""", RegexOptions.Singleline)]
    private static partial Regex Comments();
}
