using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Reports;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Tests.Reports;

/// <summary>Members and money as chance makes them, with everything that a sum can get wrong: written around the verbs, and read back row by row for the pure functions.</summary>
internal static class ReportCrowd
{
    public const int Size = 70;

    public static readonly Period First = new(2025, 2);
    private const int Months = 15;
    private static readonly string?[] Cities = ["Алматы", "Астана", "Қызылорда", null];

    public static async Task FillAsync(TestDatabase database, int seed)
    {
        var random = new Random(seed);
        var by = Guid.CreateVersion7();
        await using var context = database.Get<Data.IContextFactory>().Create();
        var now = database.Clock.GetUtcNow().UtcDateTime;
        for (var index = 0; index < Size; index++)
        {
            var joined = First.AddMonths(random.Next(Months));
            var member = new Member(
                MemberNumber.FromBody(MemberNumber.First + 700_000 + index), $"Участник {(char)('А' + index % 32)}{index}", PhoneNumber.Parse($"+7707{5_000_000 + index}"), Role.Member,
                random.Next(12) == 0 ? null : joined.FirstDay.AddDays(random.Next(28)), now);
            member.Edit(member.FullName, member.Phone, null, Cities[random.Next(Cities.Length)], now);
            if (random.Next(5) == 0)
            {
                member.Exempt(First.AddMonths(random.Next(Months)), random.Next(2) == 0 ? null : First.AddMonths(Months), "решение совета", by, now);
            }

            if (random.Next(5) == 0)
            {
                member.Suspend(First.AddMonths(random.Next(Months)), random.Next(2) == 0 ? null : First.AddMonths(Months), "уехал", by, now);
            }

            context.Members.Add(member);
            for (var month = 0; month < Months; month += 1 + random.Next(3))
            {
                Pay(context, random, member.Id, [.. Enumerable.Range(month, 1 + random.Next(2)).Select(First.AddMonths)], $"{index}-{month}", by, database.Clock);
                month++;
            }
        }

        await context.SaveChangesAsync();
        await database.Get<MemberService>().RefreshListingsAsync();
    }

    /// <summary>Everything there is, row by row.</summary>
    public static async Task<ReportFacts> ReadAsync(TestDatabase database)
    {
        await using var context = database.Context();
        var rules = database.Settings.Rules;
        var members = await context.Members.Include(member => member.Exemptions).Include(member => member.Suspensions).ToListAsync();
        var intents = await context.Intents.Include(intent => intent.Payments).ToListAsync();
        var credits = await context.Credits.ToListAsync();
        var proofs = await context.Matches.Where(match => match.UndoneAt == null).Join(context.Evidence, match => match.EvidenceId, evidence => evidence.Id, (match, evidence) => new { match.IntentId, evidence.On }).ToListAsync();
        return new ReportFacts(
            [.. members.Select(member => new ReportMember(member.Id, member.City, member.JoinedOn, [.. member.Exemptions.Select(interval => interval.Span)], [.. member.Suspensions.Select(interval => interval.Span)]))],
            [.. intents.Select(intent => new ReportIntent(
                intent.Method,
                ReportFacts.DayOf(proofs.Where(proof => proof.IntentId == intent.Id).Select(proof => (DateOnly?)proof.On).Min(), intent.ReceivedOn, intent.RecordedBy is not null, intent.ClaimedAt ?? intent.CreatedAt, rules),
                [.. intent.Payments.Select(payment => new ReportPayment(
                    payment.MemberId, payment.Period, payment.Status, payment.Method, payment.Amount, intent.ClaimedAt is not null, payment.DecidedAt is { } at ? rules.DayOf(at) : null))],
                Money.Sum(credits.Where(credit => credit.IntentId == intent.Id && credit.Status != CreditStatus.Voided).Select(credit => credit.Amount)),
                Money.Sum(credits.Where(credit => credit.UsedIntentId == intent.Id).Select(credit => credit.Amount))))],
            [.. credits.Where(credit => credit.Status == CreditStatus.Returned).Select(credit => (rules.DayOf(credit.SettledAt!.Value), credit.Amount))]);
    }

