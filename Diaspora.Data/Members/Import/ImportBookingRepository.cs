using Diaspora.Data.Accounts;
using Diaspora.Domain.Dues;
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
    public IPreparedImport Prepare(Guid batchId, IReadOnlyList<BookedRow> rows, Guid by, DateTime now)
    {
        // Versions are given here and not by the context, because the trace of each row notes which version it left.
        List<Exemption> exemptions = [.. rows.Where(row => row.Added is not null).SelectMany(row => row.Exempt.Select(span => row.Added!.Exempt(span.From, span.To, span.Reason, by, now)))];
        var members = Versions(rows.Select(row => row.Added));
        var intents = Versions(rows.SelectMany(row => row.Intents));
        var changes = rows.Where(row => row.Seen is not null && (row.Change is not null || row.Exempt.Count > 0)).Select(row => Change(row, exemptions, by, now)).ToDictionary(change => change.MemberId);
        var traces = rows.SelectMany(row => Traces(row)).Select((trace, index) => new ImportTrace(
            batchId, index + 1, trace.Row.MemberId, trace.IsFirst && trace.Row.Added is not null,
            !trace.IsFirst ? null : trace.Row.Added is { } added ? (Guid)members[added]! : changes.GetValueOrDefault(trace.Row.MemberId)?.After.Version,
            trace.Intent?.Id, trace.Intent is { } intent ? (Guid)intents[intent]! : null, trace.IsFirst ? changes.GetValueOrDefault(trace.Row.MemberId)?.Before : null)).ToList();
        return new Prepared(
            batchId,
            BulkRows.Of(context, [.. members.Keys], new Dictionary<string, Func<Member, object?>> { [nameof(Member.Version)] = member => members[member] }),
            BulkRows.Of(context, [.. members.Keys.Select(Account.WithoutPassword)]),
            BulkRows.Of(context, [.. intents.Keys], new Dictionary<string, Func<PaymentIntent, object?>> { [nameof(PaymentIntent.Version)] = intent => intents[intent] }),
            BulkRows.Of(context, [.. intents.Keys.SelectMany(intent => intent.Payments)]),
            BulkRows.Of(context, exemptions),
            BulkRows.Of(context, traces),
            [.. rows.Where(row => row.Seen is not null)],
            [.. changes.Values]);

        static Dictionary<T, object?> Versions<T>(IEnumerable<T?> entities) where T : class => entities.OfType<T>().ToDictionary(entity => entity, _ => (object?)Guid.NewGuid());

        // One for each payment; the first one speaks of the member too.
        static IEnumerable<(BookedRow Row, PaymentIntent? Intent, bool IsFirst)> Traces(BookedRow row) =>
            row.Intents.Count == 0 ? [(row, null, true)] : row.Intents.Select((intent, index) => (row, (PaymentIntent?)intent, index == 0));
    }

    private static MemberEdit Change(BookedRow row, List<Exemption> exemptions, Guid by, DateTime now)
    {
        var member = row.Seen!;
        var before = MemberColumns.Of(member);
        if (row.Change is { } change)
        {
            member.Edit(change.FullName, member.Phone, change.Email, change.City, now);
            if (change.JoinedOn is { } joined)
            {
                member.Join(joined, now);
            }
        }

        List<Exemption> given = [.. row.Exempt.Select(span => member.Exempt(span.From, span.To, span.Reason, by, now))];
        exemptions.AddRange(given);
        return new MemberEdit(member.Id, before with { Exempted = given.Count == 0 ? null : given.ConvertAll(exemption => exemption.Id) }, MemberColumns.Of(member) with { Version = Guid.NewGuid() });
    }

    public async Task BookAsync(IPreparedImport prepared, Action<int> report, CancellationToken cancel = default)
    {
        var import = (Prepared)prepared;
        var done = 0;
        try
        {
            await context.Held.AddAsync(import.Known.Select(row => row.MemberId), cancel);
            foreach (var rows in (BulkRows[])[import.Members, import.Accounts, import.Intents, import.Payments, import.Exemptions, import.Traces])
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
            await context.Set<Exemption>().Where(exemption => added.Contains(exemption.MemberId)).ExecuteDeleteAsync(cancel);
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
                if (before.Exempted is { } given)
                {
                    await context.Set<Exemption>().Where(exemption => given.Contains(exemption.Id)).ExecuteDeleteAsync(cancel);
                }

                RequireSeen(await WriteAsync(trace.MemberId, trace.MemberVersion!.Value, before, cancel) == 1);
            }
        }

        return new ImportTouched(
            [.. touched.Select(trace => trace.MemberId).Distinct()], [.. touched.Where(trace => trace.BeforeJson is not null).Select(trace => trace.MemberId)], touched.Find(trace => trace.IntentId is not null)?.IntentId);
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
        foreach (var some in import.Known.Where(row => row.Change is null && row.Exempt.Count == 0).Chunk(ImportRepository.AtOnce))
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
        Guid BatchId, BulkRows Members, BulkRows Accounts, BulkRows Intents, BulkRows Payments, BulkRows Exemptions, BulkRows Traces, IReadOnlyList<BookedRow> Known, IReadOnlyList<MemberEdit> Changes) : IPreparedImport;
}
