using Diaspora.Data.Members;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Diaspora.Data.Reports;

internal sealed class ClosedMonthConfiguration : IEntityTypeConfiguration<ClosedMonth>
{
    public void Configure(EntityTypeBuilder<ClosedMonth> entity)
    {
        entity.ToTable("ClosedMonths");
        entity.Property(month => month.Id).ValueGeneratedNever();
        entity.HasIndex(month => month.Month).IsUnique();
        entity.Ignore(month => month.Summary);
    }
}

/// <summary>The figures of the reports. Each question reads one index from end to end, and no member's ledger: a hundred thousand of them cannot be computed for a page.</summary>
internal sealed partial class ReportRepository(DiasporaDbContext context) : IReportRepository
{
    public async Task<MonthSummary> MonthAsync(Period month, Money fee, CancellationToken cancel = default)
    {
        var last = month.Next.FirstDay.AddDays(-1);
        var paid = await (
            from payment in Live(month)
            join member in context.Members on payment.MemberId equals member.Id
            where member.JoinedOn != null
            group payment by new { member.City, payment.Status, payment.Method, IsIn = member.JoinedOn <= last } into same
            select new { same.Key.City, same.Key.Status, same.Key.Method, same.Key.IsIn, Count = same.Count(), Sum = same.Sum(payment => payment.Amount.Tenge) }).ToListAsync(cancel);
        var joined = await context.Members.Where(member => member.JoinedOn <= last).GroupBy(member => member.City).Select(city => new { City = city.Key, Count = city.Count() }).ToListAsync(cancel);
        var exempt = await FreeAsync(Exempt(month), month, last, cancel);
        var suspended = await FreeAsync(Suspended(month), month, last, cancel);
        var begun = await context.Payments.CountAsync(
            payment => payment.Period == month && payment.Status == PaymentStatus.Pending && context.Members.Any(member => member.Id == payment.MemberId && member.JoinedOn != null)
                && context.Intents.Any(intent => intent.Id == payment.IntentId && intent.ClaimedAt == null), cancel);

        // Who has joined by then owes the month, but for those who pay it and those who need not.
        var settled = paid.Where(row => row.IsIn).Select(row => (City: new Named(row.City), row.Count))
            .Concat(exempt.Concat(suspended).Where(row => row.IsIn).Select(row => (City: new Named(row.City), row.Count))).ToLookup(row => row.City, row => row.Count);
        var owing = joined.ToDictionary(row => new Named(row.City), row => row.Count - settled[new Named(row.City)].Sum());
        var payers = paid.Where(row => row.Status == PaymentStatus.Confirmed).ToList();
        var waiting = paid.Where(row => row.Status == PaymentStatus.Pending).ToList();
        return new MonthSummary(
            new MonthFigures(
                month, payers.Sum(row => row.Count), new Money(payers.Sum(row => row.Sum)), waiting.Sum(row => row.Count), new Money(waiting.Sum(row => row.Sum)), owing.Values.Sum(), fee)
            {
                Begun = begun,
            },
            exempt.Sum(row => row.Count),
            suspended.Sum(row => row.Count),
            [.. payers.GroupBy(row => row.Method).Select(method => new MethodSum(method.Key, method.Sum(row => row.Count), new Money(method.Sum(row => row.Sum)))).OrderBy(method => method.Method)],
            MonthSummary.InOrder(owing.Keys.Concat(paid.Select(row => new Named(row.City))).Distinct().Select(city => new CityFigures(
                city.Name,
                payers.Where(row => row.City == city.Name).Sum(row => row.Count),
                new Money(payers.Where(row => row.City == city.Name).Sum(row => row.Sum)),
                waiting.Where(row => row.City == city.Name).Sum(row => row.Count),
                owing.GetValueOrDefault(city)))),
            new CameMoney([], Money.Zero));
    }

    public async Task<CameMoney> CameAsync(ReportDays days, CancellationToken cancel = default)
    {
        var intents = CameIn(days).Select(intent => intent.Id);
        var paid = await Came().Where(payment => intents.Contains(payment.IntentId)).GroupBy(payment => payment.Method)
            .Select(method => new { Method = method.Key, Count = method.Select(payment => payment.IntentId).Distinct().Count(), Sum = method.Sum(payment => payment.Amount.Tenge) }).ToListAsync(cancel);
        var sums = paid.ToDictionary(row => row.Method, row => (row.Count, row.Sum));
        foreach (var intent in await UnevenAsync(days, cancel))
        {
            var (count, sum) = sums.GetValueOrDefault(intent.Method);
            sums[intent.Method] = (count - (intent.Paid > 0 ? 1 : 0) + (intent.Came != 0 ? 1 : 0), sum + intent.Came - intent.Paid);
        }

        var refunded = await Refunded(days).SumAsync(payment => payment.Amount.Tenge, cancel);
        var returned = await Returned(days).Select(credit => credit.Amount).ToListAsync(cancel);
        return new CameMoney(
            [.. sums.Where(method => method.Value.Count > 0).Select(method => new MethodSum(method.Key, method.Value.Count, new Money(method.Value.Sum))).OrderBy(method => method.Method)],
            new Money(refunded) + Money.Sum(returned));
    }

