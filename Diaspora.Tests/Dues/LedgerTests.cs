using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Xunit;
using static Diaspora.Domain.Dues.Standing;
using static Diaspora.Tests.Dues.MemberStory;

namespace Diaspora.Tests.Dues;

/// <summary>The table of <c>docs/design.md</c>, section 4, and what else the council asked about.</summary>
public sealed class LedgerTests
{
    /// <param name="On">A local day or time; with a Z, an instant in UTC.</param>
    /// <param name="Debt">How many months are owed.</param>
    /// <param name="Tiles">Some months and what their tiles say.</param>
    private sealed record Case(string Name, MemberStory Story, string On, Standing Standing, int Debt, string Tiles = "");

    private static readonly Case[] Cases =
    [
        // The design's table, row by row.
        new("joined 5 Mar, nothing paid, 8 Mar", Joined("2026-03-05"), "2026-03-08", Pending, 0, "2026-02 Before, 2026-03 Due, 2026-04 Ahead"),
        new("joined 5 Mar, nothing paid, 11 Mar", Joined("2026-03-05"), "2026-03-11", Overdue, 1, "2026-03 Overdue, 2026-04 Ahead"),
        new("joined 15 Mar, nothing paid, same day", Joined("2026-03-15"), "2026-03-15", Pending, 0, "2026-03 Due"),
        new("joined 15 Mar, nothing paid, 5 Apr", Joined("2026-03-15"), "2026-04-05", Pending, 0, "2026-03 Due, 2026-04 Due"),
        new("joined 15 Mar, nothing paid, 11 Apr", Joined("2026-03-15"), "2026-04-11", Overdue, 2, "2026-03 Overdue, 2026-04 Overdue"),
        new("February paid, 5 Mar", Joined("2026-02-01").Paid("2026-02"), "2026-03-05", Active, 0, "2026-02 Paid, 2026-03 Due"),
        new("February paid, 11 Mar", Joined("2026-02-01").Paid("2026-02"), "2026-03-11", Overdue, 1, "2026-02 Paid, 2026-03 Overdue"),
        new("current month paid, January owed", Joined("2026-01-01").Paid("2026-02", "2026-03"), "2026-03-11", Active, 1, "2026-01 Overdue, 2026-03 Paid"),
        new("prepaid, then the fee rises", Joined("2026-01-01").Paid("2026-01", "2026-02", "2026-03").AfterTheFeeRoseTo(3000), "2026-03-20", Active, 0, "2026-03 Paid, 2026-04 Ahead"),
        new("exempt to March, never paid, 5 Apr", Joined("2025-12-01").Exempt("2025-12", "2026-03"), "2026-04-05", Active, 0, "2026-03 Exempt, 2026-04 Due"),
        new("suspended to March, paid before, 5 Apr", Joined("2025-11-01").Paid("2025-11", "2025-12").Suspended("2026-01", "2026-03"), "2026-04-05", Active, 0, "2026-03 Suspended, 2026-04 Due"),
        new("only payment refunded on 5 Mar, joined in March, 5 Mar", Joined("2026-03-02").Refunded("2026-03"), "2026-03-05", Pending, 0, "2026-03 Due"),
        new("only payment refunded on 5 Mar, joined in March, 11 Mar", Joined("2026-03-02").Refunded("2026-03"), "2026-03-11", Overdue, 1, "2026-03 Overdue"),
        new("joined 5 Mar, only April paid, 8 Mar", Joined("2026-03-05").Paid("2026-04"), "2026-03-08", Active, 0, "2026-03 Due, 2026-04 Prepaid"),
        new("joining moved to June, older months paid, 5 Jun", Joined("2026-03-05").Paid("2026-03", "2026-04").RejoinedOn("2026-06-01"), "2026-06-05", Active, 0, "2026-03 Paid, 2026-04 Paid, 2026-05 Before, 2026-06 Due"),
        new("claim pending for March, 11 Mar (February paid)", Joined("2026-02-01").Paid("2026-02").Claimed("2026-03"), "2026-03-11", Overdue, 1, "2026-03 Pending"),

        // The deadline: the end of its day in Almaty, which is UTC+5.
        new("deadline day, last second", Joined("2026-02-01").Paid("2026-02"), "2026-03-10 23:59:59", Active, 0, "2026-03 Due"),
        new("deadline day is over", Joined("2026-02-01").Paid("2026-02"), "2026-03-11 00:00:00", Overdue, 1, "2026-03 Overdue"),
        new("deadline day, last second, in UTC", Joined("2026-02-01").Paid("2026-02"), "2026-03-10T18:59:59Z", Active, 0, "2026-03 Due"),
        new("deadline day is over, in UTC", Joined("2026-02-01").Paid("2026-02"), "2026-03-10T19:00:00Z", Overdue, 1, "2026-03 Overdue"),
        new("deadline 31 in February, 28 Feb", Joined("2026-01-01").Paid("2026-01").WithDeadlineDay(31), "2026-02-28 23:59:59", Active, 0, "2026-02 Due"),
        new("deadline 31 in February, 1 Mar", Joined("2026-01-01").Paid("2026-01").WithDeadlineDay(31), "2026-03-01 00:00:00", Overdue, 1, "2026-02 Overdue, 2026-03 Due"),
        new("deadline 31 in a leap February, 29 Feb", Joined("2028-01-01").Paid("2028-01").WithDeadlineDay(31), "2028-02-29", Active, 0, "2028-02 Due"),
        new("deadline 1, first day of the month", Joined("2026-02-01").Paid("2026-02").WithDeadlineDay(1), "2026-03-01 23:59:59", Active, 0, "2026-03 Due"),

        // The month turns at midnight in Almaty.
        new("last second of February", Joined("2026-02-01").Paid("2026-02"), "2026-02-28T18:59:59Z", Active, 0, "2026-02 Paid, 2026-03 Ahead"),
        new("Almaty midnight of the 1st, still February in UTC", Joined("2026-02-01").Paid("2026-02"), "2026-02-28T19:00:00Z", Active, 0, "2026-02 Paid, 2026-03 Due, 2026-04 Ahead"),
        new("prepaid month turns into the paid current one", Joined("2026-02-01").Paid("2026-02", "2026-03"), "2026-02-28T19:00:00Z", Active, 0, "2026-03 Paid"),

        // The year's end.
        new("December paid, 5 Jan", Joined("2025-12-01").Paid("2025-12"), "2026-01-05", Active, 0, "2025-12 Paid, 2026-01 Due"),
        new("December owed, 5 Jan", Joined("2025-11-01").Paid("2025-11"), "2026-01-05", Overdue, 1, "2025-12 Overdue, 2026-01 Due"),
        new("November owed, December paid, 5 Jan", Joined("2025-11-01").Paid("2025-12"), "2026-01-05", Active, 1, "2025-11 Overdue"),
        new("two years never paid", Joined("2024-01-01"), "2025-12-11", Overdue, 24, "2024-01 Overdue, 2025-12 Overdue"),

        // The joining month.
        new("joined on the deadline day", Joined("2026-03-10"), "2026-03-11", Overdue, 1, "2026-03 Overdue"),
        new("joined the day after the deadline, on the next deadline", Joined("2026-03-11"), "2026-04-10 23:59:59", Pending, 0, "2026-03 Due, 2026-04 Due"),
        new("joined after the deadline of December, 10 Jan", Joined("2025-12-31"), "2026-01-10", Pending, 0, "2025-12 Due, 2026-01 Due"),
        new("joined after the deadline of December, 11 Jan", Joined("2025-12-31"), "2026-01-11", Overdue, 2, "2025-12 Overdue, 2026-01 Overdue"),
        new("joining lies ahead", Joined("2026-05-01"), "2026-03-20", Pending, 0, "2026-03 Before, 2026-05 Ahead"),

        // Prepaid.
        new("prepaid next month, current one due", Joined("2026-02-01").Paid("2026-02", "2026-04"), "2026-03-08", Active, 0, "2026-03 Due, 2026-04 Prepaid"),
        new("prepaid next month, current one late", Joined("2026-02-01").Paid("2026-02", "2026-04"), "2026-03-11", Overdue, 1, "2026-03 Overdue, 2026-04 Prepaid"),

        // Exempt: still open, ended, whole months, and beside other things.
        new("exempt with an open end, never paid", Joined("2025-01-01").Exempt("2025-01"), "2026-03-20", Active, 0, "2025-01 Exempt, 2026-03 Exempt, 2030-01 Exempt"),
        new("exemption begins next month, current one late", Joined("2026-02-01").Paid("2026-02").Exempt("2026-04"), "2026-03-20", Overdue, 1, "2026-03 Overdue, 2026-04 Exempt"),
        new("exemption ended, first month after it is late", Joined("2025-12-01").Exempt("2025-12", "2026-02"), "2026-03-11", Overdue, 1, "2026-02 Exempt, 2026-03 Overdue"),
        new("paid a month that was exempted later", Joined("2026-03-01").Paid("2026-03").Exempt("2026-03"), "2026-03-20", Active, 0, "2026-03 Paid"),
        new("exempted month with a claim still waiting", Joined("2026-02-01").Paid("2026-02").Exempt("2026-03", "2026-03").Claimed("2026-03"), "2026-03-20", Active, 0, "2026-03 Pending"),
        new("exempted month with a claim waiting, month before owed", Joined("2026-02-01").Exempt("2026-03").Claimed("2026-03"), "2026-03-20", Active, 1, "2026-02 Overdue, 2026-03 Pending"),
        new("exempt before joining", Joined("2026-03-01").Exempt("2026-01", "2026-01"), "2026-03-05", Active, 0, "2026-01 Exempt, 2026-02 Before"),

        // Suspended.
        new("suspended now, older months owed", Joined("2026-01-01").Suspended("2026-03"), "2026-03-20", Suspended, 2, "2026-02 Overdue, 2026-03 Suspended"),
        new("suspended now, current month paid all the same", Joined("2026-03-01").Paid("2026-03").Suspended("2026-03"), "2026-03-20", Suspended, 0, "2026-03 Paid"),
        new("suspended and exempt: the tile says exempt", Joined("2026-01-01").Paid("2026-01", "2026-02").Suspended("2026-03").Exempt("2026-03"), "2026-03-20", Suspended, 0, "2026-03 Exempt"),
        new("suspended month with a claim still waiting", Joined("2026-02-01").Paid("2026-02").Suspended("2026-03", "2026-03").Claimed("2026-03"), "2026-04-05", Active, 0, "2026-03 Pending"),

        // Blocked: the ledger stays as it is.
        new("blocked, current month paid", Joined("2026-03-01").Paid("2026-03").Blocked(), "2026-03-20", Blocked, 0, "2026-03 Paid"),
        new("blocked, debt goes on", Joined("2026-01-01").Blocked(), "2026-03-20", Blocked, 3, "2026-01 Overdue"),
        new("blocked while suspended", Joined("2026-01-01").Suspended("2026-01").Blocked(), "2026-03-20", Blocked, 0),

        // Payments that do not count, and such that wait.
        new("refunded, paid again", Joined("2026-03-01").Refunded("2026-03").Paid("2026-03"), "2026-03-20", Active, 0, "2026-03 Paid"),
        new("refunded current month, older ones paid, before the deadline", Joined("2026-02-01").Paid("2026-02").Refunded("2026-03"), "2026-03-08", Active, 0, "2026-03 Due"),
        new("rejected counts for nothing", Joined("2026-03-01").Rejected("2026-03"), "2026-03-20", Overdue, 1, "2026-03 Overdue"),
        new("first claim waits, before the deadline", Joined("2026-03-01").Claimed("2026-03"), "2026-03-10", Pending, 0, "2026-03 Pending"),
        new("first claim waits past the deadline", Joined("2026-03-01").Claimed("2026-03"), "2026-03-11", Overdue, 1, "2026-03 Pending"),
        new("claim for a month ahead waits", Joined("2026-03-01").Paid("2026-03").Claimed("2026-05"), "2026-03-11", Active, 0, "2026-04 Ahead, 2026-05 Pending"),

        // Staff.
        new("staff without a joining day", Staff(), "2026-03-20", Active, 0, "2026-03 Before, 2026-04 Before"),
        new("blocked staff", Staff().Blocked(), "2026-03-20", Blocked, 0),
    ];

    public static TheoryData<string> Names => [.. Cases.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Show_InEachSituation_IsAsTheCouncilAgreed(string situation)
    {
        var row = Cases.Single(row => row.Name == situation);
        var ledger = row.Story.On(row.On);

        Assert.Equal(row.Standing, ledger.Standing);
        Assert.Equal(row.Debt, ledger.DebtMonths.Count);
        Assert.Equal(Fee.Tenge * row.Debt, ledger.Debt.Tenge);
        foreach (var tile in row.Tiles.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(tile => tile.Split(' ')))
        {
            Assert.Equal((tile[0], tile[1]), (tile[0], ledger.StateOf(Period.Parse(tile[0])).ToString()));
        }
    }

    [Fact]
    public void Table_HasEnoughCases_AndEachNameOnce()
    {
        Assert.True(Cases.Length >= 30);
        Assert.Equal(Cases.Length, Cases.Select(row => row.Name).Distinct().Count());
    }
}