    private static void Pay(Data.DiasporaDbContext context, Random random, Guid memberId, IReadOnlyList<Period> months, string code, Guid by, TimeProvider clock)
    {
        var at = TimeZoneInfo.ConvertTimeToUtc(months[0].FirstDay.AddDays(random.Next(-3, 45)).ToDateTime(new TimeOnly(random.Next(24), random.Next(60))), TimeZoneInfo.FindSystemTimeZoneById("Asia/Almaty"));
        at = at < clock.GetUtcNow().UtcDateTime ? at : clock.GetUtcNow().UtcDateTime.AddHours(-2);
        var sum = new Money(random.Next(4) == 0 ? 1500 : 2000);
        if (random.Next(4) == 0)
        {
            // By hand, or taken over from a list that does not say when it came.
            var more = random.Next(3) == 0 ? 500 : 0;
            var received = new Receiving(new Money(sum.Tenge * months.Count + more), random.Next(3) == 0 ? null : DateOnly.FromDateTime(at), null);
            var recorded = PaymentIntent.Record(Guid.CreateVersion7(), code, memberId, [.. months.Select(month => new IntentLine(memberId, month, sum))], (PaymentMethod)random.Next(4), received, by, at);
            context.Intents.Add(recorded);
            if (more > 0)
            {
                Leave(context, random, recorded, memberId, by, at);
            }

            return;
        }

        var intent = PaymentIntent.Start(code, memberId, [.. months.Select(month => (month, sum))], (PaymentMethod)random.Next(4), at);
        if (random.Next(5) > 0)
        {
            intent.Claim(at.AddMinutes(5));
        }

        Decide(random, intent, by, at.AddHours(random.Next(60)));
        context.Intents.Add(intent);
        if (intent.Payments[0].Status == PaymentStatus.Confirmed && random.Next(3) == 0)
        {
            Prove(context, random, intent, at, by);
        }
    }

    private static void Decide(Random random, PaymentIntent intent, Guid by, DateTime at)
    {
        switch (random.Next(7))
        {
            case 0:
                break;
            case 1:
                intent.Reject(by, "чек не читается", at);
                break;
            case 2:
                intent.Confirm(by, at);
                intent.Refund(intent.Payments[0].Id, by, "ошиблись месяцем", at.AddDays(random.Next(40)));
                break;
            default:
                intent.Confirm(by, at);
                break;
        }
    }

    private static void Leave(Data.DiasporaDbContext context, Random random, PaymentIntent intent, Guid memberId, Guid by, DateTime at)
    {
        var credit = new Credit(memberId, new Money(500), intent.Id, by, at);
        context.Credits.Add(credit);
        switch (random.Next(4))
        {
            case 0:
                credit.Return("на карту", by, at.AddDays(random.Next(50)));
                break;
            case 1:
                credit.Void(by, at);
                break;
            case 2:
                // Paid out of what was there: no money came for it.
                var used = PaymentIntent.Record(
                    Guid.CreateVersion7(), $"u{intent.Code}", memberId, [new IntentLine(memberId, intent.Payments[0].Period.AddMonths(Months + 1), new Money(500))], PaymentMethod.Manual, new Receiving(Money.Zero, DateOnly.FromDateTime(at), null), by, at);
                context.Intents.Add(used);
                credit.Use(used.Id, by, at);
                break;
        }
    }

    private static void Prove(Data.DiasporaDbContext context, Random random, PaymentIntent intent, DateTime at, Guid by)
    {
        for (var source = 0; source <= random.Next(2); source++)
        {
            var evidence = new Evidence(source == 0 ? EvidenceSource.Statement : EvidenceSource.Webhook, Evidence.IdentityOf($"{intent.Code}-{source}"), DateOnly.FromDateTime(at).AddDays(random.Next(-20, 3)), null, 200_000, at);
            var match = new Match(evidence, intent.Id, at, 1, "[]", by, at);
            if (random.Next(4) == 0)
            {
                match.Undo(by, at);
            }

            context.Evidence.Add(evidence);
            context.Matches.Add(match);
        }
    }
}
