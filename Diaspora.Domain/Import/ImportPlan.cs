using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Import;

/// <summary>What would become of a row.</summary>
public enum ImportOutcome
{
    New,
    Changed,
    Unchanged,

    /// <summary>New by the phone, but somebody of that name is known in that city.</summary>
    Duplicate,
    Error,
    Skipped,
}

/// <summary>A member that the file may speak of, as the database knows them.</summary>
/// <param name="Live">The months that are paid or wait.</param>
public sealed record KnownMember(Member Member, IReadOnlyDictionary<Period, PaymentStatus> Live)
{
    /// <summary>The phones of records that were merged into this one. They lead to the same person.</summary>
    public IReadOnlyList<PhoneNumber> OtherPhones { get; init; } = [];
}

/// <summary>A field of a member that the file says otherwise.</summary>
/// <param name="IsFilled">It was empty; else it is replaced, and only where the admin says so.</param>
public sealed record FieldChange(ImportField Field, string? Before, string After, bool IsFilled);

/// <summary>Somebody of the same name in the same city.</summary>
/// <param name="Number">The member's number, where it is a member.</param>
/// <param name="Row">The row of the file, where it is one.</param>
public sealed record ImportTwin(string FullName, string? Number, int? Row);

/// <summary>A month to be booked, and for how much.</summary>
public readonly record struct PlannedMonth(Period Month, Money Amount)
{
    /// <summary>The day on which it was paid, where the file says it.</summary>
    public DateOnly? On { get; init; }
}

/// <summary>Months that the file says are free of dues, and why.</summary>
public readonly record struct PlannedExemption(Period From, Period To, string Reason);

/// <summary>What would become of one row, and why.</summary>
/// <param name="Member">Whom it is about; missing for a new one.</param>
/// <param name="Twin">Who may be the same person: a member, or another row of the file.</param>
/// <param name="Booked">The months that are new.</param>
/// <param name="Known">How many of its months are there already.</param>
public sealed record PlannedRow(
    ReadRow Row, ImportOutcome Outcome, Member? Member, ImportTwin? Twin, DateOnly? JoinedOn, IReadOnlyList<FieldChange> Changes, IReadOnlyList<PlannedMonth> Booked, int Known, IReadOnlyList<CellProblem> Problems)
{
    public IReadOnlyList<PlannedExemption> Exempt { get; init; } = [];

    /// <summary>Whether booking writes anything of it, as the admin has chosen.</summary>
    public bool IsBooked(ImportChoice choice) => IsBooked(Outcome, Booked.Count + Exempt.Count, Changes, choice);

    /// <inheritdoc cref="IsBooked(ImportChoice)"/>
    /// <param name="months">How many months and exemptions are new.</param>
    public static bool IsBooked(ImportOutcome outcome, int months, IReadOnlyList<FieldChange> changes, ImportChoice choice) => outcome switch
    {
        ImportOutcome.New => true,
        ImportOutcome.Duplicate => choice.AddsDuplicates,
        ImportOutcome.Changed => months > 0 || changes.Any(change => change.IsFilled || choice.UpdatesKnown),
        _ => false,
    };

    public IEnumerable<FieldChange> ChangesOf(ImportChoice choice) => Changes.Where(change => change.IsFilled || choice.UpdatesKnown);
}

/// <summary>A month's column summed up, to hold beside the spreadsheet's own total.</summary>
/// <param name="Count">How many cells say paid, in every row that could be read.</param>
/// <param name="New">How many of them would be booked.</param>
public sealed record MonthTotal(Period Month, int Count, Money Sum, int New, Money NewSum);

