using Diaspora.Data.Accounts;
using Diaspora.Domain.Import;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Members.Import;

/// <summary>Writing an import in one go, and taking it away again.</summary>
internal sealed class ImportBookingRepository(DiasporaDbContext context) : IImportBookingRepository
{
    public IPreparedImport Prepare(Guid batchId, IReadOnlyList<BookedRow> rows, DateTime now)
    {
        // Versions are given here and not by the context, because the trace of each row notes which version it left.
        var members = Versions(rows.Select(row => row.Added));
        var intents = Versions(rows.Select(row => row.Intent));
        var changes = rows.Where(row => row.Change is not null).Select(row => Change(row, now)).ToDictionary(change => change.MemberId);
        var traces = rows.Select(row => new ImportTrace(
            batchId, row.Number, row.MemberId, row.Added is not null, row.Added is { } added ? (Guid)members[added]! : changes.GetValueOrDefault(row.MemberId)?.After.Version,
            row.Intent?.Id, row.Intent is { } intent ? (Guid)intents[intent]! : null, changes.GetValueOrDefault(row.MemberId)?.Before)).ToList();
        return new Prepared(
            batchId,
            BulkRows.Of(context, [.. members.Keys], new Dictionary<string, Func<Member, object?>> { [nameof(Member.Version)] = member => members[member] }),
            BulkRows.Of(context, [.. members.Keys.Select(Account.WithoutPassword)]),
            BulkRows.Of(context, [.. intents.Keys], new Dictionary<string, Func<PaymentIntent, object?>> { [nameof(PaymentIntent.Version)] = intent => intents[intent] }),
            BulkRows.Of(context, [.. intents.Keys.SelectMany(intent => intent.Payments)]),
            BulkRows.Of(context, traces),
            [.. rows.Where(row => row.Seen is not null)],
            [.. changes.Values]);

        static Dictionary<T, object?> Versions<T>(IEnumerable<T?> entities) where T : class => entities.OfType<T>().ToDictionary(entity => entity, _ => (object?)Guid.NewGuid());
    }

    private static MemberEdit Change(BookedRow row, DateTime now)
    {
        var member = row.Seen!;
        var before = MemberColumns.Of(member);
        member.Edit(row.Change!.FullName, member.Phone, row.Change.Email, row.Change.City, now);
        if (row.Change.JoinedOn is { } joined)
        {
            member.Join(joined, now);
        }

        return new MemberEdit(member.Id, before, MemberColumns.Of(member) with { Version = Guid.NewGuid() });
    }

    public async Task BookAsync(IPreparedImport prepared, Action<int> report, CancellationToken cancel = default)
    {
        var import = (Prepared)prepared;
        var done = 0;
        try
        {
            await context.Held.AddAsync(import.Known.Select(row => row.MemberId), cancel);
            foreach (var rows in (BulkRows[])[import.Members, import.Accounts, import.Intents, import.Payments, import.Traces])
            {
                await rows.InsertAsync(context, count => report(done += rows == import.Members || rows == import.Payments ? count : 0), cancel);
            }

            await ChangeAsync(import, cancel);
            await ForgetDuesAsync(import.BatchId, cancel);
        }
        catch (Exception taken) when (taken is SqliteException { SqliteExtendedErrorCode: 2067 or 1555 } or SqlException { Number: 2601 or 2627 })
        {
            // Somebody took a phone, a number, a code or a month that was free when the plan was made.
            throw new DomainException(Problems.ImportStale);
        }
    }

    private static readonly AuditAction[] Asking = [AuditAction.RegistrationRequested, AuditAction.RegistrationRefused];

    public async Task<ImportTouched> UndoAsync(Guid batchId, CancellationToken cancel = default)
    {
        var traces = context.ImportTraces.AsNoTracking().Where(trace => trace.BatchId == batchId);
        var touched = await traces.OrderBy(trace => trace.Number).ToListAsync(cancel);
        try
        {
            await ForgetDuesAsync(batchId, cancel);
            var intents = traces.Where(trace => trace.IntentId != null).Select(trace => trace.IntentId!.Value);
            await context.Payments.Where(payment => intents.Contains(payment.IntentId)).ExecuteDeleteAsync(cancel);
            await context.Intents.Where(intent => intents.Contains(intent.Id)).ExecuteDeleteAsync(cancel);
            var added = traces.Where(trace => trace.IsNew).Select(trace => trace.MemberId);
            await context.Registrations.Where(request => added.Contains(request.MemberId)).ExecuteDeleteAsync(cancel);
            await context.Users.Where(account => added.Contains(account.Id)).ExecuteDeleteAsync(cancel);
            await context.Members.Where(member => added.Contains(member.Id)).ExecuteDeleteAsync(cancel);
        }
        catch (Exception held) when (held is SqliteException { SqliteErrorCode: 19 } or SqlException { Number: 547 })
        {
            // Something refers to a member or a payment, and none of the deletions above knows it.
            throw new DomainException(Problems.ImportBuiltOn, "—");
        }

        foreach (var trace in touched)
        {
            if (trace.Before is { } before)
            {
                RequireSeen(await WriteAsync(trace.MemberId, trace.MemberVersion!.Value, before, cancel) == 1);
            }
        }

        return new ImportTouched(
            [.. touched.Select(trace => trace.MemberId)], [.. touched.Where(trace => trace.BeforeJson is not null).Select(trace => trace.MemberId)], touched.Find(trace => trace.IntentId is not null)?.IntentId);
    }

