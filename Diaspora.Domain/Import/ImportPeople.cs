using Diaspora.Domain.Members;

namespace Diaspora.Domain.Import;

/// <summary>Who stands on several sheets, a year each, is one person with the months of all. Found by the phone, or by the name where a sheet has no phones.</summary>
internal static class ImportPeople
{
    public static IReadOnlyList<ReadRow> Of(IReadOnlyList<ReadRow> rows)
    {
        if (rows.Count == 0 || RowPlace.SheetOf(rows[0].Number) == RowPlace.SheetOf(rows[^1].Number))
        {
            return [.. rows.Select(row => row.PhoneColumn == ImportColumn.Typed && !row.IsSkipped ? WithPhone(row, row.Phone) : row)];
        }

        var phones = rows.Where(row => row.Phone is not null).GroupBy(row => NameKey(row.FullName)).Where(named => named.Select(row => row.Phone).Distinct().Count() == 1).ToDictionary(named => named.Key, named => named.First().Phone!);
        Dictionary<string, int> known = [];
        HashSet<(string, int)> seen = [];
        List<ReadRow> people = [];
        foreach (var found in rows)
        {
            var row = found.IsSkipped || found.PhoneColumn != ImportColumn.Typed ? found : WithPhone(found, found.Phone ?? phones.GetValueOrDefault(NameKey(found.FullName)));
            var key = row.Phone?.Value ?? (row.PhoneColumn == ImportColumn.Typed ? NameKey(row.FullName) : "");
            if (row.IsSkipped || key.Length == 0)
            {
                people.Add(row);
            }
            else if (known.TryGetValue(key, out var at) && seen.Add((key, RowPlace.SheetOf(row.Number))) && IsSame(people[at], row))
            {
                people[at] = Joined(people[at], row);
            }
            else
            {
                people.Add(row);
                known.TryAdd(key, people.Count - 1);
                seen.Add((key, RowPlace.SheetOf(row.Number)));
            }
        }

        return people;
    }

    private static ReadRow WithPhone(ReadRow row, PhoneNumber? phone) =>
        phone is null ? row with { Problems = [.. row.Problems, new CellProblem(ImportColumn.Typed, new Problem(Problems.ImportPhoneNowhere)) { Place = row.Number }] } : row with { Phone = phone };

    /// <summary>The same words, or all of the one among those of the other: «Мамедов Рауф» and «Мамедов Рауф Аликович». Else two people share a phone.</summary>
    private static bool IsSame(ReadRow one, ReadRow other)
    {
        HashSet<string> first = [.. NameSkeleton.Of(one.FullName).Split(' ')];
        HashSet<string> second = [.. NameSkeleton.Of(other.FullName).Split(' ')];
        return first.IsSubsetOf(second) || second.IsSubsetOf(first);
    }

    private static string NameKey(string name) => NameSkeleton.InAnyOrder(NameSkeleton.Of(name));

    private static ReadRow Joined(ReadRow first, ReadRow other)
    {
        var paid = first.Paid.ToList();
        List<CellProblem> problems = [.. first.Problems, .. other.Problems.Where(problem => problem.Problem.Code != Problems.ImportPhoneNowhere || first.Phone is null)];
        foreach (var mark in other.Paid)
        {
            if (paid.FindIndex(known => known.Month == mark.Month) is >= 0 and var at)
            {
                // The same month on two sheets is one payment; where they differ, a person says which is right.
                if (paid[at].Amount != mark.Amount || paid[at].Exempt is null != mark.Exempt is null)
                {
                    problems.Add(new CellProblem(mark.Column, new Problem(Problems.ImportMonthTwice, mark.Month)) { Place = mark.Place });
                }
            }
            else
            {
                paid.Add(mark);
            }
        }

        return first with
        {
            FullName = other.FullName.Length > first.FullName.Length ? other.FullName : first.FullName,
            Email = first.Email.Length > 0 ? first.Email : other.Email,
            City = first.City.Length > 0 ? first.City : other.City,
            Joined = first.Joined ?? other.Joined,
            Paid = paid,
            Problems = problems,
            Asked = [.. first.Asked, .. other.Asked],
            Beside = [.. first.Beside, .. other.Beside],
        };
    }
}
