using Diaspora.Domain.Import;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Members.Import;

internal sealed class ImportRepository(DiasporaDbContext context) : IImportRepository
{
    /// <summary>How many values one query names at most.</summary>
    internal const int AtOnce = 1000;

    public async Task AddAsync(ImportBatch batch, IReadOnlyList<ImportRow> rows, CancellationToken cancel = default)
    {
        context.Imports.Add(batch);
        await context.SaveChangesAsync(cancel);
        await BulkRows.Of(context, rows).InsertAsync(context, _ => { }, cancel);
    }

    public Task<ImportBatch?> FindAsync(Guid batchId, CancellationToken cancel = default) => context.Imports.FirstOrDefaultAsync(batch => batch.Id == batchId, cancel);

    public async Task<IReadOnlyList<ImportListRow>> ListAsync(CancellationToken cancel = default)
    {
        var rows = await context.Imports.OrderByDescending(batch => batch.CreatedAt).ThenBy(batch => batch.Id)
            .Select(batch => new { Batch = batch, By = context.Members.Where(member => member.Id == (batch.UndoneBy ?? batch.BookedBy ?? batch.CreatedBy)).Select(member => member.FullName).FirstOrDefault() })
            .ToListAsync(cancel);
        return rows.ConvertAll(row => new ImportListRow(
            row.Batch.Id, row.Batch.FileName, row.Batch.RowCount, row.Batch.State, row.By, row.Batch.CreatedAt, row.Batch.BookedAt, row.Batch.UndoneAt, row.Batch.Totals));
    }

    public async Task<IReadOnlyList<ImportRow>> RowsAsync(Guid batchId, CancellationToken cancel = default) =>
        await context.ImportRows.AsNoTracking().Where(row => row.BatchId == batchId).OrderBy(row => row.Number).ToListAsync(cancel);

    public async Task<IReadOnlyList<KnownMember>> KnownAsync(IReadOnlyCollection<PhoneNumber> phones, IReadOnlyCollection<string> nameKeys, CancellationToken cancel = default)
    {
        Dictionary<Guid, Member> members = [];
        List<(Guid MemberId, PhoneNumber Phone)> others = [];
        foreach (var some in phones.Chunk(AtOnce))
        {
            await AddAsync(context.Members.Where(member => some.Contains(member.Phone)));
            var merged = await context.Everybody.Where(member => member.MergedIntoId != null && some.Contains(member.Phone)).Select(member => new { Id = member.MergedIntoId!.Value, member.Phone }).ToListAsync(cancel);
            others.AddRange(merged.Select(row => (row.Id, row.Phone)));
            var ids = merged.ConvertAll(row => row.Id);
            await AddAsync(context.Members.Where(member => ids.Contains(member.Id)));
        }

        foreach (var some in nameKeys.Chunk(AtOnce))
        {
            await AddAsync(context.Members.Where(member => some.Contains(member.NameKey)));
        }

        var live = await LiveAsync([.. members.Keys], cancel);
        var reserved = others.ToLookup(other => other.MemberId, other => other.Phone);
        return [.. members.Values.Select(member => new KnownMember(member, live[member.Id].ToDictionary(payment => payment.Period, payment => payment.Status)) { OtherPhones = [.. reserved[member.Id]] })];

        async Task AddAsync(IQueryable<Member> some)
        {
            foreach (var member in await some.AsNoTracking().Include(member => member.Exemptions).Include(member => member.Suspensions).ToListAsync(cancel))
            {
                members[member.Id] = member;
            }
        }
    }

    public async Task<IReadOnlyCollection<MemberNumber>> TakenAsync(IReadOnlyCollection<MemberNumber> numbers, CancellationToken cancel = default)
    {
        List<MemberNumber> taken = [];
        foreach (var some in numbers.Chunk(AtOnce))
        {
            taken.AddRange(await context.Everybody.Where(member => some.Contains(member.Number)).Select(member => member.Number).ToListAsync(cancel));
        }

        return taken;
    }

    public async Task<IReadOnlyCollection<string>> TakenAsync(IReadOnlyCollection<string> codes, CancellationToken cancel = default)
    {
        List<string> taken = [];
        foreach (var some in codes.Chunk(AtOnce))
        {
            taken.AddRange(await context.Intents.Where(intent => some.Contains(intent.Code)).Select(intent => intent.Code).ToListAsync(cancel));
        }

        return taken;
    }

    private async Task<ILookup<Guid, LivePayment>> LiveAsync(IReadOnlyCollection<Guid> members, CancellationToken cancel)
    {
        List<LivePayment> live = [];
        foreach (var some in members.Chunk(AtOnce))
        {
            live.AddRange(await context.Payments
                .Where(payment => some.Contains(payment.MemberId) && (payment.Status == PaymentStatus.Pending || payment.Status == PaymentStatus.Confirmed))
                .Select(payment => new LivePayment(payment.MemberId, payment.Period, payment.Status)).ToListAsync(cancel));
        }

        return live.ToLookup(payment => payment.MemberId);
    }

    private sealed record LivePayment(Guid MemberId, Period Period, PaymentStatus Status);
}