    public async Task<IReadOnlyDictionary<Period, (int Payers, Money Sum)>> PaidAsync(IReadOnlyCollection<Period> months, CancellationToken cancel = default)
    {
        // Each month by its name: given a beginning and an end, SQLite prefers the index of the status and reads every payment there ever was.
        List<Period> named = [.. months];
        var payments = context.Payments.Where(payment => named.Contains(payment.Period) && payment.Status == PaymentStatus.Confirmed);
        var all = await payments.GroupBy(payment => payment.Period).Select(month => new { Month = month.Key, Count = month.Count(), Sum = month.Sum(payment => payment.Amount.Tenge) }).ToListAsync(cancel);

        // Those few who pay without a ledger are taken off again: to ask for each payment whose it is takes ten times as long, and so does the database if it is left to choose.
        var without = await context.Members.Where(member => member.JoinedOn == null).Select(member => member.Id).ToListAsync(cancel);
        var others = without.Count == 0 ? [] : await payments.Where(payment => EF.Parameter(without).Contains(payment.MemberId)).GroupBy(payment => payment.Period)
            .Select(month => new { Month = month.Key, Count = month.Count(), Sum = month.Sum(payment => payment.Amount.Tenge) }).ToDictionaryAsync(month => month.Month, cancel);
        return all.ToDictionary(
            month => month.Month,
            month => others.TryGetValue(month.Month, out var other) ? (month.Count - other.Count, new Money(month.Sum - other.Sum)) : (month.Count, new Money(month.Sum)));
    }

    public async Task<DebtAgeing> DebtsAsync(CancellationToken cancel = default)
    {
        var debts = await context.Listings.Where(dues => dues.DebtMonths > 0).GroupBy(dues => new { dues.City, dues.DebtMonths, dues.Debt })
            .Select(same => new { same.Key.City, same.Key.DebtMonths, same.Key.Debt, Count = same.Count() }).ToListAsync(cancel);
        return DebtAgeing.Of(debts.ConvertAll(same => (same.City, same.DebtMonths, same.Count, new Money(same.Debt.Tenge * same.Count))));
    }

    public async Task<IReadOnlyDictionary<Period, ClosedMonth>> ClosedAsync(PeriodSpan months, CancellationToken cancel = default) =>
        await context.Set<ClosedMonth>().Where(month => month.Month >= months.From && month.Month <= months.To).ToDictionaryAsync(month => month.Month, cancel);

    public async Task<Period?> FirstMonthAsync(CancellationToken cancel = default)
    {
        var joined = await context.Members.Where(member => member.JoinedOn != null).Select(member => member.JoinedOn).OrderBy(day => day).FirstOrDefaultAsync(cancel);
        var paid = await context.Payments.Select(payment => (Period?)payment.Period).OrderBy(month => month).FirstOrDefaultAsync(cancel);
        var first = joined is { } day ? Period.Of(day) : (Period?)null;
        return first is null || paid < first ? paid : first;
    }

    public void Add(ClosedMonth month) => context.Set<ClosedMonth>().Add(month);

    private IQueryable<Payment> Live(Period month) => context.Payments.Where(payment => payment.Period == month && (payment.Status == PaymentStatus.Pending || payment.Status == PaymentStatus.Confirmed));

    /// <summary>Payments whose money came, whether or not it went back later.</summary>
    private IQueryable<Payment> Came() => context.Payments.Where(payment => payment.Status == PaymentStatus.Confirmed || payment.Status == PaymentStatus.Refunded);

    private IQueryable<Payment> Refunded(ReportDays days) =>
        context.Payments.Where(payment => payment.Status == PaymentStatus.Refunded && payment.DecidedAt >= days.FromUtc && payment.DecidedAt < days.ToUtc);

    private IQueryable<Credit> Returned(ReportDays days) =>
        context.Credits.Where(credit => credit.Status == CreditStatus.Returned && credit.SettledAt >= days.FromUtc && credit.SettledAt < days.ToUtc);