    /// <summary>Their rows in the copy of the list are made anew after the commit, so nobody waits for ten thousand ledgers.</summary>
    private Task<int> ForgetDuesAsync(Guid batchId, CancellationToken cancel) =>
        context.Listings.Where(dues => context.ImportTraces.Where(trace => trace.BatchId == batchId).Select(trace => trace.MemberId).Contains(dues.MemberId)).ExecuteDeleteAsync(cancel);

    public async Task<string?> BuiltOnAsync(Guid batchId, CancellationToken cancel = default)
    {
        var traces = context.ImportTraces.Where(trace => trace.BatchId == batchId);
        await context.Held.AddAsync(traces.Select(trace => trace.MemberId).Distinct(), cancel);
        var added = traces.Where(trace => trace.IsNew).Select(trace => trace.MemberId);
        var intents = traces.Where(trace => trace.IntentId != null).Select(trace => trace.IntentId!.Value);
        IQueryable<Guid>[] built =
        [
            // What the import wrote has changed since.
            traces.Where(trace => trace.MemberVersion != null && !context.Members.Any(member => member.Id == trace.MemberId && member.Version == trace.MemberVersion)).Select(trace => trace.MemberId),
            traces.Where(trace => trace.IntentId != null && !context.Intents.Any(intent => intent.Id == trace.IntentId && intent.Version == trace.IntentVersion)).Select(trace => trace.MemberId),

            // Something was added: a payment, a credit, a note, a password, an entry in the log.
            // A request to be let in does not count, because a stranger can make one.
            context.Payments.Where(payment => added.Contains(payment.MemberId) && !intents.Contains(payment.IntentId)).Select(payment => payment.MemberId),
            context.Intents.Where(intent => added.Contains(intent.PayerId) && !intents.Contains(intent.Id)).Select(intent => intent.PayerId),
            context.Credits.Where(credit => added.Contains(credit.MemberId) || intents.Contains(credit.IntentId) || (credit.UsedIntentId != null && intents.Contains(credit.UsedIntentId.Value))).Select(credit => credit.MemberId),
            context.Notes.Where(note => added.Contains(note.MemberId)).Select(note => note.MemberId),
            context.Users.Where(account => added.Contains(account.Id) && account.PasswordHash != null).Select(account => account.Id),
            context.AuditEntries.Where(entry => entry.SubjectId != null && added.Contains(entry.SubjectId.Value) && !Asking.Contains(entry.Action)).Select(entry => entry.SubjectId!.Value),
        ];
        foreach (var people in built)
        {
            if (await people.Select(id => (Guid?)id).FirstOrDefaultAsync(cancel) is { } id)
            {
                return await context.Members.Where(member => member.Id == id).Select(member => member.FullName).FirstOrDefaultAsync(cancel) ?? "—";
            }
        }

        return null;
    }

    /// <summary>Changes the members that were there. If one is not as the plan saw them, the import is refused.</summary>
    private async Task ChangeAsync(Prepared import, CancellationToken cancel)
    {
        foreach (var some in import.Known.Where(row => row.Change is null).Chunk(ImportRepository.AtOnce))
        {
            var ids = some.Select(row => row.MemberId).ToList();
            var versions = await context.Members.Where(member => ids.Contains(member.Id)).ToDictionaryAsync(member => member.Id, member => member.Version, cancel);
            RequireSeen(some.All(row => versions.TryGetValue(row.MemberId, out var version) && version == row.Seen!.Version));
        }

        foreach (var change in import.Changes)
        {
            RequireSeen(await WriteAsync(change.MemberId, change.Before.Version, change.After, cancel) == 1);
        }
    }

    /// <summary>
    /// Not saved by the context, which would give the member a version that the trace does not know. The keys are made anew: a trace may be older than their rules.
    /// </summary>
    private Task<int> WriteAsync(Guid memberId, Guid seen, MemberColumns values, CancellationToken cancel)
    {
        var (key, order) = (NameSkeleton.Of(values.FullName), NameOrder.KeyOf(values.FullName));
        var set = NameSkeleton.InAnyOrder(key);
        return context.Members.Where(member => member.Id == memberId && member.Version == seen).ExecuteUpdateAsync(
            member => member.SetProperty(row => row.FullName, values.FullName).SetProperty(row => row.NameKey, key).SetProperty(row => row.SortKey, order).SetProperty(row => row.NameSet, set)
                .SetProperty(row => row.Email, values.Email).SetProperty(row => row.City, values.City).SetProperty(row => row.JoinedOn, values.JoinedOn)
                .SetProperty(row => row.UpdatedAt, values.UpdatedAt).SetProperty(row => row.Version, values.Version),
            cancel);
    }

    private static void RequireSeen(bool isTrue)
    {
        if (!isTrue)
        {
            throw new DomainException(Problems.ImportStale);
        }
    }

    private sealed record MemberEdit(Guid MemberId, MemberColumns Before, MemberColumns After);

    private sealed record Prepared(
        Guid BatchId, BulkRows Members, BulkRows Accounts, BulkRows Intents, BulkRows Payments, BulkRows Traces, IReadOnlyList<BookedRow> Known, IReadOnlyList<MemberEdit> Changes) : IPreparedImport;
}
