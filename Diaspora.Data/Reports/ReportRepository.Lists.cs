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

    private IQueryable<Member> Members(ReportListFilter filter) => InCity(context.Members.Where(member => member.JoinedOn != null), filter);

    private static IQueryable<Member> InCity(IQueryable<Member> members, ReportListFilter filter) =>
        filter.IsWithoutCity ? members.Where(member => member.City == null) : filter.City is { } city ? members.Where(member => member.City == city) : members;

    private Task<Page<ReportLine>> PaymentsAsync(ReportListFilter filter, PaymentStatus status, ReportDays days, CancellationToken cancel)
    {
        var payments = context.Payments.Where(payment => payment.Period == filter.Month && payment.Status == status && (filter.Method == null || payment.Method == filter.Method));
        var theirs = payments.Select(payment => payment.MemberId);
        return ByNameAsync(Members(filter).Where(member => theirs.Contains(member.Id)), filter, async ids =>
        {
            var rows = await payments.Where(payment => EF.Parameter(ids).Contains(payment.MemberId)).Join(context.Members, payment => payment.MemberId, member => member.Id, (payment, member) => new
            {
                member.Id,
                member.Number,
                member.FullName,
                member.Phone,
                member.City,
                payment.Amount.Tenge,
                At = payment.ConfirmedAt ?? payment.CreatedAt,
                payment.Method,
                payment.IntentId,
            }).ToListAsync(cancel);
            return rows.ToDictionary(row => row.Id, row => new ReportLine(row.Number.Value, row.FullName, row.Phone.Value, row.City, new Money(row.Tenge), DayOf(row.At, days), row.Method, 0, row.IntentId));
        }, cancel);
    }

    private Task<Page<ReportLine>> WithoutPaymentAsync(ReportListFilter filter, ReportDays days, CancellationToken cancel)
    {
        // "Not in" and not "no such payment": the month's payments are read once, and not looked up for each member.
        var (paid, exempt, suspended) = (Live(filter.Month).Select(payment => payment.MemberId), Exempt(filter.Month), Suspended(filter.Month));
        var found = filter.Of switch
        {
            ReportListKind.Exempt => Members(filter).Where(member => exempt.Contains(member.Id)),
            ReportListKind.Suspended => Members(filter).Where(member => suspended.Contains(member.Id)),

            // Nearly everybody has joined: asked for plainly, SQLite takes the index of that day and fetches a hundred thousand rows for their names.
            _ => InCity(context.Members, filter).Where(member => (member.JoinedOn ?? DateOnly.MaxValue) <= days.Last && !exempt.Contains(member.Id) && !suspended.Contains(member.Id)),
        };
        found = found.Where(member => !paid.Contains(member.Id));
        return ByNameAsync(found, filter, async ids => (await context.Members.Where(member => EF.Parameter(ids).Contains(member.Id))
            .Select(member => new { member.Id, member.Number, member.FullName, member.Phone, member.City }).ToListAsync(cancel))
            .ToDictionary(row => row.Id, row => new ReportLine(row.Number.Value, row.FullName, row.Phone.Value, row.City, Money.Zero, null, null, 0, null)), cancel);
    }

    private Task<Page<ReportLine>> DebtorsAsync(ReportListFilter filter, CancellationToken cancel)
    {
        var (least, most) = (filter.Debt?.From ?? 1, filter.Debt?.To ?? int.MaxValue);
        var found = from dues in context.Listings
                    where dues.DebtMonths >= least && dues.DebtMonths <= most
                    join member in Members(filter) on dues.MemberId equals member.Id
                    select new { member, dues };
        return PageAsync(
            found.OrderByDescending(row => row.dues.DebtMonths).ThenBy(row => row.dues.SortKey).ThenBy(row => row.dues.MemberId).Select(row => row.dues.MemberId), found.Select(row => row.dues.MemberId), filter,
            async ids => (await found.Where(row => EF.Parameter(ids).Contains(row.dues.MemberId))
                .Select(row => new { row.member.Id, row.member.Number, row.member.FullName, row.member.Phone, row.member.City, row.dues.Debt, row.dues.DebtMonths }).ToListAsync(cancel))
                .ToDictionary(row => row.Id, row => new ReportLine(row.Number.Value, row.FullName, row.Phone.Value, row.City, row.Debt, null, null, row.DebtMonths, null)), cancel);
    }

    private async Task<Page<ReportLine>> CameAsync(ReportListFilter filter, ReportDays days, CancellationToken cancel)
    {
        var uneven = await UnevenAsync(days, cancel);
        List<Guid> nothing = [.. uneven.Where(intent => intent.Came == 0).Select(intent => intent.Id)];
        List<Guid> something = [.. uneven.Where(intent => intent.Came != 0 && (filter.Method is null || intent.Method == filter.Method)).Select(intent => intent.Id)];
        var came = CameIn(days);
        var paid = Came().Where(payment => filter.Method == null || payment.Method == filter.Method);

        // A left join, though no payer is shown without an intent: it makes SQLite go through the members in their order until the page is full, instead of sorting all that came.
        var inOrder = from member in context.Everybody
                      from intent in came.Where(intent => intent.PayerId == member.Id).DefaultIfEmpty()
                      where (paid.Any(payment => payment.IntentId == intent.Id) && !EF.Parameter(nothing).Contains(intent.Id)) || EF.Parameter(something).Contains(intent.Id)
                      orderby member.SortKey, intent.Id
                      select intent.Id;
        var ids = came.Select(intent => intent.Id);
        var all = context.Intents.Where(intent => ids.Contains(intent.Id)
            && ((paid.Any(payment => payment.IntentId == intent.Id) && !EF.Parameter(nothing).Contains(intent.Id)) || EF.Parameter(something).Contains(intent.Id))).Select(intent => intent.Id);
        return await PageAsync(inOrder, all, filter, async shown =>
        {
            var rows = await context.Intents.Where(intent => EF.Parameter(shown).Contains(intent.Id)).Join(context.Everybody, intent => intent.PayerId, member => member.Id, (intent, member) => new
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
                Proved = context.Matches.Where(match => match.IntentId == intent.Id && match.UndoneAt == null)
                    .Join(context.Evidence, match => match.EvidenceId, evidence => evidence.Id, (match, evidence) => (DateOnly?)evidence.On).Min(),
            }).ToListAsync(cancel);
            var sums = uneven.ToDictionary(intent => intent.Id, intent => intent.Came);
            return rows.ToDictionary(row => row.Id, row => new ReportLine(
                row.Number.Value, row.FullName, row.Phone.Value, row.City, new Money(sums.GetValueOrDefault(row.Id, row.Paid)), row.Proved ?? row.ReceivedOn ?? DayOf(row.At, days), row.Method, 0, row.Id));
        }, cancel);
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

    private static Task<Page<ReportLine>> ByNameAsync(IQueryable<Member> members, ReportListFilter filter, Func<List<Guid>, Task<Dictionary<Guid, ReportLine>>> read, CancellationToken cancel) =>
        PageAsync(members.OrderBy(member => member.SortKey).ThenBy(member => member.Id).Select(member => member.Id), members.Select(member => member.Id), filter, read, cancel);

    /// <summary>First which rows stand on the page, all of which is in indexes, and then what is shown of these few.</summary>
    private static async Task<Page<ReportLine>> PageAsync(
        IQueryable<Guid> inOrder, IQueryable<Guid> all, ReportListFilter filter, Func<List<Guid>, Task<Dictionary<Guid, ReportLine>>> read, CancellationToken cancel)
    {
        var ids = await inOrder.Skip((filter.Number - 1) * ReportListFilter.Size).Take(ReportListFilter.Size).ToListAsync(cancel);
        var total = filter.Number == 1 && ids.Count < ReportListFilter.Size ? ids.Count : await all.CountAsync(cancel);
        var lines = await read(ids);
        return new Page<ReportLine>([.. ids.Where(lines.ContainsKey).Select(id => lines[id])], total, filter.Number, ReportListFilter.Size);
    }
}
