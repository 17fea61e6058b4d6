using System.Diagnostics;
using System.Globalization;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;

namespace Diaspora.Bench.Matching;

/// <summary>How much of a month's statement confirms itself, and whether ever for the wrong member.</summary>
internal static class MatchingBench
{
    private const int Months = 5;

    /// <summary>The five: relatives, foreign names, namesakes, wrong sums, money without a claim and money that is no due, in the shares the association sees; and nothing else.</summary>
    private static readonly MonthShape Ordered = new() { Slips = 0, PaysTwice = 0, NeverPaid = 0, Late = 0.05 };

    /// <summary>Months that are harder than life, to see that nothing goes wrong in them however little is sure.</summary>
    private static readonly (string Name, MonthShape Shape)[] Harder =
    [
        ("as the five", Ordered),
        ("and slips, paid twice, never paid, a fifth claimed late", new()),
        ("no codes at all", new() { NoCode = 1 }),
        ("no codes, days without times", new() { NoCode = 1, HasTime = false }),
        ("no codes, every claim late", new() { NoCode = 1, Late = 1 }),
        ("no codes, all in three days", new() { NoCode = 1, Days = 3 }),
        ("no codes, few names, many namesakes", new() { NoCode = 1, Names = 6, Namesakes = 30 }),
        ("half of the payers are relatives, no codes", new() { NoCode = 1, Relatives = 0.5 }),
        ("codes in a row, a fifth with a slip", new() { CodesInARow = true, Slips = 0.2 }),
        ("codes in a row, slips, late, relatives", new() { CodesInARow = true, Slips = 0.2, Late = 1, Relatives = 0.5 }),
        ("a fifth without claim, a fifth not dues", new() { NoCode = 0.5, NoClaim = 0.2, NotDues = 0.2 }),
        ("a third of the claims never paid", new() { NoCode = 0.5, NeverPaid = 0.33 }),
        ("a fifth wrong sums, a tenth pays twice", new() { NoCode = 0.5, WrongSum = 0.2, PaysTwice = 0.1 }),
        ("2000 members, no codes", new() { Members = 2000, NoCode = 1, Namesakes = 40 }),
    ];

    public static int Run(string folder)
    {
        Console.WriteLine(new MonthReplay(MonthFiles.Read(folder), Report).Run());
        return 0;
    }

    public static int Run()
    {
        var total = MatchingScore.Nothing;
        for (var seed = 1; seed <= Months; seed++)
        {
            var score = Made(seed, Ordered);
            Console.WriteLine(score);
            total += score;
        }

        Console.WriteLine("all five:");
        Console.WriteLine(total);
        Time();
        return total.Wrong == 0 ? 0 : 1;
    }

    /// <param name="months">How many of each kind.</param>
    public static int RunHarder(int months)
    {
        Console.WriteLine("| months | lines | automatic | wrong | first guess right | not ours kept out |");
        Console.WriteLine("|---|---|---|---|---|---|");
        var wrong = 0;
        foreach (var (name, shape) in Harder)
        {
            var score = Enumerable.Range(100, months).Select(seed => Made(seed, shape)).Aggregate((a, b) => a + b);
            wrong += score.Wrong;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {name} | {score.Lines} | {100d * score.Automatic / score.Lines:0.0} % | {score.Wrong} | {score.FirstRight} of {score.Left} | {score.KeptOut} of {score.NotOurs} |"));
        }

        return wrong == 0 ? 0 : 1;
    }

    private static MatchingScore Made(int seed, MonthShape shape)
    {
        var folder = Directory.CreateTempSubdirectory("diaspora-bench-").FullName;
        try
        {
            MonthMaker.Write(folder, seed, shape);
            return new MonthReplay(MonthFiles.Read(folder), Report).Run();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>For whoever looks into the matcher: what it booked wrongly and what it left, on the error output.</summary>
    private static void Report(BenchLine line, MatchVerdict verdict, BenchTruth truth, bool isWrong)
    {
        if (isWrong || Environment.GetEnvironmentVariable("DIASPORA_MATCHING") == "left")
        {
            var guess = verdict.First is { } first ? $"{first.Rank} {string.Join(", ", first.Reasons.Select(reason => $"{reason.Code}({string.Join('/', reason.Args)})"))}" : "no guess";
            Console.Error.WriteLine($"{(isWrong ? "WRONG" : "left")} {line.On:MM-dd} {line.At:HH:mm} {line.Tiyn / 100} «{line.Payer}» «{line.Message}» truth {truth.Phone ?? "nobody"} {string.Join('+', truth.Periods)}: {guess}");
        }
    }

    /// <summary>3 000 lines against 300 members with 1 000 claims.</summary>
    private static void Time()
    {
        var folder = Directory.CreateTempSubdirectory("diaspora-bench-").FullName;
        MonthMaker.Write(folder, 1, new() { Members = 1200, Namesakes = 20 });
        var month = MonthFiles.Read(folder);
        Directory.Delete(folder, recursive: true);
        var ids = month.Members.Take(300).Select(_ => Guid.NewGuid()).ToList();
        List<MatchMember> members = [.. ids.Zip(month.Members, (id, member) => new MatchMember(id, member.Number, member.Name, member.Phone, false, [new IntentLine(id, new Period(2026, 10), new Money(2000))], 1))];
        List<MatchClaim> claims = [.. month.Claims.Take(1000).Select((claim, index) => (claim, Id: ids[index % ids.Count])).Select(each => new MatchClaim(
            Guid.NewGuid(), each.Id, each.claim.Code, [.. each.claim.Periods.Select(period => new IntentLine(each.Id, period, new Money(2000)))], false, each.claim.Created, each.claim.Claimed, []))];
        List<EvidenceFacts> facts = [.. Enumerable.Range(0, 3000).Select(index => month.Lines[index % month.Lines.Count]).Select(line => new EvidenceFacts(EvidenceSource.Statement, line.On, line.At, line.Tiyn, line.Payer, line.Message, null))];
        var (times, cpu) = (new List<double>(), new List<double>());
        for (var run = 0; run < 7; run++)
        {
            var (watch, used) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            _ = MatchRound.Look(new MatchBook(members, claims, []), facts);
            times.Add(watch.Elapsed.TotalMilliseconds);
            cpu.Add((Environment.CpuUsage.TotalTime - used).TotalMilliseconds);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{facts.Count} lines against {members.Count} members and {claims.Count} claims: {times.Order().ElementAt(3):0} ms, {cpu.Order().ElementAt(3):0} ms of a processor (medians of 7)"));
    }
}
