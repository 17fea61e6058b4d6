using Diaspora.Data.Members;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Reports;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Reports;

/// <summary>The people behind the figures, a page at a time.</summary>
internal sealed partial class ReportRepository
{
    public async Task<IReadOnlyList<Guid>> MembersAsync(MatrixFilter filter, int skip, int take, CancellationToken cancel = default)
    {
        var members = Wanted(filter);
        var sorted = filter.IsByDebt ? members.OrderByDescending(dues => dues.Debt).ThenBy(dues => dues.SortKey).ThenBy(dues => dues.MemberId) : members.OrderBy(dues => dues.SortKey).ThenBy(dues => dues.MemberId);
        return await sorted.Select(dues => dues.MemberId).Skip(skip).Take(take).ToListAsync(cancel);
    }

    public Task<int> CountAsync(MatrixFilter filter, CancellationToken cancel = default) => Wanted(filter).CountAsync(cancel);

    public async Task<IReadOnlyList<MemberFacts>> FactsAsync(IReadOnlyList<Guid> ids, CancellationToken cancel = default)
    {
        var members = await context.Members.Where(member => EF.Parameter(ids).Contains(member.Id)).Include(member => member.Exemptions).Include(member => member.Suspensions).ToDictionaryAsync(member => member.Id, cancel);
        return await MemberRepository.FactsAsync(context, [.. ids.Where(members.ContainsKey).Select(id => members[id])], cancel);
    }

    public Task<Page<ReportLine>> ListAsync(ReportListFilter filter, ReportDays days, CancellationToken cancel = default) => filter.Of switch
    {
        ReportListKind.Paid => PaymentsAsync(filter, PaymentStatus.Confirmed, days, cancel),
        ReportListKind.Pending => PaymentsAsync(filter, PaymentStatus.Pending, days, cancel),
        ReportListKind.Came => CameAsync(filter, days, cancel),
        ReportListKind.Returned => ReturnedAsync(filter, days, cancel),
        ReportListKind.Debtors => DebtorsAsync(filter, cancel),
        _ => WithoutPaymentAsync(filter, days, cancel),
    };

    /// <summary>Staff who pay no dues have no months.</summary>
    private IQueryable<MemberListing> Wanted(MatrixFilter filter)
    {
        var members = context.Listings.Where(dues => dues.Strip != "" && (!filter.IsOwing || dues.DebtMonths > 0));
        return filter.Search is null ? members : members.Matching(new MemberFilter(filter.Search), default);
    }

    private IQueryable<Member> Members(ReportListFilter filter)
    {
        var members = context.Members.Where(member => member.JoinedOn != null);
        return filter.IsWithoutCity ? members.Where(member => member.City == null) : filter.City is { } city ? members.Where(member => member.City == city) : members;
    }

    private async Task<Page<ReportLine>> PaymentsAsync(ReportListFilter filter, PaymentStatus status, ReportDays days, CancellationToken cancel)
    {
        var payments = context.Payments.Where(payment => payment.Period == filter.Month && payment.Status == status && (filter.Method == null || payment.Method == filter.Method));
        var found = from payment in payments
                    join member in Members(filter) on payment.MemberId equals member.Id
                    orderby member.SortKey, member.Id
                    select new { member.Number, member.FullName, member.Phone, member.City, payment.Amount.Tenge, At = payment.ConfirmedAt ?? payment.CreatedAt, payment.Method, payment.IntentId };
        return await PageAsync(found, filter, row => new ReportLine(row.Number.Value, row.FullName, row.Phone.Value, row.City, new Money(row.Tenge), DayOf(row.At, days), row.Method, 0, row.IntentId), cancel);
    }

    private async Task<Page<ReportLine>> WithoutPaymentAsync(ReportListFilter filter, ReportDays days, CancellationToken cancel)
    {
        // "Not in" and not "no such payment": the month's payments are read once, and not looked up for each member.
        var (paid, exempt, suspended) = (Live(filter.Month).Select(payment => payment.MemberId), Exempt(filter.Month), Suspended(filter.Month));
        var members = Members(filter).Where(member => !paid.Contains(member.Id));
        var found = (filter.Of switch
        {
            ReportListKind.Exempt => members.Where(member => exempt.Contains(member.Id)),
            ReportListKind.Suspended => members.Where(member => suspended.Contains(member.Id)),
            _ => members.Where(member => member.JoinedOn <= days.Last && !exempt.Contains(member.Id) && !suspended.Contains(member.Id)),
        }).OrderBy(member => member.SortKey).ThenBy(member => member.Id).Select(member => new { member.Number, member.FullName, member.Phone, member.City });
        return await PageAsync(found, filter, row => new ReportLine(row.Number.Value, row.FullName, row.Phone.Value, row.City, Money.Zero, null, null, 0, null), cancel);
    }

