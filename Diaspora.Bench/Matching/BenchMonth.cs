namespace Diaspora.Bench.Matching;

/// <param name="Joined">The joining month; missing for staff who pay no dues.</param>
/// <param name="Paid">What is paid of each month before the replay begins.</param>
internal sealed record BenchMember(string Phone, string Name, string Number, bool IsBlocked, Period? Joined, IReadOnlyDictionary<Period, Money> Paid);

/// <param name="Claimed">Missing where nobody pressed «Я оплатил(а)».</param>
internal sealed record BenchClaim(string Phone, IReadOnlyList<Period> Periods, DateTime Created, DateTime? Claimed, string Code);

/// <param name="Number">Its place in the statement, from 1.</param>
internal sealed record BenchLine(int Number, DateOnly On, TimeOnly? At, long Tiyn, string Payer, string Message);

/// <param name="Phone">Whose due it is; missing where it is nobody's.</param>
internal sealed record BenchTruth(string? Phone, IReadOnlyList<Period> Periods)
{
    public static readonly BenchTruth Nobody = new(null, []);
}

/// <summary>A month as the four files hold it.</summary>
internal sealed record BenchMonth(IReadOnlyList<BenchMember> Members, IReadOnlyList<BenchClaim> Claims, IReadOnlyList<BenchLine> Lines, IReadOnlyDictionary<int, BenchTruth> Truth);

/// <summary>What came of a replay.</summary>
internal sealed record MatchingScore(int Lines, int Automatic, int Wrong, int FirstRight, int Left, int KeptOut, int NotOurs)
{
    public static readonly MatchingScore Nothing = new(0, 0, 0, 0, 0, 0, 0);

    public static MatchingScore operator +(MatchingScore a, MatchingScore b) =>
        new(a.Lines + b.Lines, a.Automatic + b.Automatic, a.Wrong + b.Wrong, a.FirstRight + b.FirstRight, a.Left + b.Left, a.KeptOut + b.KeptOut, a.NotOurs + b.NotOurs);

    public override string ToString() => $"lines {Lines}; automatic {Automatic}; wrong {Wrong}; first guess right {FirstRight} of {Left} left; not ours kept out {KeptOut} of {NotOurs}";
}
