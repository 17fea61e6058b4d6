using Diaspora.Domain.Dues;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Reminding;
using Xunit;

namespace Diaspora.Tests.Reminding;

/// <summary>Who is reminded when: a pure function, beside a slow statement of the same rules that knows nothing of it.</summary>
public sealed class ReminderPlannerTests
{
    private const int Hours = 5;
    private static readonly TimeZoneInfo Almaty = TimeZoneInfo.FindSystemTimeZoneById("Asia/Almaty");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Plan_MembersAsChanceMakesThem_IsWhatTheRulesSay(int seed)
    {
        var random = new Random(seed);
        var found = 0;
        for (var round = 0; round < 40; round++)
        {
            var terms = new ReminderTerms(
                [.. Enumerable.Range(0, 1 + random.Next(4)).Select(_ => random.Next(-20, 40)).Distinct().Order()], 1 + random.Next(3),
                new DuesRules(new FeeSchedule([new FeeStep(FeeSchedule.Beginning, new Money(2000)), new FeeStep(new Period(2026, 2), new Money(2500))]), 1 + random.Next(31), random.Next(3), 14, Almaty), [Channel.Mail]);

            // Mostly a day of the plan: on others nobody is reminded.
            var day = terms.Dues.DeadlineOf(new Period(2026, 1).AddMonths(random.Next(5))).AddDays(random.Next(10) == 0 ? random.Next(30) : terms.Days[random.Next(terms.Days.Count)]);
            var now = DateTime.SpecifyKind(day.ToDateTime(TimeOnly.MinValue), DateTimeKind.Utc).AddMinutes(random.Next(8 * 60, 22 * 60) - (Hours * 60));
            List<ReminderFacts> members = [.. Enumerable.Range(0, 100).Select(_ => Somebody(random, terms, now))];
            var expected = members.Select(member => (member.MemberId, Slowly(terms, member, now))).Where(one => one.Item2 is not null).Select(one => $"{one.MemberId} {one.Item2}").ToList();
            Assert.Equal(expected, ReminderPlanner.Plan(terms, members, now).Select(one => $"{one.To.MemberId} {Say(one.Key, one.Months, one.Sum.Tenge, one.Channels.Count)}"));
            found += expected.Count;
        }

        Assert.InRange(found, 100, 2000);
    }

    [Theory]
    [InlineData("2026-03-10T08:59", 0)]
    [InlineData("2026-03-10T09:00", 1)]
    [InlineData("2026-03-10T20:59", 1)]
    [InlineData("2026-03-10T21:00", 0)]
    [InlineData("2026-03-09T12:00", 0)]
    [InlineData("2026-03-11T12:00", 0)]
    public void Plan_ByTheHour_SpeaksFromNineToNineOfItsDay(string local, int count) =>
        Assert.Equal(count, ReminderPlanner.Plan(Terms(10, 0), [Member("2026-02-01", "2026-02")], Local(local)).Count);

    /// <summary>The day before a deadline on the first is in the month before; UTC is still on the day before for five hours.</summary>
    [Theory]
    [InlineData("2026-02-28T12:00", "2026-03 -1")]
    [InlineData("2026-03-01T12:00", "2026-03 0")]
    [InlineData("2026-03-02T12:00", "")]
    [InlineData("2026-12-31T20:59", "2027-01 -1")]
    [InlineData("2027-01-01T09:00", "2027-01 0")]
    public void Plan_AroundTheFirst_IsOfTheMonthWhoseDeadlineItIs(string local, string expected)
    {
        var member = Member("2026-01-01", [.. Period.Range(new Period(2026, 1), new Period(2026, 12)).Where(month => month != new Period(2026, 3)).Select(month => month.ToString())]);
        Assert.Equal(expected, string.Join(';', ReminderPlanner.Plan(Terms(1, -1, 0), [member], Local(local)).Select(one => $"{one.Key.Month} {one.Key.Day}")));
    }

    [Fact]
    public void Plan_OverAYearOfDays_RemindsOfEachMonthOnceADayAndNeverMoreThanTheWeekAllows()
    {
        var terms = Terms(10, -3, -2, -1, 0, 1, 2, 30) with { PerWeek = 2 };
        var member = Member("2026-01-15");
        for (var now = Local("2026-01-01T09:30"); now < Local("2027-01-01T00:00"); now = now.AddHours(1))
        {
            if (ReminderPlanner.Plan(terms, [member], now) is [var one])
            {
                member = member with { Written = [.. member.Written, new WrittenReminder(one.Key, now, IsWithdrawn: false)] };
            }
        }

        var days = member.Written.Select(written => terms.Dues.DayOf(written.At)).ToList();
        Assert.Equal(days.Distinct(), days);
        Assert.Equal(member.Written.Select(written => written.Key).Distinct(), member.Written.Select(written => written.Key));
        Assert.All(days, day => Assert.InRange(days.Count(other => other > day.AddDays(-7) && other <= day), 1, 2));
        Assert.True(days.Count > 20);
    }

    [Fact]
    public void Plan_WithoutAnyAddress_SaysThatNothingReachesThem() =>
        Assert.Empty(Assert.Single(ReminderPlanner.Plan(Terms(10, 0), [Member("2026-03-01") with { Channels = [] }], Local("2026-03-10T12:00"))).Channels);

