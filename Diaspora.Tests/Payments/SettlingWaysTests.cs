using Diaspora.Domain.Dues;
using Diaspora.Domain.Payments;

namespace Diaspora.Tests.Payments;

/// <summary>Every way of a claim of two months through decisions and their undoing, seven steps long: the sum that was written down is there as long as its settling is.</summary>
public sealed class SettlingWaysTests
{
    private const int Steps = 7;
    private static readonly Guid Member = Guid.NewGuid();
    private static readonly Period[] Months = [new(2026, 1), new(2026, 2)];

    /// <summary>One step of a way: who decided what, by number; the undo names the decision of an earlier step.</summary>
    private enum Step
    {
        ConfirmFirst,
        ConfirmSecond,
        RejectFirst,
        Settle,
        RefundFirst,
        UndoFirst,
        UndoSecond,
    }

    [Fact]
    public void Undo_OnEveryWay_TakesTheSumWithTheSettlingAndWithNothingElse()
    {
        var ways = 0;
        foreach (var way in Ways(Steps))
        {
            ways += Walk(way);
        }

        Assert.True(ways > 2_000, $"Only {ways} ways settled anything and undid it.");
    }

    private static IEnumerable<Step[]> Ways(int length)
    {
        var all = Enum.GetValues<Step>();
        var way = new Step[length];
        for (var number = 0; number < Math.Pow(all.Length, length); number++)
        {
            for (int place = 0, rest = number; place < length; place++, rest /= all.Length)
            {
                way[place] = all[rest % all.Length];
            }

            yield return way;
        }
    }

    /// <returns>1 where a settling was undone on this way.</returns>
    private static int Walk(Step[] way)
    {
        var now = new DateTime(2026, 3, 8, 7, 0, 0, DateTimeKind.Utc);
        var intent = PaymentIntent.Start("123456", Member, [.. Months.Select(month => (month, new Money(2000)))], PaymentMethod.KaspiTransfer, now);
        var (first, second) = (intent.Payments[0], intent.Payments[1]);

        // Each settling that stands, with its own sum: where there are two, no single field can hold them.
        Dictionary<DateTime, Money> sums = [];
        var undone = 0;
        for (var place = 0; place < way.Length; place++)
        {
            now = now.AddMinutes(1);
            var meant = (way[place] == Step.UndoFirst ? first : second).DecidedAt;
            if (!Do(intent, way[place], meant, now))
            {
                // A refusal changes nothing: the same way without it is walked too.
                return 0;
            }

            if (way[place] == Step.Settle)
            {
                sums[now] = intent.Received!.Value;
            }
            else if (way[place] is Step.UndoFirst or Step.UndoSecond && sums.Remove(meant!.Value))
            {
                undone = 1;
            }

            Money? sum = sums.Count == 0 ? null : Money.Sum(sums.Values);
            if (intent.Received != sum)
            {
                Assert.Fail($"{string.Join(", ", way[..(place + 1)])}: {intent.Received?.ToString() ?? "no sum"} and not {sum?.ToString() ?? "none"}");
            }
        }

        return undone;
    }

    private static bool Do(PaymentIntent intent, Step step, DateTime? meant, DateTime now)
    {
        var (first, second, by) = (intent.Payments[0], intent.Payments[1], Member);
        if (!(step switch
        {
            Step.ConfirmFirst => first.CanConfirm,
            Step.ConfirmSecond => second.CanConfirm,
            Step.RejectFirst => first.CanReject,
            Step.Settle => intent.IsPending,
            Step.RefundFirst => first.CanRefund,
            _ => meant is { } at && intent.DecidedAt(at).Count > 0,
        }))
        {
            return false;
        }

        switch (step)
        {
            case Step.ConfirmFirst:
                intent.Confirm(first.Id, by, now);
                break;
            case Step.ConfirmSecond:
                intent.Confirm(second.Id, by, now);
                break;
            case Step.RejectFirst:
                intent.Reject(first.Id, by, "чек не читается", now);
                break;
            case Step.Settle:
                IntentLine[] lines = [.. intent.Payments.Where(payment => payment.CanConfirm).Select(payment => new IntentLine(Member, payment.Period, payment.Amount))];
                return Settled(intent, new Receiving(Money.Sum(lines.Select(line => line.Amount)), new DateOnly(2026, 3, 8), null), lines, now);
            case Step.RefundFirst:
                intent.Refund(first.Id, by, "ошиблись месяцем", now);
                break;
            default:
                intent.Reopen(meant!.Value, now);
                break;
        }

        return true;
    }

    private static bool Settled(PaymentIntent intent, Receiving receiving, IntentLine[] lines, DateTime now)
    {
        try
        {
            intent.Settle(lines, receiving, Member, now);
            return true;
        }
        catch (DomainException refusal) when (refusal.Problem.Code == Problems.SumRecorded)
        {
            return false;
        }
    }
}