    /// <summary>The intents whose money came in these days, as <see cref="ReportFacts.DayOf"/> has it: each part goes along an index of its own, and none has an intent twice.</summary>
    /// <param name="among">Those of which it is asked; everybody's where it is missing.</param>
    private IQueryable<CameIntent> CameIn(ReportDays days, IQueryable<Guid>? among = null)
    {
        var intents = among is null ? context.Intents : context.Intents.Where(intent => among.Contains(intent.Id));
        var proofs = context.Matches.Where(match => match.UndoneAt == null).Join(context.Evidence, match => match.EvidenceId, evidence => evidence.Id, (match, evidence) => new { match.IntentId, evidence.On });
        var proved = proofs.Where(proof => proof.On >= days.First && proof.On <= days.Last).Select(proof => proof.IntentId);
        var unproved = intents.Where(intent => !context.Matches.Any(match => match.IntentId == intent.Id && match.UndoneAt == null));
        var told = unproved.Where(intent => intent.ReceivedOn == null && intent.RecordedBy == null);
        return OfThese(intents.Where(intent => proved.Contains(intent.Id) && !proofs.Any(earlier => earlier.IntentId == intent.Id && earlier.On < days.First)))
            .Concat(OfThese(unproved.Where(intent => intent.ReceivedOn >= days.First && intent.ReceivedOn <= days.Last)))
            .Concat(OfThese(told.Where(intent => intent.ClaimedAt >= days.FromUtc && intent.ClaimedAt < days.ToUtc)))
            .Concat(OfThese(told.Where(intent => intent.ClaimedAt == null && intent.CreatedAt >= days.FromUtc && intent.CreatedAt < days.ToUtc)));

        static IQueryable<CameIntent> OfThese(IQueryable<PaymentIntent> intents) => intents.Select(intent => new CameIntent { Id = intent.Id, PayerId = intent.PayerId });
    }

    /// <summary>Where something was left over or used up, what came is not what was paid: those few intents are looked at one by one, and found by their credits.</summary>
    private async Task<IReadOnlyList<UnevenIntent>> UnevenAsync(ReportDays days, CancellationToken cancel)
    {
        var left = context.Credits.Where(credit => credit.Status != CreditStatus.Voided);
        var used = context.Credits.Where(credit => credit.UsedIntentId != null);
        var ids = await CameIn(days, left.Select(credit => credit.IntentId).Concat(used.Select(credit => credit.UsedIntentId!.Value))).Select(intent => intent.Id).ToListAsync(cancel);
        if (ids.Count == 0)
        {
            return [];
        }

        var more = (await left.Where(credit => EF.Parameter(ids).Contains(credit.IntentId)).Select(credit => new { credit.IntentId, credit.Amount }).ToListAsync(cancel))
            .Concat((await used.Where(credit => EF.Parameter(ids).Contains(credit.UsedIntentId!.Value)).Select(credit => new { IntentId = credit.UsedIntentId!.Value, credit.Amount }).ToListAsync(cancel))
                .Select(credit => new { credit.IntentId, Amount = Money.Zero - credit.Amount })).ToLookup(credit => credit.IntentId, credit => credit.Amount.Tenge);
        var payments = await context.Payments.Where(payment => EF.Parameter(ids).Contains(payment.IntentId))
            .Select(payment => new { payment.IntentId, payment.Method, payment.Status, payment.Amount.Tenge }).ToListAsync(cancel);
        return [.. payments.GroupBy(payment => payment.IntentId).Select(intent =>
        {
            var paid = intent.Where(payment => payment.Status is PaymentStatus.Confirmed or PaymentStatus.Refunded).Sum(payment => payment.Tenge);
            return new UnevenIntent(intent.Key, intent.First().Method, paid, paid + more[intent.Key].Sum());
        })];
    }

    private IQueryable<Guid> Exempt(Period month) =>
        context.Set<Exemption>().Where(exemption => exemption.From <= month && (exemption.To == null || exemption.To >= month)).Select(exemption => exemption.MemberId);

    /// <summary>Who is exempt as well is counted as exempt.</summary>
    private IQueryable<Guid> Suspended(Period month)
    {
        var exempt = Exempt(month);
        return context.Set<Suspension>().Where(suspension => suspension.From <= month && (suspension.To == null || suspension.To >= month) && !exempt.Contains(suspension.MemberId)).Select(suspension => suspension.MemberId);
    }

    /// <summary>Who of these pays nothing for the month, by city, and whether they had joined by then.</summary>
    private async Task<List<Free>> FreeAsync(IQueryable<Guid> free, Period month, DateOnly last, CancellationToken cancel) =>
        await context.Members.Where(member => free.Contains(member.Id) && member.JoinedOn != null
                && !context.Payments.Any(payment => payment.MemberId == member.Id && payment.Period == month && (payment.Status == PaymentStatus.Pending || payment.Status == PaymentStatus.Confirmed)))
            .GroupBy(member => new { member.City, IsIn = member.JoinedOn <= last }).Select(same => new Free(same.Key.City, same.Key.IsIn, same.Count())).ToListAsync(cancel);

    private sealed class CameIntent
    {
        public Guid Id { get; init; }

        public Guid PayerId { get; init; }
    }

    /// <param name="Paid">The months it paid, in tenge.</param>
    /// <param name="Came">The money that came for it.</param>
    private sealed record UnevenIntent(Guid Id, PaymentMethod Method, long Paid, long Came);

    private sealed record Free(string? City, bool IsIn, int Count);

    /// <summary>A dictionary has no key that is missing.</summary>
    private sealed record Named(string? Name);
}
