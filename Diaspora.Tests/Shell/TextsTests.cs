using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text.RegularExpressions;
using Diaspora.Domain.Members;
using Diaspora.Web.Shell;
using Xunit;

namespace Diaspora.Tests.Shell;

/// <summary>Every text in every language, and every text that the sources ask for.</summary>
public sealed partial class TextsTests
{
    /// <summary>
    /// Where Cyrillic may stand in a source: names of languages in themselves, defaults of settings that an association replaces, and the
    /// header of the CSV, which is Russian for everybody (decision 4).
    /// </summary>
    private static readonly string[] MayHoldCyrillic = ["Diaspora.Web/Shell/Localization/Languages.cs", "Diaspora.Web/Content/AssociationOptions.cs", "Diaspora.Web/Certificates/CertificateFont.cs", "Diaspora.Web/Reports/ReportCsv.cs", "Diaspora.Web/Reports/ReportTables.cs", "Diaspora.Web/Members/Export/MemberFiles.cs"];

    /// <summary>What banks write into their files, and nobody reads here.</summary>
    private static readonly string[] WordsOfBanks =
        [.. new[] { "Statements/Cells", "Statements/GoldWords", "Statements/OneCFile", "Statements/OneCReader", "Statements/PayReport", "Statements/TableWords", "Statements/Words", "Receipts/ReceiptText" }.Select(file => $"Diaspora.Web/Kaspi/{file}.cs")];

    private static readonly Type[] Markers = [.. typeof(Urls).Assembly.GetTypes().Where(type => type.Name.EndsWith("Texts", StringComparison.Ordinal) && type is { IsClass: true, IsNested: false })];

    public static TheoryData<string> MarkerNames => [.. Markers.Select(marker => marker.Name)];

    [Fact]
    public void Find_TextsByReflection_HasSomeForEverySliceThatHasResources()
    {
        Assert.NotEmpty(Markers);
        var resources = Directory.EnumerateFiles(Path.Combine(Sources.Root, "Diaspora.Web"), "*.resx", SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(file).Split('.')[0]).Distinct().Order();
        Assert.Equal(Markers.Select(marker => marker.Name).Order(), resources);
    }

    [Theory]
    [MemberData(nameof(MarkerNames))]
    public void Translate_EachSlice_HasTheSameKeysAndPlaceholdersInBothLanguages(string marker)
    {
        var russian = Texts(marker, "ru");
        var kazakh = Texts(marker, "kk");
        Assert.Equal(russian.Keys.Order(StringComparer.Ordinal), kazakh.Keys.Order(StringComparer.Ordinal));
        Assert.All(russian.Concat(kazakh), text => Assert.False(string.IsNullOrWhiteSpace(text.Value), $"{marker}.{text.Key} is empty"));
        Assert.All(russian, text => Assert.Equal((text.Key, Placeholders(text.Value)), (text.Key, Placeholders(kazakh[text.Key]))));
    }

    [Theory]
    [MemberData(nameof(MarkerNames))]
    public void Translate_EachSlice_IsNotTheRussianTextAgain(string marker)
    {
        var kazakh = Texts(marker, "kk");
        var words = Texts(marker, "ru").Where(text => text.Value.Any(char.IsLetter)).ToList();
        var same = words.Where(text => kazakh[text.Key] == text.Value).Select(text => text.Key).ToList();
        Assert.True(same.Count * 5 <= words.Count, $"{marker}: {same.Count} of {words.Count} texts are the same in both languages: {string.Join(", ", same)}");
    }

    [Fact]
    public void Ask_ForATextInAnySource_FindsIt()
    {
        List<string> missing = [];
        foreach (var file in Sources.OfWeb)
        {
            var source = Sources.WithoutComments(File.ReadAllText(file));
            foreach (Match localizer in Localizer().Matches(source))
            {
                var marker = localizer.Groups["marker"].Value;
                missing.AddRange(Asked(source, localizer.Groups["name"].Value, Texts(marker, "ru").Keys).Select(key => $"{Sources.Short(file)}: {marker}[{key}]"));
            }
        }

        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    [Fact]
    public void Write_Sources_HoldNoWordsOfTheInterface()
    {
        var found =
            from file in Sources.OfWeb
            where !MayHoldCyrillic.Contains(Sources.Short(file)) && !WordsOfBanks.Contains(Sources.Short(file))
            from line in Sources.WithoutComments(File.ReadAllText(file)).Split('\n').Select((text, index) => (Text: text, Number: index + 1))
            where Cyrillic().IsMatch(line.Text)
            select $"{Sources.Short(file)}:{line.Number}: {line.Text.Trim()}";
        Assert.Equal("", string.Join('\n', found));
    }

    [Fact]
    public void Translate_PagesOfText_HaveBothLanguagesAndTheSameGaps()
    {
        var folder = Path.Combine(Sources.Root, "Diaspora.Web", "Content", "Defaults");
        var pages = Directory.GetFiles(folder, "*.ru.md");
        Assert.NotEmpty(pages);
        Assert.Equal(pages.Length, Directory.GetFiles(folder, "*.kk.md").Length);
        Assert.All(pages, page =>
        {
            var russian = File.ReadAllText(page);
            var kazakh = File.ReadAllText(page.Replace(".ru.md", ".kk.md", StringComparison.Ordinal));
            Assert.Equal(Gaps(russian), Gaps(kazakh));
            Assert.NotEqual(russian, kazakh);
        });

        static string[] Gaps(string text) => [.. Gap().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];
    }

    private static Dictionary<string, string> Texts(string marker, string language)
    {
        var type = Markers.Single(type => type.Name == marker);
        var manager = new ResourceManager(type.FullName!, type.Assembly);
        var culture = language == "ru" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language);
        var set = manager.GetResourceSet(culture, createIfNotExists: true, tryParents: false);
        Assert.True(set is not null, $"{marker} has no texts in {language}");
        return set.Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);
    }

    /// <summary>The keys that a source asks one localizer for and that are not there. A key with a gap in it needs one that fits; what begins small is no key.</summary>
    private static IEnumerable<string> Asked(string source, string name, ICollection<string> keys)
    {
        foreach (Match call in Regex.Matches(source, $@"(?<![\w.]){name}\[(?<first>(?:[^\[\],""]|""[^""]*"")*)"))
        {
            var first = call.Groups["first"].Value;
            foreach (Match literal in Literal().Matches(first))
            {
                var pattern = "^" + (first.Contains('+') ? ".*" : "") + Regex.Replace(Regex.Escape(literal.Groups["key"].Value), @"\\\{.*?}", ".+") + (first.Contains('+') ? ".*" : "") + "$";
                if (!keys.Any(key => Regex.IsMatch(key, pattern)))
                {
                    yield return literal.Groups["key"].Value;
                }
            }
        }
    }

    private static string Placeholders(string text) => string.Join(' ', Placeholder().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex(@"IStringLocalizer<(?<marker>\w+)>\s+(?<name>\w+)")]
    private static partial Regex Localizer();

    [GeneratedRegex("""\$?"(?<key>[A-Z{][^"]*)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{\d+(:[^}]*)?\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\{[A-Z]\w+\}")]
    private static partial Regex Gap();

    [GeneratedRegex(@"\p{IsCyrillic}")]
    private static partial Regex Cyrillic();
}
