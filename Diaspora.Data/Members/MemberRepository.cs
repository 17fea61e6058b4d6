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

    public async Task<Guid?> IdOfAsync(PhoneNumber phone, CancellationToken cancel = default) =>
        await context.Members.Where(member => member.Phone == phone).Select(member => (Guid?)member.Id).FirstOrDefaultAsync(cancel);

    public Task<bool> NumberExistsAsync(MemberNumber number, CancellationToken cancel = default) =>
        context.Members.AnyAsync(member => member.Number == number, cancel);

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

    public async Task<IReadOnlyList<MemberFacts>> AllInAsync(Period period, CancellationToken cancel = default)
    {
        var members = await context.Members.Where(member => member.JoinedOn != null).OrderBy(member => member.SortKey).ThenBy(member => member.Id)
            .Include(member => member.Exemptions).Include(member => member.Suspensions)
            .ToListAsync(cancel);
        var payments = await PaidMonthsAsync(context.Payments.Where(payment => payment.Period == period), cancel);
        return [.. members.Select(member => FactsOf(member, payments[member.Id]))];
    }

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

    private static async Task<ILookup<Guid, Paid>> PaidMonthsAsync(IQueryable<Payment> payments, CancellationToken cancel)
    {
        var paid = await payments.Select(payment => new Paid(payment.MemberId, payment.Period, payment.Status, payment.Amount, payment.ConfirmedAt)).ToListAsync(cancel);
        return paid.ToLookup(payment => payment.MemberId);
    }

    private static MemberFacts FactsOf(Member member, IEnumerable<Paid> payments)
    {
        List<Paid> paid = [.. payments];
        return new MemberFacts(
            new MemberPerson(member.Id, member.Number.Value, member.FullName, member.Phone.Value, member.City, member.Role, member.JoinedOn, member.BlockReason, member.CreatedAt),
            new LedgerFacts(
                member.JoinedOn,
                member.IsBlocked,
                [.. member.Exemptions.Select(exemption => new PeriodSpan(exemption.From, exemption.To))],
                [.. member.Suspensions.Select(suspension => new PeriodSpan(suspension.From, suspension.To))],
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
