using Diaspora.Data.Members;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Audit;

internal sealed class AuditRepository(DiasporaDbContext context) : IAuditRepository
{
    private readonly List<AuditEntry> _written = [];

    /// <summary>The last that was added; missing where nothing was.</summary>
    public AuditEntry? Last => _written is [.., var last] ? last : null;

    public void Add(AuditEntry entry) => _written.Add(entry);

    /// <summary>Numbers what the verb wrote and saves it. Called last before the commit: the tail's row keeps other writers waiting until then.</summary>
    public async Task SaveAsync(CancellationToken cancel)
    {
        if (_written.Count == 0)
        {
            return;
        }

        await context.AuditTails.ExecuteUpdateAsync(tail => tail.SetProperty(row => row.Last, row => row.Last + _written.Count), cancel);
        var last = await context.AuditTails.Select(tail => tail.Last).SingleAsync(cancel);
        for (var index = 0; index < _written.Count; index++)
        {
            _written[index].Number(last - _written.Count + index + 1);
        }

        context.AuditEntries.AddRange(_written);
        await context.SaveChangesAsync(cancel);
    }

    /// <summary>Whether this very entry is in the log, and not another one under its number.</summary>
    public async Task<bool> HasAsync(AuditEntry entry, CancellationToken cancel) =>
        await context.AuditEntries.AsNoTracking().FirstOrDefaultAsync(stored => stored.Id == entry.Id, cancel) is { } stored && Facts(stored).Equals(Facts(entry));

    private static object Facts(AuditEntry entry) => (entry.CreatedAt, entry.ActorId, entry.Action, entry.EntityId, entry.SubjectId, entry.BeforeJson, entry.AfterJson);

    public async Task<Page<AuditRow>> PageAsync(AuditFilter filter, CancellationToken cancel = default)
    {
        var entries = context.AuditEntries.AsQueryable();
        if (filter.Action is { } action)
        {
            entries = entries.Where(entry => entry.Action == action);
        }

        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            var people = context.Everybody.Searched(filter.Search).Select(member => (Guid?)member.Id);
            entries = entries.Where(entry => people.Contains(entry.ActorId) || people.Contains(entry.SubjectId));
        }

        var ordered = filter.IsOldestFirst ? entries.OrderBy(entry => entry.Id) : entries.OrderByDescending(entry => entry.Id);
        var rows = await RowsAsync(ordered.Skip((filter.Number - 1) * AuditFilter.Size).Take(AuditFilter.Size), cancel);
        var total = filter.Number == 1 && rows.Count < AuditFilter.Size ? rows.Count : await entries.CountAsync(cancel);
        return new Page<AuditRow>(rows, total, filter.Number, AuditFilter.Size);
    }

    public async Task<IReadOnlyList<AuditRow>> OfAsync(Guid entityId, CancellationToken cancel = default) =>
        await RowsAsync(Done.Where(entry => entry.EntityId == entityId).OrderByDescending(entry => entry.Id).Take(IAuditRepository.MostOfOne).OrderBy(entry => entry.Id), cancel);

    public async Task<IReadOnlyList<AuditRow>> AboutMemberAsync(Guid memberId, IReadOnlyCollection<Guid> entityIds, int count, CancellationToken cancel = default)
    {
        // Several lookups by index instead of one "or", which would go through the whole log.
        var merged = context.Everybody.Where(member => member.MergedIntoId == memberId).Select(member => (Guid?)member.Id);
        var about = Done.Where(entry => entry.SubjectId == memberId).Select(entry => entry.Id)
            .Union(Done.Where(entry => merged.Contains(entry.SubjectId)).Select(entry => entry.Id))
            .Union(Done.Where(entry => entityIds.Contains(entry.EntityId)).Select(entry => entry.Id));
        return await RowsAsync(context.AuditEntries.Where(entry => about.OrderByDescending(id => id).Take(count).Contains(entry.Id)).OrderByDescending(entry => entry.Id), cancel);
    }

    /// <summary>Without the comings of every day and the guessing of strangers: they would push out what somebody did.</summary>
    private IQueryable<AuditEntry> Done => context.AuditEntries.Where(entry =>
        entry.Action != AuditAction.MemberSignedIn && entry.Action != AuditAction.StaffSignedIn && entry.Action != AuditAction.SignInFailed);

    private async Task<List<AuditRow>> RowsAsync(IQueryable<AuditEntry> entries, CancellationToken cancel)
    {
        var rows = await (
            from entry in entries
            join actor in context.Everybody on entry.ActorId equals actor.Id into actors
            from actor in actors.DefaultIfEmpty()
            join subject in context.Everybody on entry.SubjectId equals subject.Id into subjects
            from subject in subjects.DefaultIfEmpty()
            select new { Entry = entry, Actor = actor.FullName, Subject = subject.FullName, Number = subject == null ? null : (string)(object)subject.Number })
            .ToListAsync(cancel);
        return rows.ConvertAll(row => new AuditRow(
            row.Entry.Id, row.Entry.CreatedAt, row.Entry.Action, row.Actor, row.Subject, row.Number,
            row.Entry.EntityType, row.Entry.EntityId, row.Entry.BeforeJson, row.Entry.AfterJson, row.Entry.Ip, row.Entry.UserAgent));
    }
}
