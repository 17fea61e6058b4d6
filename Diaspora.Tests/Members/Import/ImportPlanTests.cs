using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Import;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Dues;

namespace Diaspora.Tests.Members.Import;

/// <summary>The dry run as a pure function: rows and what is known in, what would become of them out.</summary>
public sealed class ImportPlanTests
{
    private static readonly DateTime Now = new(2026, 3, 8, 7, 0, 0, DateTimeKind.Utc);
    private static readonly DuesRules Rules = MemberStory.Joined("2026-01-05").Rules;
    private static readonly IReadOnlyList<ImportColumn> Columns = ImportColumns.Recognise(["ФИО", "Телефон", "E-mail", "Город", "Месяц вступления", "2026-01", "2026-02", "2026-03"]);

    [Fact]
    public void Of_SomebodyNew_JoinsInTheFirstMonthThatIsPaid()
    {
        var row = Plan([], ["Алиев Рашад", "8 701 555 01 42", "", "Алматы", "", "", "2000", "да"]);
        Assert.Equal(ImportOutcome.New, row.Outcome);
        Assert.Equal(new DateOnly(2026, 2, 1), row.JoinedOn);
        Assert.Equal([new PlannedMonth(new Period(2026, 2), new Money(2000)), new PlannedMonth(new Period(2026, 3), Rules.FeeOf(new Period(2026, 3)))], row.Booked);
    }

    [Theory]
    [InlineData("", "2026-03-01")]
    [InlineData("15.01.2025", "2025-01-15")]
    [InlineData("янв.25", "2025-01-01")]
    public void Of_SomebodyNewWithoutMonths_JoinsAsTheFileSaysElseNow(string joined, string expected) =>
        Assert.Equal(DateOnly.Parse(expected), Plan([], ["Алиев Рашад", "87015550142", "", "", joined]).JoinedOn);

    [Fact]
    public void Of_SomebodyKnown_FillsWhatIsEmptyAndNamesWhatDiffers()
    {
        var known = Known("Алиев Рашад", "+77015550142", city: "Астана");
        var row = Plan([known], ["Алиев Рашад Оглы", "+7 (701) 555-01-42", "rashad@example.kz", "Алматы"]);
        Assert.Equal(ImportOutcome.Changed, row.Outcome);
        Assert.Equal(
            [
                new FieldChange(ImportField.Name, "Алиев Рашад", "Алиев Рашад Оглы", false), new FieldChange(ImportField.Email, null, "rashad@example.kz", true),
                new FieldChange(ImportField.City, "Астана", "Алматы", false),
            ],
            row.Changes);
        Assert.Equal([ImportField.Email], row.ChangesOf(new ImportChoice()).Select(change => change.Field));
        Assert.Equal(3, row.ChangesOf(new ImportChoice { UpdatesKnown = true }).Count());
    }

    [Fact]
    public void Of_MonthsThatArePaidOrWait_AreLeftAsTheyAre()
    {
        var known = Known("Алиев Рашад", "+77015550142", (new Period(2026, 1), PaymentStatus.Confirmed), (new Period(2026, 2), PaymentStatus.Pending));
        Assert.Equal(ImportOutcome.Unchanged, Plan([known], ["Алиев Рашад", "87015550142", "", "", "", "2000", "да"]).Outcome);
        var row = Plan([known], ["Алиев Рашад", "87015550142", "", "", "", "2000", "да", "+"]);
        Assert.Equal((ImportOutcome.Changed, 2), (row.Outcome, row.Known));
        Assert.Equal([new Period(2026, 3)], row.Booked.Select(month => month.Month));
    }

    [Fact]
    public void Of_AnExemptMonth_IsAnErrorInItsColumn()
    {
        var known = Known("Алиев Рашад", "+77015550142");
        known.Member.Exempt(new Period(2026, 2), new Period(2026, 2), "решение совета", Guid.NewGuid(), Now);
        var row = Plan([known], ["Алиев Рашад", "87015550142", "", "", "", "2000", "да"]);
        Assert.Equal(ImportOutcome.Error, row.Outcome);
        Assert.Equal((6, Problems.MonthNotPayable), (Assert.Single(row.Problems).Column, row.Problems[0].Problem.Code));
    }

    [Fact]
    public void Of_AMonthOfABlockedMember_IsAnError()
    {
        var known = Known("Алиев Рашад", "+77015550142");
        known.Member.Block("ушёл", Now);
        Assert.Equal(Problems.MonthOfBlocked, Assert.Single(Plan([known], ["Алиев Рашад", "87015550142", "", "", "", "2000"]).Problems).Problem.Code);
    }

    [Fact]
    public void Of_TheSamePhoneTwice_IsAnErrorOfTheSecondThatNamesTheFirst()
    {
        var plan = PlanAll([], ["Алиев Рашад", "8 701 555 01 42"], ["Алиев Р. Р.", "+77015550142"]);
        Assert.Equal([ImportOutcome.New, ImportOutcome.Error], plan.Rows.Select(row => row.Outcome));
        var problem = Assert.Single(plan.Rows[1].Problems);
        Assert.Equal((1, Problems.ImportPhoneTwice, 2), (problem.Column, problem.Problem.Code, problem.Problem.Args[0]));
    }

