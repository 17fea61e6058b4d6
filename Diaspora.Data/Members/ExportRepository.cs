using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Export;
using Diaspora.Domain.Payments;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Members;

internal sealed class ExportRepository(DiasporaDbContext context) : IExportRepository
{
    private const string Comma = ",";

    public async Task<IReadOnlyDictionary<Guid, CopiedFacts>> CopiedAsync(IReadOnlyList<Guid> ids, DateOnly today, DateTime? rulesAt, CancellationToken cancel = default)
    {
        var rows = await (
            from member in context.Members
            join dues in context.Dues.TrueOn(today, rulesAt) on member.Id equals dues.MemberId
            where EF.Parameter(ids).Contains(member.Id)
            select new { member.Id, member.Number, member.FullName, member.Phone, member.Email, member.City, member.Iin, member.JoinedOn, IsBlocked = member.BlockedAt != null, dues.Standing, dues.Debt })
            .ToListAsync(cancel);
        return rows.ToDictionary(row => row.Id, row => new CopiedFacts(
            new ExportedMember(row.Id, row.Number.Value, row.FullName, row.Phone.Value, row.Email, row.City, row.Iin, row.JoinedOn), row.IsBlocked, row.Standing, row.Debt));
    }

    public async Task<IReadOnlyList<ExportFacts>> MembersAsync(IReadOnlyList<Guid> ids, CancellationToken cancel = default)
    {
        var members = await context.Members.Where(member => EF.Parameter(ids).Contains(member.Id))
            .Select(member => new { member.Id, member.Number, member.FullName, member.Phone, member.Email, member.City, member.Iin, member.JoinedOn, IsBlocked = member.BlockedAt != null })
            .ToListAsync(cancel);
        var exemptions = await SpansAsync(context.Set<Exemption>(), ids, cancel);
        var suspensions = await SpansAsync(context.Set<Suspension>(), ids, cancel);
        var payments = await MonthsAsync(context.Payments.Where(payment => payment.Status == PaymentStatus.Pending || payment.Status == PaymentStatus.Confirmed), ids, cancel);
        return members.ConvertAll(member => new ExportFacts(
            new ExportedMember(member.Id, member.Number.Value, member.FullName, member.Phone.Value, member.Email, member.City, member.Iin, member.JoinedOn),
            new LedgerFacts(member.JoinedOn, member.IsBlocked, [.. exemptions[member.Id]], [.. suspensions[member.Id]], [.. payments[member.Id]])));
    }

    public Task<ILookup<Guid, PaidMonth>> PaidAsync(IReadOnlyList<Guid> ids, CancellationToken cancel = default) =>
        MonthsAsync(context.Payments.Where(payment => payment.Status == PaymentStatus.Confirmed), ids, cancel);

    public async Task<IReadOnlyList<PaymentExportRow>> PaymentsAsync(IReadOnlyList<Guid> ids, CancellationToken cancel = default)
    {
        var members = await context.Members.Where(member => EF.Parameter(ids).Contains(member.Id))
            .Select(member => new { member.Id, member.FullName, member.Phone }).ToDictionaryAsync(member => member.Id, cancel);
        var paid = await context.Payments.Where(payment => EF.Parameter(ids).Contains(payment.MemberId))
            .Select(payment => new { payment.MemberId, payment.Period, payment.Status, payment.ConfirmedAt, payment.CreatedAt }).ToListAsync(cancel);
        var payments = paid.ToLookup(payment => payment.MemberId);
        return [.. ids.Where(members.ContainsKey).Select(id => members[id]).SelectMany(member => payments[member.Id].OrderBy(payment => payment.Period).ThenBy(payment => payment.CreatedAt)
            .Select(payment => new PaymentExportRow(member.FullName, member.Phone.Value, payment.Period, payment.Status, payment.Status == PaymentStatus.Confirmed ? payment.ConfirmedAt : null)))];
    }

    public async Task<PeriodSpan?> PaidMonthsAsync(CancellationToken cancel = default)
    {
        var months = context.Payments.Where(payment => payment.Status == PaymentStatus.Confirmed).Select(payment => (Period?)payment.Period);
        var first = await months.OrderBy(period => period).FirstOrDefaultAsync(cancel);
        return first is { } from ? new PeriodSpan(from, await months.OrderByDescending(period => period).FirstAsync(cancel)) : null;
    }

    /// <summary>The payments of each. A member pays many months of one sum, so the months of a sum come as one row: a row a month takes three times as long.</summary>
    private static async Task<ILookup<Guid, PaidMonth>> MonthsAsync(IQueryable<Payment> payments, IReadOnlyList<Guid> ids, CancellationToken cancel)
    {
        var sums = await payments
            .Where(payment => EF.Parameter(ids).Contains(payment.MemberId))
            .GroupBy(payment => new { payment.MemberId, payment.Status, payment.Amount.Tenge })
            .Select(group => new { group.Key.MemberId, group.Key.Status, group.Key.Tenge, Months = string.Join(Comma, group.Select(payment => (string)(object)payment.Period)) })
            .ToListAsync(cancel);
        var known = new Dictionary<string, Period>().GetAlternateLookup<ReadOnlySpan<char>>();
        return sums.SelectMany(sum => MonthsOf(sum.Months), (sum, month) => (sum.MemberId, Paid: new PaidMonth(month, sum.Status, new Money(sum.Tenge))))
            .ToLookup(row => row.MemberId, row => row.Paid);

        List<Period> MonthsOf(ReadOnlySpan<char> list)
        {
            List<Period> months = [];
            foreach (var part in list.Split(Comma))
            {
                if (!known.TryGetValue(list[part], out var month))
                {
                    known[list[part]] = month = Period.Parse(list[part].ToString(), null);
                }

                months.Add(month);
            }

            return months;
        }
    }

    private static async Task<ILookup<Guid, PeriodSpan>> SpansAsync<TInterval>(IQueryable<TInterval> intervals, IReadOnlyList<Guid> ids, CancellationToken cancel)
        where TInterval : MonthInterval
    {
        var spans = await intervals.Where(interval => EF.Parameter(ids).Contains(interval.MemberId)).Select(interval => new { interval.MemberId, interval.From, interval.To }).ToListAsync(cancel);
        return spans.ToLookup(interval => interval.MemberId, interval => new PeriodSpan(interval.From, interval.To));
    }
}