/// <summary>The dry run: what booking would do, row by row. It reads and computes, and changes nothing.</summary>
public sealed record ImportPlan(IReadOnlyList<PlannedRow> Rows, IReadOnlyList<MonthTotal> Months, IReadOnlyList<ImportQuestion> Questions)
{
    /// <param name="rows">As they were read, in order.</param>
    /// <param name="known">Everybody who has a phone or a name of the file.</param>
    public static ImportPlan Of(IReadOnlyList<ReadRow> rows, IReadOnlyList<KnownMember> known, DuesRules rules, DateTime nowUtc)
    {
        var byPhone = known.SelectMany(one => one.OtherPhones.Append(one.Member.Phone), (one, phone) => (phone, one)).ToDictionary(pair => pair.phone, pair => pair.one);
        var byName = known.Select(one => one.Member).ToLookup(member => Person(member.NameKey, member.City));
        Dictionary<PhoneNumber, int> phones = [];
        Dictionary<(string, string), int> people = [];
        List<PlannedRow> planned = [];
        List<AskedCell> sums = [];
        foreach (var row in rows.Select(row => SeveralFees.Spread(row, rules, rules.PeriodOf(nowUtc).AddMonths(rules.MonthsAhead))))
        {
            planned.Add(row.IsSkipped ? Leave(row, ImportOutcome.Skipped, []) : PlanRow(row));
        }

        return new ImportPlan(planned, TotalsOf(planned, rules), ImportQuestion.Of([.. rows.SelectMany(row => row.Asked), .. sums], rules));

        PlannedRow PlanRow(ReadRow row)
        {
            var problems = row.Problems.ToList();
            if (row.Phone is { } phone && !phones.TryAdd(phone, row.Number))
            {
                problems.Add(new CellProblem(row.PhoneColumn, new Problem(Kernel.Problems.ImportPhoneTwice, RowPlace.RowOf(phones[phone]))) { Place = row.Number });
            }

            var member = row.Phone is null ? null : byPhone.GetValueOrDefault(row.Phone);
            problems.AddRange(member is null ? [] : RefusedMonths(member, row));
            foreach (var mark in row.Paid.Where(mark => IsAsked(mark, member)))
            {
                sums.Add(new AskedCell(ReadMarks.WordOf(mark.Amount!.Value), "", mark.Place, mark.Column, mark.Month, mark.Amount));
                problems.Add(new CellProblem(mark.Column, new Problem(Kernel.Problems.ImportSumUnclear, mark.Amount.Value, rules.FeeOf(mark.Month))) { Place = mark.Place });
            }

            if (problems.Count > 0 || row.Phone is null)
            {
                return Leave(row, ImportOutcome.Error, problems) with { Member = member?.Member };
            }

            return member is null ? Add(row) : Complete(row, member);
        }

        PlannedRow Add(ReadRow row)
        {
            var person = Person(NameSkeleton.Of(row.FullName), row.City);
            var twin = byName[person].FirstOrDefault() is { } other ? new ImportTwin(other.FullName, other.Number.Value, null)
                : people.TryGetValue(person, out var number) ? new ImportTwin(row.FullName, null, number) : null;
            people.TryAdd(person, row.Number);
            var joined = row.Joined ?? (row.Paid.Count > 0 ? row.Paid.Min(mark => mark.Month).FirstDay : rules.PeriodOf(nowUtc).FirstDay);
            return new PlannedRow(row, twin is null ? ImportOutcome.New : ImportOutcome.Duplicate, null, twin, joined, [], Price(row.Paid), 0, []) { Exempt = ExemptionsOf(row.Paid) };
        }

        PlannedRow Complete(ReadRow row, KnownMember member)
        {
            var changes = ChangesOf(row, member.Member).ToList();
            var open = row.Paid.Where(mark => !member.Live.ContainsKey(mark.Month) && !(mark.Exempt is not null && IsFree(member.Member, mark.Month))).ToList();
            var outcome = changes.Count > 0 || open.Count > 0 ? ImportOutcome.Changed : ImportOutcome.Unchanged;
            return new PlannedRow(row, outcome, member.Member, null, member.Member.JoinedOn ?? row.Joined, changes, Price(open), row.Paid.Count - open.Count, []) { Exempt = ExemptionsOf(open) };
        }

        // What is paid already needs no answer; a sum that is the fee needs none either.
        bool IsAsked(PaidMark mark, KnownMember? member) => mark is { IsSumAsFound: true, Amount: { } sum } && sum != rules.FeeOf(mark.Month) && member?.Live.ContainsKey(mark.Month) != true;

        List<PlannedMonth> Price(IEnumerable<PaidMark> marks) => [.. marks.Where(mark => mark.Exempt is null).OrderBy(mark => mark.Month).Select(mark => new PlannedMonth(mark.Month, mark.Amount ?? rules.FeeOf(mark.Month)) { On = mark.On })];
    }