    private async Task<Page<ReportLine>> DebtorsAsync(ReportListFilter filter, CancellationToken cancel)
    {
        var (least, most) = (filter.Debt?.From ?? 1, filter.Debt?.To ?? int.MaxValue);
        var found = from dues in context.Listings
                    where dues.DebtMonths >= least && dues.DebtMonths <= most
                    join member in Members(filter) on dues.MemberId equals member.Id
                    orderby dues.DebtMonths descending, dues.SortKey, dues.MemberId
                    select new { member.Number, member.FullName, member.Phone, member.City, dues.Debt, dues.DebtMonths };
        return await PageAsync(found, filter, row => new ReportLine(row.Number.Value, row.FullName, row.Phone.Value, row.City, row.Debt, null, null, row.DebtMonths, null), cancel);
    }

    private async Task<Page<ReportLine>> CameAsync(ReportListFilter filter, ReportDays days, CancellationToken cancel)
    {
        var ids = CameIn(days);
        var found = from intent in context.Intents
                    where ids.Contains(intent.Id)
                        && (filter.Method == null || intent.Payments.Any(payment => payment.Method == filter.Method))
                        && intent.Payments.Where(payment => payment.Status == PaymentStatus.Confirmed || payment.Status == PaymentStatus.Refunded).Sum(payment => payment.Amount.Tenge)
                            + context.Credits.Where(credit => credit.IntentId == intent.Id && credit.Status != CreditStatus.Voided).Sum(credit => (long)(object)credit.Amount)
                            != context.Credits.Where(credit => credit.UsedIntentId == intent.Id).Sum(credit => (long)(object)credit.Amount)
                    join member in context.Everybody on intent.PayerId equals member.Id
                    orderby member.SortKey, intent.Id
                    select new
                    {
                        member.Number,
                        member.FullName,
                        member.Phone,
                        member.City,
                        intent.Id,
                        intent.ReceivedOn,
                        At = intent.ClaimedAt ?? intent.CreatedAt,
                        Method = intent.Payments.Select(payment => payment.Method).First(),
                        Paid = intent.Payments.Where(payment => payment.Status == PaymentStatus.Confirmed || payment.Status == PaymentStatus.Refunded).Sum(payment => payment.Amount.Tenge),
                        Left = context.Credits.Where(credit => credit.IntentId == intent.Id && credit.Status != CreditStatus.Voided).Sum(credit => (long)(object)credit.Amount),
                        Used = context.Credits.Where(credit => credit.UsedIntentId == intent.Id).Sum(credit => (long)(object)credit.Amount),
                        Proved = context.Matches.Where(match => match.IntentId == intent.Id && match.UndoneAt == null)
                            .Join(context.Evidence, match => match.EvidenceId, evidence => evidence.Id, (match, evidence) => (DateOnly?)evidence.On).Min(),
                    };
        return await PageAsync(found, filter, row => new ReportLine(
            row.Number.Value, row.FullName, row.Phone.Value, row.City, new Money(row.Paid + row.Left - row.Used), row.Proved ?? row.ReceivedOn ?? DayOf(row.At, days), row.Method, 0, row.Id), cancel);
    }

    /// <summary>Few in any month, and of two tables: they are put in order here.</summary>
    private async Task<Page<ReportLine>> ReturnedAsync(ReportListFilter filter, ReportDays days, CancellationToken cancel)
    {
        var refunded = await Refunded(days).Join(context.Everybody, payment => payment.MemberId, member => member.Id,
            (payment, member) => new { member.Number, member.FullName, member.Phone, member.City, member.SortKey, Sum = payment.Amount, At = payment.DecidedAt, payment.Method, payment.IntentId }).ToListAsync(cancel);
        var returned = await Returned(days).Join(context.Everybody, credit => credit.MemberId, member => member.Id,
            (credit, member) => new { member.Number, member.FullName, member.Phone, member.City, member.SortKey, Sum = credit.Amount, At = credit.SettledAt, credit.IntentId }).ToListAsync(cancel);
        var all = refunded.Select(row => (row.SortKey, Line: new ReportLine(row.Number.Value, row.FullName, row.Phone.Value, row.City, row.Sum, DayOf(row.At!.Value, days), row.Method, 0, row.IntentId)))
            .Concat(returned.Select(row => (row.SortKey, Line: new ReportLine(row.Number.Value, row.FullName, row.Phone.Value, row.City, row.Sum, DayOf(row.At!.Value, days), null, 0, row.IntentId))))
            .OrderBy(row => row.SortKey, StringComparer.Ordinal).Select(row => row.Line).ToList();
        return new Page<ReportLine>([.. all.Skip((filter.Number - 1) * ReportListFilter.Size).Take(ReportListFilter.Size)], all.Count, filter.Number, ReportListFilter.Size);
    }

    private static DateOnly DayOf(DateTime utc, ReportDays days) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), days.Zone));

    private static async Task<Page<ReportLine>> PageAsync<TRow>(IQueryable<TRow> found, ReportListFilter filter, Func<TRow, ReportLine> line, CancellationToken cancel)
    {
        var rows = await found.Skip((filter.Number - 1) * ReportListFilter.Size).Take(ReportListFilter.Size).ToListAsync(cancel);
        var total = filter.Number == 1 && rows.Count < ReportListFilter.Size ? rows.Count : await found.CountAsync(cancel);
        return new Page<ReportLine>([.. rows.Select(line)], total, filter.Number, ReportListFilter.Size);
    }
}
