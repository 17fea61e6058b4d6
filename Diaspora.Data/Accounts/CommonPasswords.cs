using System.Collections.Frozen;
using Diaspora.Domain.Members.Accounts;

namespace Diaspora.Data.Accounts;

/// <summary>The lists inside the package zxcvbn-core (MIT): 30 000 passwords that leaked, and the words and names of English.</summary>
public sealed class CommonPasswords : ICommonPasswords
{
    private static readonly string[] Lists = ["passwords", "english", "female_names", "male_names", "surnames", "us_tv_and_film"];

    /// <summary>Read when the first password is chosen: some thirty milliseconds and a few megabytes.</summary>
    private readonly Lazy<FrozenSet<string>> _words = new(Read);

    public bool Contain(string text) => _words.Value.Contains(text);

    private static FrozenSet<string> Read() => Lists.SelectMany(Lines).Where(word => word.Length >= 3).ToFrozenSet(StringComparer.Ordinal);

    private static IEnumerable<string> Lines(string list)
    {
        var package = typeof(Zxcvbn.Match).Assembly;
        using var reader = new StreamReader(package.GetManifestResourceStream($"zxcvbn-core.Dictionaries.{list}.lst") ?? throw new InvalidOperationException($"zxcvbn-core has no list {list}."));
        while (reader.ReadLine() is { } line)
        {
            yield return line.Trim();
        }
    }
}
