namespace Diaspora.Bench.Matching;

/// <summary>What a month that is made up is like. Shares are of the payments, or of those that are meant.</summary>
internal sealed record MonthShape
{
    public int Members { get; init; } = 300;

    /// <summary>How many of the members pay in the month.</summary>
    public double Paying { get; init; } = 0.9;

    public double Relatives { get; init; } = 0.2;

    public double WrongSum { get; init; } = 0.03;

    public double NoClaim { get; init; } = 0.02;

    public double NotDues { get; init; } = 0.02;

    public double NoCode { get; init; } = 0.2;

    /// <summary>Of the codes: one digit is another, or two changed places.</summary>
    public double Slips { get; init; } = 0.02;

    public double PaysTwice { get; init; } = 0.01;

    /// <summary>Claims whose money does not come.</summary>
    public double NeverPaid { get; init; } = 0.05;

    /// <summary>Claims that were not made in one go with the transfer.</summary>
    public double Late { get; init; } = 0.2;

    /// <summary>How many members at most share one <c>Имя Ф.</c>.</summary>
    public int Namesakes { get; init; } = 6;

    /// <summary>How many different names there are: the fewer, the more members share one.</summary>
    public int Names { get; init; } = int.MaxValue;

    /// <summary>Whether the statement has times, as that of Kaspi Pay has and that of Gold has not.</summary>
    public bool HasTime { get; init; } = true;

    /// <summary>Codes one after the other: each slip hits another's.</summary>
    public bool CodesInARow { get; init; }

    /// <summary>How many days of the month all pay in.</summary>
    public int Days { get; init; } = 28;
}