    [Fact]
    public void Of_TheSameNameInTheSameCity_MayBeADuplicate()
    {
        var plan = PlanAll(
            [Known("Алиев Рашад", "+77015550199", city: "Алматы")],
            ["Əliyev Rəşad", "87015550142", "", "Алматы"], ["Алиев Рашад", "87015550143", "", "Астана"], ["Aliyev Rashad", "87015550144", "", "Astana"]);
        Assert.Equal([ImportOutcome.Duplicate, ImportOutcome.New, ImportOutcome.Duplicate], plan.Rows.Select(row => row.Outcome));
        Assert.Equal("Алиев Рашад", plan.Rows[0].Twin!.FullName);
        Assert.Equal(3, plan.Rows[2].Twin!.Row);
        Assert.False(plan.Rows[0].IsBooked(new ImportChoice()));
        Assert.True(plan.Rows[0].IsBooked(new ImportChoice { AddsDuplicates = true }));
    }

    [Theory]
    [InlineData(0, "Алиев", Problems.NameOneWord)]
    [InlineData(1, "", Problems.PhoneEmpty)]
    [InlineData(1, "8 701 555 01", Problems.PhoneTooShort)]
    [InlineData(2, "rashad@", Problems.EmailImpossible)]
    [InlineData(4, "03/04/2025", Problems.ImportDayAmbiguous)]
    [InlineData(4, "2035-01", Problems.JoiningTooFar)]
    [InlineData(6, "потом", Problems.ImportMarkUnknown)]
    public void Of_ACellThatIsWrong_IsAnErrorWithItsColumn(int column, string text, string problem)
    {
        string[] cells = ["Алиев Рашад", "87015550142", "", "", "", "да", "", ""];
        cells[column] = text;
        var row = Plan([], cells);
        Assert.Equal(ImportOutcome.Error, row.Outcome);
        Assert.Equal((column, problem), (Assert.Single(row.Problems).Column, row.Problems[0].Problem.Code));
    }

    [Fact]
    public void Of_AMonthTooFarAhead_IsAnError()
    {
        var columns = ImportColumns.Recognise(["ФИО", "Телефон", "2029-01"]);
        var row = ReadRow.Of(new SheetRow(2, "Алиев Рашад", "87015550142", "да"), columns, new Period(2027, 3));
        Assert.Equal(Problems.ImportMonthTooFar, Assert.Single(row.Problems).Problem.Code);
        Assert.Empty(ReadRow.Of(new SheetRow(2, "Алиев Рашад", "87015550142", ""), columns, new Period(2027, 3)).Problems);
    }

    [Fact]
    public void Of_HeadingsTheHeaderAgainAndTotals_AreSkipped()
    {
        var rows = new[]
        {
            new SheetRow(2, ["Алматы", "", ""], SheetRow.NoFaults, IsTitle: true), new SheetRow(3, "ФИО", "Телефон"), new SheetRow(4, "Итого", "", "", "", "", "8000"),
        }.Select(row => ReadRow.Of(row, Columns, new Period(2027, 3)));
        Assert.All(rows, row => Assert.True(row.IsSkipped));
    }

    [Fact]
    public void Of_AFaultInAColumnThatCounts_IsAnErrorAndElsewhereNone()
    {
        var faults = new Dictionary<int, string> { [5] = Problems.ImportCellMerged, [20] = Problems.ImportCellBroken };
        var row = ReadRow.Of(new SheetRow(2, ["Алиев Рашад", "87015550142", "", "", "", "", ""], faults), Columns, new Period(2027, 3));
        Assert.Equal((5, Problems.ImportCellMerged), (Assert.Single(row.Problems).Column, row.Problems[0].Problem.Code));
    }

    [Fact]
    public void Of_SeveralRows_SumsUpEachMonth()
    {
        var plan = PlanAll([], ["Алиев Рашад", "87015550142", "", "", "", "2000", "да"], ["Гусейнов Вусал", "87015550143", "", "", "", "2000", ""], ["Ошибка", "87015550144", "", "", "", "2000"]);
        var fee = Rules.FeeOf(new Period(2026, 2));
        Assert.Equal(
            [new MonthTotal(new Period(2026, 1), 3, new Money(6000), 2, new Money(4000)), new MonthTotal(new Period(2026, 2), 1, fee, 1, fee)],
            plan.Months);
    }

    private static PlannedRow Plan(IReadOnlyList<KnownMember> known, params string[] cells) => Assert.Single(PlanAll(known, cells).Rows);

    private static ImportPlan PlanAll(IReadOnlyList<KnownMember> known, params string[][] rows) =>
        ImportPlan.Of([.. rows.Select((cells, index) => ReadRow.Of(new SheetRow(index + 2, cells, SheetRow.NoFaults), Columns, new Period(2027, 3)))], known, Rules, Now);

    private static KnownMember Known(string name, string phone, params (Period Month, PaymentStatus Status)[] live) => Known(name, phone, null, live);

    private static KnownMember Known(string name, string phone, string? city, params (Period Month, PaymentStatus Status)[] live)
    {
        var member = new Member(MemberNumber.FromBody(MemberNumber.First), name, PhoneNumber.Parse(phone), Role.Member, new DateOnly(2026, 1, 1), Now);
        member.Edit(name, member.Phone, null, city, Now);
        return new KnownMember(member, live.ToDictionary(month => month.Month, month => month.Status));
    }
}
