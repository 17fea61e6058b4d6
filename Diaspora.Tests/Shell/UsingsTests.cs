using System.Text.RegularExpressions;

namespace Diaspora.Tests.Shell;

/// <summary>The one thing of the format that neither the build looks at nor what the gate asks of the formatter: asking it for all of it takes a hundred seconds.</summary>
public sealed partial class UsingsTests
{
    [Fact]
    public void Order_TheUsingsOfAFile_ByTheSystemFirstAndThenByName()
    {
        var files = Directory.EnumerateFiles(Sources.Root, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Sources.Short(file).Split('/').Any(part => part is "bin" or "obj" or "Migrations")).ToList();
        var wrong = files.Where(file => OfFile(file) is var found && !found.SequenceEqual(InOrder(found))).Select(Sources.Short);

        Assert.InRange(files.Count, 500, int.MaxValue);
        Assert.Equal("", string.Join('\n', wrong));
    }

    [Fact]
    public void Order_UsingsOfEveryKind_EndsWithStaticOnesAndOtherNames() => Assert.Equal(
        ["using System.Net;", "using Diaspora.Data;", "using Diaspora.Data.Demo;", "using Systems;", "using static System.Math;", "using Line = System.String;"],
        InOrder(["using Line = System.String;", "using static System.Math;", "using Systems;", "using Diaspora.Data.Demo;", "using Diaspora.Data;", "using System.Net;"]));

    private static List<string> OfFile(string file) => [.. File.ReadLines(file).Where(line => Using().IsMatch(line))];

    private static List<string> InOrder(IEnumerable<string> usings) =>
    [
        .. usings.Select(line => (Line: line, Parts: Using().Match(line).Groups))
            .OrderBy(each => each.Parts["alias"].Success).ThenBy(each => each.Parts["static"].Success)
            .ThenBy(each => !$"{each.Parts["name"]}.".StartsWith("System.", StringComparison.Ordinal))
            .ThenBy(each => each.Parts["name"].Value.Replace('.', '\0'), StringComparer.OrdinalIgnoreCase)
            .Select(each => each.Line),
    ];

    [GeneratedRegex(@"^using (?<static>static )?(?<name>[\w.]+)(?<alias> = .*)?;")]
    private static partial Regex Using();
}
