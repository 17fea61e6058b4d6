using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Merging;
using Diaspora.Domain.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Diaspora.Data.Members;

internal sealed class DuplicateRepository(DiasporaDbContext context) : IDuplicateRepository
{
    /// <summary>The last digits of a number, whichever prefix is before them.</summary>
    private const int TailDigits = 10;

    /// <summary>So many words of a name are looked for, as a middle name is written by some only.</summary>
    private const int WordsOfAName = 2;

    /// <summary>So many are read and compared by their words.</summary>
    private const int MostAlike = 500;

    /// <summary>A pattern that no name has: a skeleton is letters, digits and spaces.</summary>
    private const string NoName = "!";

    public async Task<IReadOnlyList<DuplicateCandidate>> CandidatesAsync(CancellationToken cancel = default)
    {
        // The database groups by key and returns only members who share one.
        var names = context.Members.GroupBy(member => member.NameSet).Where(group => group.Count() > 1).Select(group => group.Key);
        var namesakes = await RowsAsync(context.Members.Where(member => (member.City != null || member.Iin != null) && names.Contains(member.NameSet)), cancel);
        var tails = Tails().GroupBy(row => row.Tail).Where(group => group.Count() > 1).Select(group => group.Key);
        var sharing = Tails().Where(row => tails.Contains(row.Tail)).Select(row => row.Id);
        return [.. namesakes, .. await RowsAsync(context.Members.Where(member => sharing.Contains(member.Id)), cancel)];
    }

    public async Task<IReadOnlyList<DuplicateCandidate>> AlikeAsync(string nameSet, IReadOnlyList<string> patterns, Guid? id, CancellationToken cancel = default)
    {
        var owner = id is null ? [] : await RowsAsync(context.Members.Where(member => member.Id == id), cancel);
        if (patterns.Count < WordsOfAName)
        {
            return owner;
        }

        // In the narrow table; without spaces, as what one writes as one word another writes as two, and with its j apart, which is дз where two words became one.
        string[] words = [.. patterns.OrderByDescending(pattern => pattern.Length).Concat([NoName, NoName]).Take(4)];
        var (first, second, third, fourth) = (words[0], words[1], words[2], words[3]);
        var named = context.Listings.Select(dues => new { dues.MemberId, Name = dues.NameKey.Replace(" ", "").Replace("j", "dz") }).Where(dues =>
            (EF.Functions.Like(dues.Name, first) ? 1 : 0) + (EF.Functions.Like(dues.Name, second) ? 1 : 0)
            + (EF.Functions.Like(dues.Name, third) ? 1 : 0) + (EF.Functions.Like(dues.Name, fourth) ? 1 : 0) >= WordsOfAName);
        var alike = context.Members.Where(member => member.Id != id && named.Any(dues => dues.MemberId == member.Id));
        return [.. owner, .. await RowsAsync(alike.OrderByDescending(member => member.NameSet == nameSet).ThenBy(member => member.Id).Take(MostAlike), cancel)];
    }

    public async Task<IReadOnlySet<(Guid, Guid)>> DismissedPairsAsync(CancellationToken cancel = default)
    {
        var pairs = await context.Dismissals.Select(pair => new { pair.FirstId, pair.SecondId }).ToListAsync(cancel);
        return pairs.Select(pair => (pair.FirstId, pair.SecondId)).ToHashSet();
    }

    public async Task<IReadOnlyList<DismissedRow>> DismissedAsync(int count, CancellationToken cancel = default)
    {
        var rows = await (
            from pair in context.Dismissals
            join first in context.Everybody on pair.FirstId equals first.Id
            join second in context.Everybody on pair.SecondId equals second.Id
            where first.MergedIntoId == null && second.MergedIntoId == null
            orderby pair.DismissedAt descending, pair.FirstId, pair.SecondId
            select new
            {
                Pair = pair,
                First = new { first.FullName, first.Number },
                Second = new { second.FullName, second.Number },
                By = context.Everybody.Where(member => member.Id == pair.DismissedBy).Select(member => member.FullName).FirstOrDefault(),
            }).Take(count).ToListAsync(cancel);
        return rows.ConvertAll(row => new DismissedRow(
            row.Pair.FirstId, row.First.FullName, row.First.Number.Value, row.Pair.SecondId, row.Second.FullName, row.Second.Number.Value, row.By, row.Pair.DismissedAt));
    }