    private static DateTime Local(string local) => DateTime.SpecifyKind(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture).AddHours(-Hours), DateTimeKind.Utc);

    private static ReminderTerms Terms(int deadline, params int[] days) => new(days, 7, new DuesRules(FeeSchedule.Always(new Money(2000)), deadline, 12, 14, Almaty), [Channel.Mail]);

    private static ReminderFacts Member(string joined, params string[] paid) => new(
        Guid.NewGuid(), "00000000", "Алиев Рашад", "ru",
        new LedgerFacts(DateOnly.Parse(joined, System.Globalization.CultureInfo.InvariantCulture), false, [], [], [.. paid.Select(month => new PaidMonth(Period.Parse(month, null), PaidMonthState.Confirmed, new Money(2000)))]),
        false, [Channel.Mail], []);

    private static ReminderFacts Somebody(Random random, ReminderTerms terms, DateTime now)
    {
        var first = new Period(2025, 9).AddMonths(random.Next(10));
        PeriodSpan Span() => first.AddMonths(random.Next(10)) is var from && random.Next(3) == 0 ? new PeriodSpan(from, null) : new PeriodSpan(from, from.AddMonths(random.Next(-1, 3)));
        var paid = Enumerable.Range(0, 12).Where(_ => random.Next(3) > 0).Select(month => new PaidMonth(
            first.AddMonths(month), random.Next(40) switch { 0 => PaidMonthState.Pending, < 4 => PaidMonthState.Void, _ => PaidMonthState.Confirmed }, new Money(2000)));
        var written = Enumerable.Range(0, random.Next(4)).Select(_ => new WrittenReminder(
            new ReminderKey(first.AddMonths(random.Next(10)), terms.Days[random.Next(terms.Days.Count)]), now.AddMinutes(-random.Next(12 * 24 * 60)), random.Next(3) == 0));
        return new ReminderFacts(
            Guid.NewGuid(), "00000000", "Алиев Рашад", "ru",
            new LedgerFacts(random.Next(20) == 0 ? null : first.FirstDay.AddDays(random.Next(28)), random.Next(20) == 0, random.Next(5) == 0 ? [Span()] : [], random.Next(5) == 0 ? [Span()] : [], [.. paid]),
            random.Next(20) == 0, random.Next(3) == 0 ? [] : [Channel.Mail], [.. written]);
    }

    /// <summary>The rules once more, month by month and day by day, without the ledger and without the planner.</summary>
    private static string? Slowly(ReminderTerms terms, ReminderFacts member, DateTime now)
    {
        var local = now.AddHours(Hours);
        var today = DateOnly.FromDateTime(local);
        var facts = member.Ledger;
        if (local.Hour < 9 || local.Hour > 20 || member.HasStopped || facts.IsBlocked || facts.JoinedOn is not { } joined || facts.Payments.Any(payment => payment.State == PaidMonthState.Pending))
        {
            return null;
        }

        bool IsPaid(Period month) => facts.Payments.Any(payment => payment.Period == month && payment.State == PaidMonthState.Confirmed);
        bool IsFree(Period month) => facts.Exemptions.Concat(facts.Suspensions).Any(span => span.From <= month && (span.To is null || month <= span.To));
        DateOnly EndOf(Period month) => new(month.Year, month.Month, Math.Min(terms.Dues.DeadlineDay, DateTime.DaysInMonth(month.Year, month.Month)));
        DateOnly DeadlineOf(Period month) => month == Period.Of(joined) && joined > EndOf(month) ? EndOf(month.AddMonths(1)) : EndOf(month);
        var current = Period.Of(today);
        if (IsFree(current) && !IsPaid(current))
        {
            return null;
        }

        var gone = member.Written.Where(written => !written.IsWithdrawn).GroupBy(written => written.Key).Select(same => DateOnly.FromDateTime(same.First().At.AddHours(Hours))).ToList();
        if (gone.Any(day => day == today) || gone.Count(day => today.DayNumber - day.DayNumber < 7) >= terms.PerWeek)
        {
            return null;
        }

        for (var month = current.AddMonths(3); month >= Period.Of(joined); month = month.AddMonths(-1))
        {
            foreach (var day in terms.Days)
            {
                if (DeadlineOf(month).AddDays(day) == today && !IsPaid(month) && !IsFree(month) && month <= current.AddMonths(terms.Dues.MonthsAhead) && !member.Written.Any(written => written.Key == new ReminderKey(month, day)))
                {
                    List<Period> months = [.. Enumerable.Range(0, 200).Select(Period.Of(joined).AddMonths).Where(other => (other <= current && !IsPaid(other) && !IsFree(other)) || other == month)];
                    return Say(new ReminderKey(month, day), months, months.Sum(other => other < new Period(2026, 2) ? 2000 : 2500), member.Channels.Count);
                }
            }
        }

        return null;
    }

    private static string Say(ReminderKey key, IReadOnlyList<Period> months, long tenge, int channels) => $"{key.Month} {key.Day}: {string.Join(' ', months)}, {tenge}, {channels}";
}
