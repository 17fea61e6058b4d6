namespace Diaspora.Web.Shared.Look;

/// <summary>What an avatar shows of a person: two letters and one of six soft colour pairs.</summary>
public static class Initials
{
    private const int Pairs = 6;

    public static string Of(string? name)
    {
        var words = (name ?? "").Split([' ', '\u00A0'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return string.Concat(words.Take(2).Select(word => char.ToUpperInvariant(word[0])));
    }

    /// <summary>«Мамедова А.»: as much of a name as a stranger is told.</summary>
    public static string Brief(string name)
    {
        var words = name.Split([' ', '\u00A0'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length < 2 ? string.Concat(words) : $"{words[0]} {System.Globalization.StringInfo.GetNextTextElement(words[1])}.";
    }

    /// <summary>The same seed gives the same pair in every process, which <see cref="string.GetHashCode()"/> does not.</summary>
    public static int Pair(string seed) => seed.Aggregate(0, (sum, letter) => (sum * 31 + letter) % 6007) % Pairs;
}