    public Task<DuplicateDismissal?> FindDismissalAsync(Guid firstId, Guid secondId, CancellationToken cancel = default) =>
        context.Dismissals.FirstOrDefaultAsync(pair => pair.FirstId == firstId && pair.SecondId == secondId, cancel);

    public void Add(DuplicateDismissal dismissal) => context.Dismissals.Add(dismissal);

    public void Remove(DuplicateDismissal dismissal) => context.Dismissals.Remove(dismissal);

    public async Task<IReadOnlyList<MergeRow>> MergesAsync(int count, CancellationToken cancel = default)
    {
        var rows = await (
            from merge in context.Merges
            join stays in context.Everybody on merge.StaysId equals stays.Id
            join goes in context.Everybody on merge.GoesId equals goes.Id
            orderby merge.MergedAt descending, merge.Id descending
            select new
            {
                merge.Id,
                merge.MergedAt,
                merge.UndoneAt,
                Stays = new { stays.FullName, stays.Number },
                Goes = new { goes.FullName, goes.Number },
                By = context.Everybody.Where(member => member.Id == merge.MergedBy).Select(member => member.FullName).FirstOrDefault(),
                UndoneBy = context.Everybody.Where(member => member.Id == merge.UndoneBy).Select(member => member.FullName).FirstOrDefault(),
            }).Take(count).ToListAsync(cancel);
        return rows.ConvertAll(row => new MergeRow(
            row.Id, row.Stays.FullName, row.Stays.Number.Value, row.Goes.FullName, row.Goes.Number.Value, row.By, row.MergedAt, row.MergedAt + MemberMerge.UndoneWithin, row.UndoneBy, row.UndoneAt));
    }

    public async Task<MemberMerge?> FindMergeAsync(Guid mergeId, CancellationToken cancel = default)
    {
        var merges = context.Merges.Where(merge => merge.Id == mergeId);
        await context.Held.AddAsync(merges.Select(merge => merge.StaysId).Union(merges.Select(merge => merge.GoesId)), cancel);
        return await merges.FirstOrDefaultAsync(cancel);
    }

    public Task<MemberMerge?> MergeOfAsync(Guid goesId, CancellationToken cancel = default) =>
        context.Merges.FirstOrDefaultAsync(merge => merge.GoesId == goesId && merge.UndoneAt == null, cancel);

    public void Add(MemberMerge merge) => context.Merges.Add(merge);

    public Task<Member?> FindMergedAsync(Guid id, CancellationToken cancel = default) =>
        context.Everybody.Include(member => member.Exemptions).Include(member => member.Suspensions).FirstOrDefaultAsync(member => member.Id == id && member.MergedIntoId != null, cancel);

    public async Task<IReadOnlyList<Member>> FollowersAsync(Guid memberId, CancellationToken cancel = default)
    {
        var followers = context.Everybody.Where(member => member.MergedIntoId == memberId);
        await context.Held.AddAsync(followers.Select(member => member.Id), cancel);
        return await followers.ToListAsync(cancel);
    }

    public async Task<IReadOnlyList<PaymentIntent>> IntentsAsync(IReadOnlyCollection<Guid> memberIds, CancellationToken cancel = default)
    {
        var paid = context.Payments.Where(payment => memberIds.Contains(payment.MemberId)).Select(payment => payment.IntentId);
        var own = context.Intents.Where(intent => memberIds.Contains(intent.PayerId)).Select(intent => intent.Id);
        return await context.Intents.Where(intent => paid.Union(own).Contains(intent.Id)).Include(intent => intent.Payments.OrderBy(payment => payment.Period)).Include(intent => intent.Receipts)
            .OrderBy(intent => intent.Id).ToListAsync(cancel);
    }

