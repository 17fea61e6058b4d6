using Diaspora.Domain.Dues;
using Diaspora.Domain.Export;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Members;

internal sealed class ExportRepository(DiasporaDbContext context) : IExportRepository
{
    private const string Comma = ",";

    public async Task<IReadOnlyDictionary<Guid, CopiedFacts>> CopiedAsync(IReadOnlyList<Guid> ids, DateOnly today, DateTime? rulesAt, CancellationToken cancel = default)
    {
        // Each table is read by itself. With a join the database would read all of the copy for each part.
        var copies = await context.Listings.TrueOn(today, rulesAt).Where(dues => EF.Parameter(ids).Contains(dues.MemberId))
            .Select(dues => new { dues.MemberId, dues.Standing, dues.Debt }).ToDictionaryAsync(dues => dues.MemberId, cancel);
        var people = await PeopleAsync([.. copies.Keys], cancel);
        return people.ToDictionary(person => person.Member.Id, person => new CopiedFacts(person.Member, person.IsBlocked, copies[person.Member.Id].Standing, copies[person.Member.Id].Debt));
    }

    public async Task<IReadOnlyList<ExportFacts>> MembersAsync(IReadOnlyList<Guid> ids, CancellationToken cancel = default)
    {
        var people = await PeopleAsync(ids, cancel);
        var exemptions = await SpansAsync(context.Set<Exemption>(), ids, cancel);
        var suspensions = await SpansAsync(context.Set<Suspension>(), ids, cancel);
        var payments = await MonthsAsync(context.Payments.Where(payment => payment.Status == PaymentStatus.Pending || payment.Status == PaymentStatus.Confirmed), ids, cancel);
        return [.. people.Select(person => new ExportFacts(
            person.Member,
            new LedgerFacts(person.Member.JoinedOn, person.IsBlocked, [.. exemptions[person.Member.Id]], [.. suspensions[person.Member.Id]], [.. payments[person.Member.Id]])))];
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

    private async Task<IReadOnlyList<(ExportedMember Member, bool IsBlocked)>> PeopleAsync(IReadOnlyList<Guid> ids, CancellationToken cancel)
    {
        var rows = await context.Members.Where(member => EF.Parameter(ids).Contains(member.Id))
            .Select(member => new { member.Id, member.Number, member.FullName, member.Phone, member.Email, member.City, member.Iin, member.JoinedOn, IsBlocked = member.BlockedAt != null })
            .ToListAsync(cancel);
        return rows.ConvertAll(row => (new ExportedMember(row.Id, row.Number.Value, row.FullName, row.Phone.Value, row.Email, row.City, row.Iin, row.JoinedOn), row.IsBlocked));
    }

    /// <summary>The payments of each member. Many months cost the same, so all months of one sum come as one row. A row for each month takes three times as long.</summary>
    private static async Task<ILookup<Guid, PaidMonth>> MonthsAsync(IQueryable<Payment> payments, IReadOnlyList<Guid> ids, CancellationToken cancel)
    {
        var sums = await payments
            .Where(payment => EF.Parameter(ids).Contains(payment.MemberId))
            .GroupBy(payment => new { payment.MemberId, payment.Status, payment.Amount.Tenge })
            .Select(group => new { group.Key.MemberId, group.Key.Status, group.Key.Tenge, Months = string.Join(Comma, group.Select(payment => (string)(object)payment.Period)) })
            .ToListAsync(cancel);
        var known = new Dictionary<string, Period>().GetAlternateLookup<ReadOnlySpan<char>>();
        return sums.SelectMany(sum => MonthsOf(sum.Months), (sum, month) => (sum.MemberId, Paid: new PaidMonth(month, sum.Status.ForLedger(), new Money(sum.Tenge))))
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
