using Diaspora.Domain.Dues;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Reminding;
using Xunit;

namespace Diaspora.Tests.Reminding;

/// <summary>Who is reminded when: a pure function, beside a slow statement of the same rules that knows nothing of it.</summary>
public sealed class ReminderPlannerTests
{
    private const int Hours = 5;
    private static readonly Channel[] All = Enum.GetValues<Channel>();
    private static readonly TimeZoneInfo Almaty = TimeZoneInfo.FindSystemTimeZoneById("Asia/Almaty");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Plan_MembersAsChanceMakesThem_IsWhatTheRulesSay(int seed)
    {
        var random = new Random(seed);
        var (found, repeated) = (0, 0);
        for (var round = 0; round < 40; round++)
        {
            var terms = new ReminderTerms(
                [.. Enumerable.Range(0, 1 + random.Next(4)).Select(_ => random.Next(-20, 40)).Distinct().Order()], 1 + random.Next(3),
                new DuesRules(new FeeSchedule([new FeeStep(FeeSchedule.Beginning, new Money(2000)), new FeeStep(new Period(2026, 2), new Money(2500))]), 1 + random.Next(31), random.Next(3), 14, Almaty),
                [.. All.OrderBy(_ => random.Next()).Take(1 + random.Next(4))])
            {
                LeftTiyn = random.Next(4) == 0 ? 0 : random.Next(40_000),
                CostOf = (channel, to, facts) => PriceOf(channel, to.Language, facts.Months!.Count),
            };

            // Mostly a day of the plan: on others nobody is reminded.
            var day = terms.Dues.DeadlineOf(new Period(2026, 1).AddMonths(random.Next(5))).AddDays(random.Next(10) == 0 ? random.Next(30) : terms.Days[random.Next(terms.Days.Count)]);
            var now = DateTime.SpecifyKind(day.ToDateTime(TimeOnly.MinValue), DateTimeKind.Utc).AddMinutes(random.Next(8 * 60, 22 * 60) - (Hours * 60));
            List<ReminderFacts> members = [.. Enumerable.Range(0, 100).Select(_ => Somebody(random, terms, now))];
            var left = terms.LeftTiyn;
            List<string> expected = [];
            foreach (var member in members)
            {
                if (Slowly(terms, member, now, ref left) is { } said)
                {
                    expected.Add($"{member.MemberId} {said}");
                }
            }

            Assert.Equal(expected, ReminderPlanner.Plan(terms, members, now).Select(one => $"{one.To.MemberId} {Say(one.Key, one.Months, one.Sum.Tenge, one.By, one.CostTiyn, one.IsTooDear)}"));
            found += expected.Count;
            repeated += ReminderPlanner.Plan(terms, members, now).Count(one => one.To.Written.Any(written => written.Key == one.Key));
            Assert.True(left >= 0);
        }

        Assert.InRange(found, 100, 3000);
        Assert.InRange(repeated, 20, found);
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
                member = member with { Written = [.. member.Written, new WrittenReminder(one.Key, now, Channel.Mail, ReminderFate.Unread)] };
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
        Assert.Null(Assert.Single(ReminderPlanner.Plan(Terms(10, 0), [Member("2026-03-01") with { Channels = [] }], Local("2026-03-10T12:00"))).By);

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
            new ReminderKey(first.AddMonths(random.Next(10)), terms.Days[random.Next(terms.Days.Count)]), now.AddMinutes(-random.Next(12 * 24 * 60 / (1 + random.Next(6)))), All[random.Next(All.Length)], (ReminderFate)random.Next(4)));
        return new ReminderFacts(
            Guid.NewGuid(), "00000000", "Алиев Рашад", random.Next(2) == 0 ? "ru" : "kk",
            new LedgerFacts(random.Next(20) == 0 ? null : first.FirstDay.AddDays(random.Next(28)), random.Next(20) == 0, random.Next(5) == 0 ? [Span()] : [], random.Next(5) == 0 ? [Span()] : [], [.. paid]),
            random.Next(20) == 0, [.. All.Where(_ => random.Next(2) == 0)], [.. written]);
    }

    /// <summary>The rules once more, month by month and day by day, without the ledger and without the planner.</summary>
    private static string? Slowly(ReminderTerms terms, ReminderFacts member, DateTime now, ref long left)
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

        DateOnly DayOf(DateTime at) => DateOnly.FromDateTime(at.AddHours(Hours));
        var reached = member.Written.Where(written => written.Fate is ReminderFate.Unread or ReminderFate.Read).OrderBy(written => written.At).ToList();
        if (reached.Any(written => DayOf(written.At) == today))
        {
            return null;
        }

        bool MayPay(Period month) => month >= Period.Of(joined) && !IsPaid(month) && !IsFree(month) && month <= current.AddMonths(terms.Dues.MonthsAhead);
        ReminderKey? found = null;
        if (reached.GroupBy(written => written.Key).Count(same => today.DayNumber - DayOf(same.First().At).DayNumber < 7) < terms.PerWeek)
        {
            for (var month = current.AddMonths(3); month >= Period.Of(joined) && found is null; month = month.AddMonths(-1))
            {
                found = terms.Days.Where(day => DeadlineOf(month).AddDays(day) == today && MayPay(month) && !member.Written.Any(written => written.Key == new ReminderKey(month, day)))
                    .Select(day => (ReminderKey?)new ReminderKey(month, day)).FirstOrDefault();
            }
        }

        // Or the last one once more, by another channel: a day has passed, or it was lost, and it is not older than three days.
        List<Channel> used = [];
        if (found is null && member.Written.OrderByDescending(written => written.At).FirstOrDefault() is { } last)
        {
            var same = member.Written.Where(written => written.Key == last.Key).ToList();
            var age = now - last.At;
            if ((last.Fate == ReminderFate.Lost || (last.Fate == ReminderFate.Unread && age.TotalHours >= 24)) && age.TotalDays <= 3 && same.All(written => written.Fate != ReminderFate.Read) && MayPay(last.Key.Month))
            {
                (found, used) = (last.Key, [.. same.Select(written => written.By)]);
            }
        }

        if (found is not { } key)
        {
            return null;
        }

        List<Period> months = [.. Enumerable.Range(0, 200).Select(Period.Of(joined).AddMonths).Where(other => (other <= current && !IsPaid(other) && !IsFree(other)) || other == key.Month)];
        var budget = left;
        var ways = terms.Channels.Where(channel => member.Channels.Contains(channel) && !used.Contains(channel)).ToList();
        var costs = ways.ToDictionary(way => way, way => way is Channel.WhatsApp or Channel.Sms ? PriceOf(way, member.Language, months.Count) : 0);
        var by = ways.Where(way => way is not (Channel.WhatsApp or Channel.Sms) || costs[way] <= budget).Select(way => (Channel?)way).FirstOrDefault();
        if (by is null && used.Count > 0)
        {
            return null;
        }

        left -= by is { } way2 ? costs[way2] : 0;
        return Say(key, months, months.Sum(other => other < new Period(2026, 2) ? 2000 : 2500), by, by is { } way3 ? costs[way3] : 0, by is null && ways.Count > 0);
    }

    private static string Say(ReminderKey key, IReadOnlyList<Period> months, long tenge, Channel? by, long cost, bool isTooDear) => $"{key.Month} {key.Day}: {string.Join(' ', months)}, {tenge}, {by}, {cost}, {isTooDear}";

    private static long PriceOf(Channel channel, string language, int months) => (channel == Channel.Sms ? 1850 : 3000) * (language == "kk" ? 2 : 1) * months;
}