    public async Task<IReadOnlyList<Credit>> CreditsAsync(IReadOnlyCollection<Guid> memberIds, CancellationToken cancel = default) =>
        await context.Credits.Where(credit => memberIds.Contains(credit.MemberId)).OrderBy(credit => credit.Id).ToListAsync(cancel);

    public async Task<IReadOnlyList<MemberNote>> NotesAsync(Guid memberId, CancellationToken cancel = default) =>
        await context.Notes.Where(note => note.MemberId == memberId).ToListAsync(cancel);

    public Task<int> LogEntriesAsync(Guid memberId, CancellationToken cancel = default) => context.AuditEntries.CountAsync(entry => entry.SubjectId == memberId, cancel);

    public void Remove(MonthInterval interval) => context.Remove(interval);

    public Task SaveAsync(CancellationToken cancel = default) => context.SaveChangesAsync(cancel);

    private IQueryable<PhoneTail> Tails() => context.Members.Select(member => new { member.Id, Phone = (string)(object)member.Phone })
        .Select(row => new PhoneTail { Id = row.Id, Tail = row.Phone.Length > TailDigits ? row.Phone.Substring(row.Phone.Length - TailDigits) : row.Phone });

    private static async Task<List<DuplicateCandidate>> RowsAsync(IQueryable<Member> members, CancellationToken cancel)
    {
        var rows = await members.Select(member => new
        {
            member.Id,
            member.Number,
            member.FullName,
            member.NameSet,
            member.Phone,
            member.City,
            member.Iin,
            member.JoinedOn,
            member.CreatedAt,
        }).ToListAsync(cancel);
        return rows.ConvertAll(row => new DuplicateCandidate(row.Id, row.Number.Value, row.FullName, row.NameSet, row.Phone.Value, row.City, row.Iin, row.JoinedOn, row.CreatedAt));
    }

    private sealed class PhoneTail
    {
        public Guid Id { get; init; }

        public string Tail { get; init; } = "";
    }
}

internal sealed class MemberMergeConfiguration : IEntityTypeConfiguration<MemberMerge>
{
    public void Configure(EntityTypeBuilder<MemberMerge> entity)
    {
        entity.ToTable("MemberMerges");
        entity.Property(merge => merge.Id).ValueGeneratedNever();
        entity.Ignore(merge => merge.UndoneUntil);
        entity.HasOne<Member>().WithMany().HasForeignKey(merge => merge.StaysId).OnDelete(DeleteBehavior.Restrict);
        entity.HasOne<Member>().WithMany().HasForeignKey(merge => merge.GoesId).OnDelete(DeleteBehavior.Restrict);
        entity.HasIndex(merge => merge.MergedAt);

        // A record is a part of one other at most.
        entity.HasIndex(merge => merge.GoesId, "IX_MemberMerges_OnePerRecord").IsUnique().HasFilter("\"UndoneAt\" IS NULL");
    }
}

internal sealed class DuplicateDismissalConfiguration : IEntityTypeConfiguration<DuplicateDismissal>
{
    public void Configure(EntityTypeBuilder<DuplicateDismissal> entity)
    {
        entity.ToTable("DuplicateDismissals");
        entity.HasKey(pair => new { pair.FirstId, pair.SecondId });
        entity.HasOne<Member>().WithMany().HasForeignKey(pair => pair.FirstId).OnDelete(DeleteBehavior.Restrict);
        entity.HasOne<Member>().WithMany().HasForeignKey(pair => pair.SecondId).OnDelete(DeleteBehavior.Restrict);
    }
}