    private static PlannedRow Leave(ReadRow row, ImportOutcome outcome, IReadOnlyList<CellProblem> problems) => new(row, outcome, null, null, null, [], [], 0, problems);

    /// <summary>Months that follow upon each other for the same reason are one exemption.</summary>
    private static List<PlannedExemption> ExemptionsOf(IEnumerable<PaidMark> marks)
    {
        List<PlannedExemption> spans = [];
        foreach (var mark in marks.Where(mark => mark.Exempt is not null).OrderBy(mark => mark.Month))
        {
            if (spans is [.., var last] && last.To.Next == mark.Month && last.Reason == mark.Exempt)
            {
                spans[^1] = last with { To = mark.Month };
            }
            else
            {
                spans.Add(new PlannedExemption(mark.Month, mark.Month, mark.Exempt!));
            }
        }

        return spans;
    }

    private static bool IsFree(Member member, Period month) => member.Exemptions.Any(interval => interval.Span.Covers(month));

    /// <summary>A month that is paid or waits already needs nothing. A month that nobody owes cannot have been paid, and one that is paid cannot be free.</summary>
    private static IEnumerable<CellProblem> RefusedMonths(KnownMember member, ReadRow row)
    {
        foreach (var mark in row.Paid)
        {
            var isLive = member.Live.ContainsKey(mark.Month);
            Problem? problem = mark.Exempt is not null && isLive ? new Problem(Kernel.Problems.IntervalMonthPaid, mark.Month)
                : isLive || (mark.Exempt is not null && IsFree(member.Member, mark.Month)) ? null
                : member.Member.IsBlocked ? new Problem(Kernel.Problems.MonthOfBlocked, member.Member.FullName)
                : mark.Exempt is null && member.Member.Exemptions.Concat<MonthInterval>(member.Member.Suspensions).Any(interval => interval.Span.Covers(mark.Month)) ? new Problem(Kernel.Problems.MonthNotPayable, mark.Month)
                : null;
            if (problem is not null)
            {
                yield return new CellProblem(mark.Column, problem) { Place = mark.Place };
            }
        }
    }

    private static IEnumerable<FieldChange> ChangesOf(ReadRow row, Member member)
    {
        foreach (var (field, before, after) in ((ImportField, string?, string)[])[(ImportField.Name, member.FullName, row.FullName), (ImportField.Email, member.Email, row.Email), (ImportField.City, member.City, row.City)])
        {
            if (after.Length > 0 && !string.Equals(before, after, field == ImportField.Email ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
            {
                yield return new FieldChange(field, before, after, string.IsNullOrEmpty(before));
            }
        }

        if (member.JoinedOn is null && row.Joined is { } joined)
        {
            yield return new FieldChange(ImportField.Joined, null, joined.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), IsFilled: true);
        }
    }

    private static List<MonthTotal> TotalsOf(List<PlannedRow> rows, DuesRules rules)
    {
        var marks = rows.SelectMany(row => row.Row.Paid.Where(mark => mark.Exempt is null).Select(mark => (mark.Month, Amount: mark.Amount ?? rules.FeeOf(mark.Month)))).ToLookup(mark => mark.Month);
        var booked = rows.SelectMany(row => row.Booked).ToLookup(month => month.Month);
        return [.. marks.OrderBy(group => group.Key).Select(group => new MonthTotal(
            group.Key, group.Count(), Money.Sum(group.Select(mark => mark.Amount)), booked[group.Key].Count(), Money.Sum(booked[group.Key].Select(month => month.Amount))))];
    }

    private static (string, string) Person(string nameKey, string? city) => (nameKey, NameSkeleton.Of(city));
}
