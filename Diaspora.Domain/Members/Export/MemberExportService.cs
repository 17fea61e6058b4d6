using System.Runtime.CompilerServices;
using Diaspora.Domain.Audit;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Members.Export;

/// <summary>Members and their payments as files. That data left the portal is in the log before the first line of it leaves.</summary>
public sealed class MemberExportService(IStore store, CurrentSettings settings, TimeProvider clock)
{
    /// <summary>How many members are read at once.</summary>
    private const int PartSize = 500;

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
            InPartsAsync<MemberExportRow>(ids, async (work, part, token) => [.. (await work.Exports.MembersAsync(part, token)).Select(facts => RowOf(facts, selection.WithMonths, withIin))], cancel))
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
    /// next is read.
    /// </summary>
    private async IAsyncEnumerable<IReadOnlyList<TRow>> InPartsAsync<TRow>(
        IReadOnlyList<Guid> ids, Func<IWork, IReadOnlyList<Guid>, CancellationToken, Task<IReadOnlyList<TRow>>> read, [EnumeratorCancellation] CancellationToken cancel)
    {
        Task<IReadOnlyList<TRow>>? next = null;
        try
        {
            foreach (var part in ids.Chunk(PartSize))
            {
                var ready = next is null ? null : await next;
                next = Task.Run(() => store.ReadAsync(work => read(work, part, cancel), cancel), cancel);
                if (ready is not null)
                {
                    yield return ready;
                }
            }

            if (next is not null)
            {
                yield return await next;
            }
        }
        finally
        {
            // Whoever stops listening leaves no read behind.
            if (next is { IsCompleted: false })
            {
                await next.ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    private MemberExportRow RowOf(ExportFacts facts, bool withMonths, bool withIin)
    {
        var ledger = new Ledger(facts.Ledger, settings.Rules, Now);
        var hasLedger = ledger.Joined is not null;
        return new MemberExportRow(
            withIin ? facts.Member : facts.Member with { Iin = null },
            hasLedger || facts.Ledger.IsBlocked ? ledger.Standing : null,
            ledger.Debt,
            withMonths ? facts.Ledger.Payments.Where(payment => payment.Status == PaymentStatus.Confirmed).ToDictionary(payment => payment.Period, payment => payment.Amount) : Nothing);
    }

    private static readonly Dictionary<Period, Money> Nothing = [];
}
