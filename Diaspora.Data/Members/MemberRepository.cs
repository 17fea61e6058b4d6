using Diaspora.Domain;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Members;

internal sealed class MemberRepository(DiasporaDbContext context) : IMemberRepository
{
    public Task<ActingMember?> ActingAsync(Guid id, CancellationToken cancel = default) =>
        context.Members.Where(member => member.Id == id)
            .Select(member => new ActingMember(member.Id, member.FullName, member.Role, member.BlockedAt != null))
            .FirstOrDefaultAsync(cancel);

    public Task<Member?> FindAsync(Guid id, CancellationToken cancel = default) =>
        context.Members.Include(member => member.Exemptions).Include(member => member.Suspensions).FirstOrDefaultAsync(member => member.Id == id, cancel);

    public Task<string?> NameOfAsync(Guid id, CancellationToken cancel = default) =>
        context.Everybody.Where(member => member.Id == id).Select(member => (string?)member.FullName).FirstOrDefaultAsync(cancel);

    public async Task<Guid?> IdOfAsync(PhoneNumber phone, CancellationToken cancel = default) =>
        await context.Everybody.Where(member => member.Phone == phone).Select(member => member.MergedIntoId ?? (Guid?)member.Id).FirstOrDefaultAsync(cancel);

    public Task<bool> NumberExistsAsync(MemberNumber number, CancellationToken cancel = default) =>
        context.Everybody.AnyAsync(member => member.Number == number, cancel);

    public Task<bool> AnyAdminAsync(CancellationToken cancel = default) => context.Members.AnyAsync(member => member.Role == Role.Admin, cancel);

    public void Add(Member member) => context.Members.Add(member);

    public async Task<Page<MemberFacts>> PageAsync(MemberFilter filter, CancellationToken cancel = default)
    {
        var wanted = Matching(filter);
        var members = await wanted.OrderBy(member => member.SortKey).ThenBy(member => member.Id)
            .Skip((filter.Number - 1) * MemberFilter.Size).Take(MemberFilter.Size)
            .Include(member => member.Exemptions).Include(member => member.Suspensions)
            .ToListAsync(cancel);
        var total = filter.Number == 1 && members.Count < MemberFilter.Size ? members.Count : await wanted.CountAsync(cancel);
        var ids = members.ConvertAll(member => member.Id);
        var payments = await PaidMonthsAsync(context.Payments.Where(payment => ids.Contains(payment.MemberId)), cancel);
        return new Page<MemberFacts>([.. members.Select(member => FactsOf(member, payments[member.Id]))], total, filter.Number, MemberFilter.Size);
    }

    public async Task<IReadOnlyList<Guid>> IdsAsync(MemberFilter filter, CancellationToken cancel = default) =>
        await Matching(filter).OrderBy(member => member.SortKey).ThenBy(member => member.Id).Select(member => member.Id).ToListAsync(cancel);

    public async Task<IReadOnlyList<MemberFacts>> AllInAsync(PeriodSpan months, CancellationToken cancel = default)
    {
        var members = await context.Members.Where(member => member.JoinedOn != null).OrderBy(member => member.SortKey).ThenBy(member => member.Id)
            .Include(member => member.Exemptions).Include(member => member.Suspensions)
            .ToListAsync(cancel);
        var payments = await PaidMonthsAsync(context.Payments.Where(payment => payment.Period >= months.From && (months.To == null || payment.Period <= months.To)), cancel);
        return [.. members.Select(member => FactsOf(member, payments[member.Id]))];
    }

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

    private IQueryable<Member> Matching(MemberFilter filter)
    {
        var members = context.Members.AsQueryable();
        members = filter.Segment switch
        {
            MemberSegment.New => members.Where(member => member.JoinedOn != null && member.BlockedAt == null
                && !context.Payments.Any(payment => payment.MemberId == member.Id && payment.Status == PaymentStatus.Confirmed)),
            MemberSegment.Blocked => members.Where(member => member.BlockedAt != null),
            _ => members,
        };
        return members.Searched(filter.Search);
    }

    private async Task<MemberCard?> CardAsync(IQueryable<Member> wanted, CancellationToken cancel)
    {
        // Who decided may be a record that was merged since; whose card it is may not.
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
        new(member.Id, member.Number.Value, member.FullName, member.Phone.Value, member.City, member.Role, member.JoinedOn, member.BlockReason, member.CreatedAt);

    private static async Task<ILookup<Guid, Paid>> PaidMonthsAsync(IQueryable<Payment> payments, CancellationToken cancel)
    {
        var paid = await payments.Select(payment => new Paid(payment.MemberId, payment.Period, payment.Status, payment.Amount, payment.ConfirmedAt)).ToListAsync(cancel);
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
                [.. paid.Select(payment => new PaidMonth(payment.Period, payment.Status, payment.Amount))]),
            paid.Where(payment => payment.Status == PaymentStatus.Confirmed).Max(payment => payment.ConfirmedAt));
    }

    private sealed record Paid(Guid MemberId, Period Period, PaymentStatus Status, Money Amount, DateTime? ConfirmedAt);
}

internal static class MemberSearch
{
    /// <summary>Members by a part of the name in any spelling, of the phone, or by the beginning of the member number.</summary>
    public static IQueryable<Member> Searched(this IQueryable<Member> members, string? search)
    {
        if (string.IsNullOrWhiteSpace(search))
        {
            return members;
        }

        var digits = string.Concat(search.Where(char.IsAsciiDigit));
        if (digits.Length > 0 && !search.Any(char.IsLetter))
        {
            // 8 701 … is how people at home say +7 701 …
            var phone = digits.Length > 3 && digits[0] == '8' ? digits[1..] : digits;
            return members.Where(member => ((string)(object)member.Phone).Contains(phone) || ((string)(object)member.Number).StartsWith(digits));
        }

        var key = NameSkeleton.Of(search);
        return key.Length == 0 ? members.Where(_ => false) : members.Where(member => member.NameKey.Contains(key));
    }
}
