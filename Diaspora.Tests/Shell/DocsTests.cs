using System.Text.RegularExpressions;

namespace Diaspora.Tests.Shell;

/// <summary>A promise whose test is gone is no promise.</summary>
public sealed partial class DocsTests
{
    [Fact]
    public void Name_ATestInTheDocs_IsOneThatExists()
    {
        var tests = typeof(DocsTests).Assembly.GetTypes().Select(type => type.Name).ToHashSet(StringComparer.Ordinal);
        var named = Directory.EnumerateFiles(Path.Combine(Sources.Root, "docs"), "*.md").Append(Path.Combine(Sources.Root, "README.md"))
            .SelectMany(file => TestName().Matches(File.ReadAllText(file)).Select(match => (File: Path.GetFileName(file), Test: match.Groups[1].Value))).ToList();
        Assert.NotEmpty(named);
        Assert.Equal([], named.Where(it => !tests.Contains(it.Test)));
    }

    [GeneratedRegex(@"`(?:[A-Za-z]+/)*([A-Z][A-Za-z]+Tests)\b(?!\.cs)")]
    private static partial Regex TestName();
}
