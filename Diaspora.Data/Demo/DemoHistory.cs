using System.Globalization;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;

namespace Diaspora.Data.Demo;

/// <summary>What one demo member did in the last two years. All chance comes from the given dice, so every run makes the same data.</summary>
internal sealed class DemoHistory(DuesRules rules, Random dice, DateTime now, Guid cashierId)
{
    private readonly Period _current = rules.PeriodOf(now);
    private int _code = 100_000;

    /// <summary>How reliably somebody pays.</summary>
    public enum Habit
    {
        /// <summary>Every month, now and then some days late.</summary>
        Steady,

        /// <summary>Several months at once, some ahead.</summary>
        Ahead,

        /// <summary>Stopped some months ago.</summary>
        Debtor,

        /// <summary>Paid the last months and says so; nobody has looked yet.</summary>
        Waiting,

        /// <summary>Has just registered.</summary>
        New,
    }

    public IEnumerable<PaymentIntent> Of(Member member, Habit habit)
    {
        var joined = Period.Of(member.JoinedOn!.Value);
        var missing = habit switch
        {
            Habit.Debtor => 2 + dice.Next(4),
            Habit.Waiting => 1 + dice.Next(3),
            Habit.New => int.MaxValue,
            _ => dice.Next(100) < 88 ? 0 : 1,
        };
        var lastPaid = missing == int.MaxValue ? joined.Previous : _current.AddMonths(-missing);
        foreach (var intent in Confirmed(member, joined, lastPaid, habit))
        {
            yield return intent;
        }

        if (habit == Habit.Ahead && lastPaid == _current)
        {
            yield return Booked(member, [.. Period.Range(_current.Next, _current.AddMonths(1 + dice.Next(4)))], Within(_current, 1, 9));
        }

        if (habit == Habit.Waiting)
        {
            yield return Claimed(member, [.. Period.Range(Later(lastPaid.Next, joined), _current)]);
        }
    }

    private IEnumerable<PaymentIntent> Confirmed(Member member, Period joined, Period last, Habit habit)
    {
        for (var month = joined; month <= last;)
        {
            var run = habit == Habit.Ahead || dice.Next(100) < 8 ? 2 + dice.Next(3) : 1;
            Period[] months = [.. Period.Range(month, Earlier(month.AddMonths(run - 1), last)).Where(period => !IsFree(member, period))];
            month = month.AddMonths(run);
            if (months.Length == 0)
            {
                continue;
            }

            var late = dice.Next(100) < 12;
            var paidAt = Within(months[0], late ? 11 : 1, late ? 27 : 10);
            if (dice.Next(100) < 2)
            {
                yield return Rejected(member, months, paidAt.AddDays(-1));
            }

            yield return Booked(member, months, paidAt);
        }
    }

    private PaymentIntent Booked(Member member, IReadOnlyList<Period> months, DateTime paidAt)
    {
        var intent = Start(member, months, paidAt);
        intent.Claim(paidAt.AddMinutes(4));
        intent.Confirm(cashierId, Earlier(paidAt.AddHours(1 + dice.Next(20)), now.AddMinutes(-5)));
        return intent;
    }

    private PaymentIntent Rejected(Member member, IReadOnlyList<Period> months, DateTime paidAt)
    {
        var intent = Start(member, months, paidAt);
        intent.Claim(paidAt.AddMinutes(2));
        intent.Reject(cashierId, DemoPeople.RejectReasons[dice.Next(DemoPeople.RejectReasons.Length)], paidAt.AddHours(3));
        return intent;
    }

    private PaymentIntent Claimed(Member member, IReadOnlyList<Period> months)
    {
        var at = now.AddMinutes(-7 - dice.Next(60 * 30));
        var intent = Start(member, months, at);
        if (dice.Next(100) < 80)
        {
            intent.Claim(at.AddMinutes(3));
        }

        return intent;
    }

    private PaymentIntent Start(Member member, IReadOnlyList<Period> months, DateTime at)
    {
        _code += 1 + dice.Next(90);
        var method = dice.Next(100) < 70 ? PaymentMethod.KaspiTransfer : dice.Next(100) < 80 ? PaymentMethod.KaspiQr : PaymentMethod.Manual;
        return PaymentIntent.Start(_code.ToString(CultureInfo.InvariantCulture), member.Id, [.. months.Select(month => (month, rules.FeeOf(month)))], method, at);
    }

    private static bool IsFree(Member member, Period period) =>
        member.Exemptions.Any(exemption => exemption.Span.Covers(period)) || member.Suspensions.Any(suspension => suspension.Span.Covers(period));

    /// <summary>Some hour of the day between two days of the month, never in the future.</summary>
    private DateTime Within(Period month, int fromDay, int toDay)
    {
        var local = new DateTime(month.Year, month.Month, Math.Min(fromDay + dice.Next(toDay - fromDay + 1), month.Days), 8 + dice.Next(13), dice.Next(60), dice.Next(60), DateTimeKind.Unspecified);
        return Earlier(TimeZoneInfo.ConvertTimeToUtc(local, rules.Zone), now.AddHours(-2 - dice.Next(30)));
    }

    private static DateTime Earlier(DateTime left, DateTime right) => left < right ? left : right;

    private static Period Earlier(Period left, Period right) => left < right ? left : right;

    private static Period Later(Period left, Period right) => left > right ? left : right;
}
