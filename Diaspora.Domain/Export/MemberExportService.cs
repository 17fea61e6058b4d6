using System.Runtime.CompilerServices;
using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Export;

/// <summary>Members and their payments as files. That data left the portal is in the log before the first line of it leaves.</summary>
public sealed class MemberExportService(IStore store, CurrentSettings settings, TimeProvider clock)
{
    /// <summary>How many members are read at once.</summary>
    private const int PartSize = 500;

    private const int ReadAhead = 2;

    /// <summary>The members of the list, in its order. Their IIN is for admins alone.</summary>
    /// <exception cref="DomainException">Too many were ticked, or too many for a spreadsheet.</exception>
    public async Task<ExportParts<MemberExportRow>> MembersAsync(Actor actor, MemberSelection selection, CancellationToken cancel = default)
    {
        var (ids, by) = await ChosenAsync(actor, selection, AuditAction.MembersExported, cancel);
        var withIin = by.May(Permission.Admin);
        var span = selection.WithMonths ? await store.ReadAsync(work => work.Exports.PaidMonthsAsync(cancel), cancel) : null;
        return new ExportParts<MemberExportRow>(
            ids.Count,
            span is { To: { } last } months ? [.. Period.Range(months.From, last)] : [],
            InPartsAsync(ids, (work, part, token) => RowsAsync(work, part, selection.WithMonths, withIin, token), cancel))
        {
            WithIin = withIin,
        };
    }

    /// <summary>Every payment of the members of the list.</summary>
    /// <exception cref="DomainException">Too many were ticked.</exception>
    public async Task<ExportParts<PaymentExportRow>> PaymentsAsync(Actor actor, MemberSelection selection, CancellationToken cancel = default)
    {
        var (ids, _) = await ChosenAsync(actor, selection, AuditAction.PaymentsExported, cancel);
        return new ExportParts<PaymentExportRow>(ids.Count, [], InPartsAsync(ids, (work, part, token) => work.Exports.PaymentsAsync(part, token), cancel));
    }

    /// <summary>Whom the file is about, noted in the log, and who gets it.</summary>
    private async Task<(IReadOnlyList<Guid> Ids, ActingMember By)> ChosenAsync(Actor actor, MemberSelection selection, AuditAction action, CancellationToken cancel)
    {
        // Read outside the transaction of the log: confirms elsewhere do not wait for a long list.
        var ids = await store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            return selection.Ids.Count > 0 ? [.. selection.Ids.Distinct()] : await work.Members.IdsAsync(selection.Filter, settings.Rules.PeriodOf(Now), cancel);
        }, cancel);
        if (selection.Ids.Count > MemberSelection.MostIds)
        {
            throw new DomainException(Problems.ExportTooMany, MemberSelection.MostIds, selection.Ids.Count);
        }

        if (selection.IsSheet && ids.Count > MemberSelection.MostSheetRows)
        {
            throw new DomainException(Problems.SheetTooLong, MemberSelection.MostSheetRows, ids.Count);
        }

        return (ids, await store.WriteAsync(async work =>
        {
            var acting = await work.RequireAsync(actor, Permission.Cashier, cancel);
            work.Audit.Add(new AuditEntry(actor, action, "Report", acting.Id, null, null, new { members = ids.Count, selection.Asked }, Now));
            return acting;
        }, cancel));
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>
    /// Each part is a short read of its own: a slow line to the reader keeps no old state of the database alive. While one part is written the
    /// next two are read.
    /// </summary>
    private async IAsyncEnumerable<IReadOnlyList<TRow>> InPartsAsync<TRow>(
        IReadOnlyList<Guid> ids, Func<IWork, IReadOnlyList<Guid>, CancellationToken, Task<IReadOnlyList<TRow>>> read, [EnumeratorCancellation] CancellationToken cancel)
    {
        var coming = new Queue<Task<IReadOnlyList<TRow>>>();
        try
        {
            foreach (var part in ids.Chunk(PartSize))
            {
                coming.Enqueue(Task.Run(() => store.ReadAsync(work => read(work, part, cancel), cancel), cancel));
                if (coming.Count > ReadAhead)
                {
                    yield return await coming.Dequeue();
                }
            }

            while (coming.TryDequeue(out var next))
            {
                yield return await next;
            }
        }
        finally
        {
            // Whoever stops listening leaves no read behind.
            await Task.WhenAll(coming).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>Takes standing and debt from the copy, which spares reading every payment there ever was. Where the copy is not of today they are computed.</summary>
    private async Task<IReadOnlyList<MemberExportRow>> RowsAsync(IWork work, IReadOnlyList<Guid> ids, bool withMonths, bool withIin, CancellationToken cancel)
    {
        var (current, now) = (settings.Value, Now);
        var copied = await work.Exports.CopiedAsync(ids, current.Rules.DayOf(now), current.StoredAt, cancel);
        var others = ids.Where(id => !copied.ContainsKey(id)).ToList();
        var computed = (others.Count == 0 ? [] : await work.Exports.MembersAsync(others, cancel)).Select(facts =>
        {
            var ledger = new Ledger(facts.Ledger, current.Rules, now);
            return new CopiedFacts(facts.Member, facts.Ledger.IsBlocked, ledger.Standing, ledger.Debt);
        }).ToDictionary(facts => facts.Member.Id);
        var paid = withMonths ? await work.Exports.PaidAsync(ids, cancel) : null;
        return [.. ids.Select(id => copied.GetValueOrDefault(id) ?? computed.GetValueOrDefault(id)).OfType<CopiedFacts>().Select(facts => new MemberExportRow(
            withIin ? facts.Member : facts.Member with { Iin = null },
            facts.Member.JoinedOn is not null || facts.IsBlocked ? facts.Standing : null,
            facts.Debt,
            paid?[facts.Member.Id].ToDictionary(month => month.Period, month => month.Amount) ?? Nothing))];
    }

    private static readonly Dictionary<Period, Money> Nothing = [];
}
