using Diaspora.Domain.Members;

namespace Diaspora.Domain.Merging;

/// <summary>Why two records may be one person.</summary>
[Flags]
public enum DuplicateReasons
{
    None = 0,

    /// <summary>The same number, written otherwise.</summary>
    Phone = 1,

    /// <summary>The same name, in any spelling and order, and born on the same day.</summary>
    BirthDate = 2,

    /// <summary>The same name and the same city.</summary>
    City = 4,
}

/// <summary>A member who shares a name or a number with another one.</summary>
public sealed record DuplicateCandidate(Guid Id, string Number, string FullName, string NameSet, string Phone, string? City, string? Iin, DateOnly? JoinedOn, DateTime CreatedAt)
{
    public DateOnly? BornOn => Members.Iin.BirthDate(Iin);
}

/// <summary>Two records that may be one person; the older one first.</summary>
public sealed record DuplicatePair(DuplicateCandidate First, DuplicateCandidate Second, DuplicateReasons Reasons);

/// <summary>Finds who may be there twice among those who share a name or a number. It groups by key, so it never compares everybody with everybody.</summary>
public static class DuplicatePairs
{
    private const int NationalDigits = 10;
    private const string HomeCode = "7";

    /// <summary>
    /// Pairs, surest first. Of three records of one person there are two pairs: each record with the oldest one it was not told apart from.
    /// </summary>
    /// <param name="dismissed">Pairs of ids that are two people.</param>
    public static IReadOnlyList<DuplicatePair> Of(IEnumerable<DuplicateCandidate> candidates, IReadOnlySet<(Guid, Guid)> dismissed)
    {
        List<DuplicateCandidate> oldestFirst = [.. candidates.DistinctBy(member => member.Id).OrderBy(member => member.CreatedAt).ThenBy(member => member.Id)];
        IEnumerable<(string Key, DuplicateCandidate Member)> keyed = oldestFirst.SelectMany(member => KeysOf(member).Select(key => (key, member)));
        return [.. keyed.GroupBy(row => row.Key, row => row.Member).SelectMany(group => PairsIn([.. group], dismissed)).Distinct()
            .Select(pair => new DuplicatePair(pair.First, pair.Second, ReasonsOf(pair.First, pair.Second)))
            .OrderBy(pair => (pair.Reasons & DuplicateReasons.Phone) == 0).ThenBy(pair => (pair.Reasons & DuplicateReasons.BirthDate) == 0)
            .ThenBy(pair => pair.First.NameSet, StringComparer.Ordinal).ThenBy(pair => pair.Second.CreatedAt)];
    }

    /// <summary>The ids of a pair in the order they are stored, so that A with B and B with A are one pair.</summary>
    public static (Guid First, Guid Second) KeyOf(Guid one, Guid other) => one.CompareTo(other) < 0 ? (one, other) : (other, one);

    /// <summary>
    /// The digits of a number, those of this country without its 7 or the 8 that is dialled before it: a number that was stored past the
    /// portal's own forms may have either, or neither.
    /// </summary>
    internal static string DigitsOf(string phone)
    {
        var digits = string.Concat(phone.Where(char.IsAsciiDigit));
        return digits.Length == NationalDigits + 1 && digits[0] is '7' or '8' ? HomeCode + digits[1..]
            : digits.Length == NationalDigits ? HomeCode + digits
            : digits;
    }

    private static DuplicateReasons ReasonsOf(DuplicateCandidate one, DuplicateCandidate other)
    {
        var isNamesake = one.NameSet == other.NameSet;
        return (DigitsOf(one.Phone) == DigitsOf(other.Phone) ? DuplicateReasons.Phone : DuplicateReasons.None)
            | (isNamesake && one.BornOn is not null && one.BornOn == other.BornOn ? DuplicateReasons.BirthDate : DuplicateReasons.None)
            | (isNamesake && CityOf(one) is { Length: > 0 } city && city == CityOf(other) ? DuplicateReasons.City : DuplicateReasons.None);
    }

    private static IEnumerable<string> KeysOf(DuplicateCandidate member)
    {
        yield return $"phone {DigitsOf(member.Phone)}";
        if (member.NameSet.Length == 0)
        {
            yield break;
        }

        if (member.BornOn is { } day)
        {
            yield return $"born {day:yyyy-MM-dd} {member.NameSet}";
        }

        if (CityOf(member) is { Length: > 0 } city)
        {
            yield return $"city {city}, {member.NameSet}";
        }
    }

    private static string CityOf(DuplicateCandidate member) => NameSkeleton.Of(member.City);

    private static IEnumerable<(DuplicateCandidate First, DuplicateCandidate Second)> PairsIn(IReadOnlyList<DuplicateCandidate> members, IReadOnlySet<(Guid, Guid)> dismissed)
    {
        for (var index = 1; index < members.Count; index++)
        {
            var member = members[index];
            if (members.Take(index).FirstOrDefault(older => !dismissed.Contains(KeyOf(older.Id, member.Id))) is { } older)
            {
                yield return (older, member);
            }
        }
    }
}
