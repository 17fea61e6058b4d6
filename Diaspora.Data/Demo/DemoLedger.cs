using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;

namespace Diaspora.Data.Demo;

/// <summary>A few things besides paying on time: a family's single transfer, a sum with something left over, a refund, an intent decided in part, a note.</summary>
internal sealed class DemoLedger(DiasporaDbContext context, DuesRules rules, DateTime now, Guid cashierId)
{
    /// <summary>The first place of the families: after the accounts that the start prints.</summary>
    private const int Family = 20;

    private readonly Period _current = rules.PeriodOf(now);

    public void Tell(IReadOnlyList<Member> members, IReadOnlyList<PaymentIntent> intents)
    {
        var live = intents.SelectMany(intent => intent.Payments).Where(payment => payment.IsLive).ToLookup(payment => payment.MemberId, payment => payment.Period);
        Member[] payers = [.. members.Skip(Family).Where(member => !member.IsBlocked && member.Exemptions.Count + member.Suspensions.Count == 0).Take(4)];
        IntentLine[] lines = [.. payers.Select(member => new IntentLine(member.Id, NextOf(live[member.Id]), rules.FeeOf(NextOf(live[member.Id]))))];
        Record("900017", lines[..3], 0, "Один перевод за семью");
        Record("900029", lines[3..], 500, null);

        var refunded = intents.Last(intent => intent.PayerId == members[1].Id && intent.Payments.All(payment => payment.CanRefund));
        refunded.Refund(refunded.Payments[^1].Id, cashierId, "Попросил(а) вернуть последний месяц", now.AddDays(-1));
        if (intents.FirstOrDefault(intent => intent is { IsPending: true, ClaimedAt: not null, Payments.Count: > 1 }) is { } partly)
        {
            partly.Confirm(partly.Payments[0].Id, cashierId, now.AddMinutes(-40));
        }

        context.Notes.Add(new MemberNote(Guid.CreateVersion7(), members[0].Id, "Звонил, обещает закрыть долг в пятницу", cashierId, now.AddDays(-3)));
    }

    private void Record(string code, IReadOnlyList<IntentLine> lines, long remainder, string? note)
    {
        var at = now.AddHours(-20);
        var sum = Money.Sum(lines.Select(line => line.Amount)) + new Money(remainder);
        var intent = PaymentIntent.Record(Guid.CreateVersion7(), code, lines[0].MemberId, lines, PaymentMethod.Manual, new Receiving(sum, rules.DayOf(at), note), cashierId, at);
        context.Intents.Add(intent);
        if (remainder > 0)
        {
            context.Credits.Add(new Credit(intent.PayerId, new Money(remainder), intent.Id, cashierId, at));
        }
    }

    /// <summary>The first month from now on that nobody has paid or claimed.</summary>
    private Period NextOf(IEnumerable<Period> taken) => Period.Range(_current, _current.AddMonths(rules.MonthsAhead)).First(period => !taken.Contains(period));
}
