using System.Globalization;
using System.Text.RegularExpressions;
using Diaspora.Domain.Members;

namespace Diaspora.Domain.Payments;

/// <summary>One thing that is searched for in the queue.</summary>
public abstract record SearchTerm
{
    /// <summary>A part of the payer's name, by its skeleton.</summary>
    /// <param name="IsInitial">The first letter of one of its words, as a bank writes a surname: «Имя Ф.».</param>
    public sealed record Name(string Key, bool IsInitial) : SearchTerm;

    /// <summary>The whole code, a sum in tenge, or a part of a phone.</summary>
    public sealed record Number(string Digits) : SearchTerm
    {
        /// <summary>8 701 … is how people at home say +7 701 ….</summary>
        public string PhonePart => Digits.Length > 3 && Digits[0] == '8' ? Digits[1..] : Digits;

        public int? Sum => int.TryParse(Digits, NumberStyles.None, CultureInfo.InvariantCulture, out var tenge) ? tenge : null;
    }

    /// <summary>The local minute it was started or claimed at, or that its receipt says.</summary>
    public sealed record Time(TimeOnly At) : SearchTerm;
}

/// <summary>
/// What a cashier types to find a payment: words in any order, each of them a part of the name in any spelling, an initial, a phone, a code, a sum or a time. All of them
/// have to be found. The database is asked the same; a test compares the two.
/// </summary>
public sealed partial class QueueSearch
{
    private QueueSearch(IReadOnlyList<IReadOnlyList<SearchTerm>> ways) => Ways = ways;

    /// <summary>What it may mean: all that is in one of them has to be found. Numbers with spaces between may be one phone, or sums. Without any, nothing is found.</summary>
    public IReadOnlyList<IReadOnlyList<SearchTerm>> Ways { get; }

    /// <returns>Missing where nothing is searched for.</returns>
    public static QueueSearch? Parse(string? text)
    {
        if (VisibleText.Search(text) is not { } wanted)
        {
            return null;
        }

        List<SearchTerm> joined = [], grouped = [];
        List<string> run = [];
        foreach (var word in wanted.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Clock().IsMatch(word))
            {
                EndRun();
                Add(new SearchTerm.Time(TimeOnly.ParseExact(word, ["H:mm", "HH:mm"], CultureInfo.InvariantCulture)));
            }
            else if (Currency().Replace(word, "") is var number && number.Any(char.IsAsciiDigit) && !number.Any(char.IsLetter))
            {
                run.Add(string.Concat(number.Where(char.IsAsciiDigit)));
            }
            else
            {
                // A sign of its own, as the ₸ after a sum, says nothing and parts nothing.
                foreach (var name in NamesOf(word).ToList())
                {
                    EndRun();
                    Add(name);
                }
            }
        }

        EndRun();
        return new QueueSearch(joined.Count == 0 ? [] : joined.SequenceEqual(grouped) ? [joined] : [joined, grouped]);

        void Add(SearchTerm term)
        {
            joined.Add(term);
            grouped.Add(term);
        }

        void EndRun()
        {
            if (run.Count > 0)
            {
                joined.Add(new SearchTerm.Number(string.Concat(run)));
                grouped.AddRange(Grouped(run).Select(digits => new SearchTerm.Number(digits)));
                run.Clear();
            }
        }
    }

    /// <param name="zone">Where the times are told.</param>
    public bool Finds(PaymentRow row, TimeZoneInfo zone)
    {
        var key = NameSkeleton.Of(row.PayerName);
        return Ways.Any(way => way.All(term => term switch
        {
            SearchTerm.Name { IsInitial: true } name => key.Split(' ').Any(word => word.StartsWith(name.Key, StringComparison.Ordinal)),
            SearchTerm.Name { Key.Length: >= NameSkeleton.WholeWord } name => NameSkeleton.Joined(key).Contains(NameSkeleton.Joined(name.Key), StringComparison.Ordinal),
            SearchTerm.Name name => NameSkeleton.Apart(key).Contains(NameSkeleton.Apart(name.Key), StringComparison.Ordinal),
            SearchTerm.Number number => row.Code == number.Digits || row.PayerPhone.Contains(number.PhonePart, StringComparison.Ordinal)
                || (number.Sum is { } sum && (row.Total.Tenge == sum || row.Waiting.Tenge == sum)),
            SearchTerm.Time time => row.ReceiptAt is { } paid && IsAt(paid, time) || IsAt(LocalOf(row.CreatedAt), time) || (row.ClaimedAt is { } claimed && IsAt(LocalOf(claimed), time)),
            _ => false,
        }));

        TimeOnly LocalOf(DateTime utc) => TimeOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone));
    }

    private static bool IsAt(TimeOnly at, SearchTerm.Time time) => (at.Hour, at.Minute) == (time.At.Hour, time.At.Minute);

    private static IEnumerable<SearchTerm.Name> NamesOf(string word)
    {
        foreach (var part in word.Split(['.', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            if (NameSkeleton.Sought(part) is { Length: > 0 } key)
            {
                yield return new SearchTerm.Name(key, part.Length == 1);
            }
        }
    }

    /// <summary>«6 000 512734» is 6000 and 512734.</summary>
    private static IEnumerable<string> Grouped(List<string> run)
    {
        for (var at = 0; at < run.Count; at++)
        {
            var number = run[at];
            while (number.Length is > 0 and <= 9 && run[at].Length <= 3 && at + 1 < run.Count && run[at + 1].Length == 3)
            {
                number += run[++at];
            }

            yield return number;
        }
    }

    [GeneratedRegex("^(?:[01]?[0-9]|2[0-3]):[0-5][0-9]$")]
    private static partial Regex Clock();

    [GeneratedRegex(@"(?<=\d)(?:₸|тг\.?|тенге|теңге|kzt)$", RegexOptions.IgnoreCase)]
    private static partial Regex Currency();
}
