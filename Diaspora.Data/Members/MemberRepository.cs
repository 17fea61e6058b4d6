using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Members;

internal sealed class MemberRepository(DiasporaDbContext context) : IMemberRepository
{
    public Task HoldAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancel = default) => context.Held.AddAsync(ids, cancel);

    public async Task<Member?> FindAsync(Guid id, CancellationToken cancel = default)
    {
        await context.Held.AddAsync([id], cancel);
        return await context.Members.Include(member => member.Exemptions).Include(member => member.Suspensions).FirstOrDefaultAsync(member => member.Id == id, cancel);
    }

    public async Task<(Guid Id, string FullName)?> TodayAsync(Guid id, CancellationToken cancel = default) =>
        await context.Everybody.Where(record => record.Id == id)
            .Join(context.Everybody, record => record.MergedIntoId ?? record.Id, stays => stays.Id, (_, stays) => new { stays.Id, stays.FullName })
            .FirstOrDefaultAsync(cancel) is { } found ? (found.Id, found.FullName) : null;

    public async Task<Guid?> IdOfAsync(PhoneNumber phone, CancellationToken cancel = default) =>
        await context.Everybody.Where(member => member.Phone == phone).Select(member => member.MergedIntoId ?? (Guid?)member.Id).FirstOrDefaultAsync(cancel);

    public Task<bool> NumberExistsAsync(MemberNumber number, CancellationToken cancel = default) =>
        context.Everybody.AnyAsync(member => member.Number == number, cancel);

    public Task<bool> AnyAdminAsync(CancellationToken cancel = default) => context.Members.AnyAsync(member => member.Role == Role.Admin, cancel);

    public void Add(Member member) => context.Members.Add(member);

    public async Task<Page<MemberFacts>> PageAsync(MemberFilter filter, Period current, int? known = null, CancellationToken cancel = default)
    {
        var wanted = context.Listings.Matching(filter, current);
        var total = known ?? await wanted.CountAsync(cancel);
        var ids = await PageOf(wanted, filter, total).ToListAsync(cancel);
        if (IsNearTheEnd(filter, total))
        {
            ids.Reverse();
        }

        var members = await context.Members.Where(member => ids.Contains(member.Id)).Include(member => member.Exemptions).Include(member => member.Suspensions).ToListAsync(cancel);
        var facts = await FactsAsync(context, [.. members.OrderBy(member => ids.IndexOf(member.Id))], cancel);
        return new Page<MemberFacts>(facts, total, filter.Number, MemberFilter.Size);
    }

    public async Task<MemberFacts?> OneAsync(Guid id, MemberFilter filter, Period current, CancellationToken cancel = default)
    {
        var wanted = context.Listings.Matching(filter, current);
        var members = context.Members.Where(member => member.Id == id && wanted.Any(dues => dues.MemberId == id)).Include(member => member.Exemptions).Include(member => member.Suspensions);
        return (await FactsAsync(context, await members.ToListAsync(cancel), cancel)).SingleOrDefault();
    }

    public async Task<IReadOnlyList<MemberFacts>> WithNumbersAsync(IReadOnlyCollection<MemberNumber> numbers, CancellationToken cancel = default) =>
        numbers.Count == 0 ? [] : await FactsAsync(
            context, await context.Members.Where(member => numbers.Contains(member.Number)).Include(member => member.Exemptions).Include(member => member.Suspensions).ToListAsync(cancel), cancel);

    public async Task<SegmentCounts> CountsAsync(MemberFilter filter, Period current, CancellationToken cancel = default)
    {
        // All counts in one reading of the narrow table.
        string[] owed = [MemberListing.LetterOf(MonthState.Due), MemberListing.LetterOf(MonthState.Overdue)];
        var (pending, place) = (MemberListing.LetterOf(MonthState.Pending), MemberSearch.PlaceOf(filter, current));
        var counts = await context.Listings.Matching(filter with { Segment = MemberSegment.All }, current).GroupBy(_ => 1).Select(all => new SegmentCounts(
            all.Count(),
            all.Count(dues => EF.Constant(owed).Contains(dues.Strip.Substring(place, 1))),
            all.Count(dues => dues.Strip.Substring(place, 1) == pending),
            all.Count(dues => dues.DebtMonths > 0),
            all.Count(dues => dues.IsNew),
            all.Count(dues => dues.Standing == Standing.Blocked))).SingleOrDefaultAsync(cancel);
        return counts ?? new SegmentCounts(0, 0, 0, 0, 0, 0);
    }

    public async Task<IReadOnlyList<string>> CitiesAsync(int most, CancellationToken cancel = default)
    {
        var cities = await context.Listings.Where(dues => dues.City != null).GroupBy(dues => dues.City!).OrderByDescending(city => city.Count()).ThenBy(city => city.Key).Take(most).Select(city => city.Key).ToListAsync(cancel);
        return [.. cities.OrderBy(NameOrder.KeyOf, StringComparer.Ordinal)];
    }

    public Task<string?> NameOfIinAsync(string iin, Guid exceptId, CancellationToken cancel = default) =>
        context.Members.Where(member => member.Iin == iin && member.Id != exceptId).Select(member => member.FullName).FirstOrDefaultAsync(cancel);

    /// <summary>The members with the payments their ledgers are computed from, in the same order.</summary>
    public static async Task<IReadOnlyList<MemberFacts>> FactsAsync(DiasporaDbContext context, IReadOnlyList<Member> members, CancellationToken cancel = default)
    {
        var ids = members.Select(member => member.Id).ToList();
        var payments = await PaidMonthsAsync(context.Payments.Where(payment => ids.Contains(payment.MemberId)), cancel);
        return [.. members.Select(member => FactsOf(member, payments[member.Id]))];
    }

    public async Task<IReadOnlyList<Guid>> IdsAsync(MemberFilter filter, Period current, CancellationToken cancel = default) =>
        await context.Listings.Matching(filter, current).Sorted(filter).Select(dues => dues.MemberId).ToListAsync(cancel);

    public async Task<IReadOnlyList<MemberFacts>> AllInAsync(PeriodSpan months, CancellationToken cancel = default)
    {
        var members = await context.Members.Where(member => member.JoinedOn != null).OrderBy(member => member.SortKey).ThenBy(member => member.Id)
            .Include(member => member.Exemptions).Include(member => member.Suspensions)
            .ToListAsync(cancel);
        var payments = await PaidMonthsAsync(context.Payments.Where(payment => payment.Period >= months.From && (months.To == null || payment.Period <= months.To)), cancel);
        return [.. members.Select(member => FactsOf(member, payments[member.Id]))];
    }

    public async Task<IReadOnlyList<Guid>> WithoutCardAsync(Period current, CancellationToken cancel = default) =>
        await context.Everybody.Where(member => member.MergedIntoId != null || member.BlockedAt != null || member.JoinedOn == null
            || member.Suspensions.Any(months => months.From <= current && (months.To == null || months.To >= current))).Select(member => member.Id).ToListAsync(cancel);

    public void Add(MemberNote note) => context.Notes.Add(note);

    public void Remove(MemberNote note) => context.Notes.Remove(note);

    public Task<MemberNote?> FindNoteAsync(Guid noteId, CancellationToken cancel = default) => context.Notes.FirstOrDefaultAsync(note => note.Id == noteId, cancel);

    public async Task<IReadOnlyList<NoteRow>> NotesAsync(Guid memberId, CancellationToken cancel = default) =>
        await context.Notes.Where(note => note.MemberId == memberId).OrderByDescending(note => note.CreatedAt).ThenBy(note => note.Id)
            .Select(note => new NoteRow(note.Id, note.Text, context.Everybody.Where(member => member.Id == note.WrittenBy).Select(member => member.FullName).FirstOrDefault(), note.CreatedAt)).ToListAsync(cancel);

    public async Task<MemberCard?> CardAsync(string number, CancellationToken cancel = default)
    {
        if (!MemberNumber.TryParse(number, out var known))
        {
            return null;
        }

        // A number of a record that was merged still leads to the person.
        return await CardAsync(context.Members.Where(member => member.Number == known), cancel)
            ?? await CardAsync(context.Members.Where(member => context.Everybody.Any(old => old.Number == known && old.MergedIntoId == member.Id)), cancel);
    }

    public Task<MemberCard?> CardAsync(Guid id, CancellationToken cancel = default) => CardAsync(context.Members.Where(member => member.Id == id), cancel);

    /// <summary>Pages of the later half are counted from the end, so the last page costs what the first one does.</summary>
    private static bool IsNearTheEnd(MemberFilter filter, int total) => filter.Number > 1 && (filter.Number - 1) * MemberFilter.Size > total / 2;

    private static IQueryable<Guid> PageOf(IQueryable<MemberListing> wanted, MemberFilter filter, int total)
    {
        var skip = (filter.Number - 1) * MemberFilter.Size;
        var take = Math.Min(MemberFilter.Size, Math.Max(0, total - skip));
        return IsNearTheEnd(filter, total)
            ? wanted.Sorted(filter, backwards: true).Skip(Math.Max(0, total - skip - take)).Take(take).Select(dues => dues.MemberId)
            : wanted.Sorted(filter).Skip(skip).Take(take).Select(dues => dues.MemberId);
    }

    private async Task<MemberCard?> CardAsync(IQueryable<Member> wanted, CancellationToken cancel)
    {
        // Who decided may be a record that was merged since, so merged records are read too. The card itself must not be one of them.
        var found = await wanted.Where(member => member.MergedIntoId == null).Select(member => new
        {
            Member = member,
            Exemptions = member.Exemptions.Select(interval => new
            {
                Interval = interval,
                By = context.Everybody.Where(other => other.Id == interval.DecidedBy).Select(other => other.FullName).FirstOrDefault(),
                EndedBy = context.Everybody.Where(other => other.Id == interval.EndedBy).Select(other => other.FullName).FirstOrDefault(),
            }).ToList(),
            Suspensions = member.Suspensions.Select(interval => new
            {
                Interval = interval,
                By = context.Everybody.Where(other => other.Id == interval.DecidedBy).Select(other => other.FullName).FirstOrDefault(),
                EndedBy = context.Everybody.Where(other => other.Id == interval.EndedBy).Select(other => other.FullName).FirstOrDefault(),
            }).ToList(),
        }).FirstOrDefaultAsync(cancel);
        if (found is null)
        {
            return null;
        }

        var intervals = found.Exemptions.Select(row => RowOf(row.Interval, row.By, row.EndedBy)).Concat(found.Suspensions.Select(row => RowOf(row.Interval, row.By, row.EndedBy)));
        return new MemberCard(PersonOf(found.Member), found.Member.Email, found.Member.Language, found.Member.IsBlocked, [.. intervals.OrderByDescending(row => row.From)]);
    }

    private static IntervalRow RowOf(MonthInterval interval, string? by, string? endedBy) =>
        new(interval.Id, interval is Exemption, interval.From, interval.To, interval.Reason, by, interval.CreatedAt, endedBy, interval.EndedAt);

    private static MemberPerson PersonOf(Member member) =>
        new(member.Id, member.Number.Value, member.FullName, member.Phone.Value, member.City, member.Role, member.JoinedOn, member.BlockReason, member.CreatedAt) { Language = member.Language };

    private static async Task<ILookup<Guid, Paid>> PaidMonthsAsync(IQueryable<Payment> payments, CancellationToken cancel)
    {
        // Selects the number and not the Money, for which EF would read every payment whole.
        var paid = await payments.Select(payment => new Paid(payment.MemberId, payment.Period, payment.Status, payment.Amount.Tenge, payment.ConfirmedAt)).ToListAsync(cancel);
        return paid.ToLookup(payment => payment.MemberId);
    }

    private static MemberFacts FactsOf(Member member, IEnumerable<Paid> payments)
    {
        List<Paid> paid = [.. payments];
        return new MemberFacts(
            PersonOf(member),
            new LedgerFacts(
                member.JoinedOn,
                member.IsBlocked,
                [.. member.Exemptions.Select(exemption => exemption.Span)],
                [.. member.Suspensions.Select(suspension => suspension.Span)],
                [.. paid.Select(payment => new PaidMonth(payment.Period, payment.Status.ForLedger(), new Money(payment.Tenge)))]),
            paid.Where(payment => payment.Status == PaymentStatus.Confirmed).Max(payment => payment.ConfirmedAt));
    }

    private sealed record Paid(Guid MemberId, Period Period, PaymentStatus Status, long Tenge, DateTime? ConfirmedAt);
}
