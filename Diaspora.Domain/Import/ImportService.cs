using System.Globalization;
using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Import;

/// <summary>Takes over a spreadsheet: staged, checked, booked in one go, undone as a whole.</summary>
public sealed class ImportService(IStore store, CurrentSettings settings, ImportProgress progress, TimeProvider clock)
{
    /// <summary>So long one watches a bar that grows; then one is elsewhere, and is told.</summary>
    public static readonly TimeSpan Watched = TimeSpan.FromSeconds(20);

    /// <summary>The imports so far, newest first.</summary>
    public Task<IReadOnlyList<ImportListRow>> ListAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            return await work.Imports.ListAsync(cancel);
        }, cancel);

    /// <summary>Keeps the rows of a file beside the members, to be looked at.</summary>
    /// <returns>The import's id.</returns>
    /// <exception cref="DomainException">Nothing is in it, or too much.</exception>
    public Task<Guid> StageAsync(Actor actor, Sheet sheet, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            var admin = await work.RequireAsync(actor, Permission.Admin, cancel);
            var (layout, rows) = ImportStaging.Of(sheet);
            var batch = new ImportBatch(sheet, layout, rows.Count(row => layout.Sheets.Any(read => read.IsRead && read.Index == RowPlace.SheetOf(row.Number))), admin.Id, Now);
            await work.Imports.AddAsync(batch, [.. rows.Select(row => new ImportRow(batch.Id, row))], cancel);
            return batch.Id;
        }, cancel);

    /// <exception cref="DomainException">Not found.</exception>
    public Task<ImportDetails> ImportAsync(Actor actor, Guid importId, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            var batch = await FindAsync(work, importId, cancel);
            return ImportDetails.Of(batch, batch.State == ImportState.Staged ? await work.Imports.RowsAsync(importId, cancel) : []);
        }, cancel);

    /// <summary>Says what the columns mean.</summary>
    /// <exception cref="FormException">No name or no phone; two columns for one thing; a month that is not said.</exception>
    /// <exception cref="DomainException">It is booked already.</exception>
    public Task MapAsync(Actor actor, Guid importId, MapImportForm form, CancellationToken cancel = default)
    {
        new MapImportFormValidator().Ensure(form);
        return store.WriteAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            var batch = await FindAsync(work, importId, cancel);
            batch.Say(form.ApplyTo);
            return true;
        }, cancel);
    }

    /// <summary>The dry run: what booking would do, row by row.</summary>
    public Task<ImportCheck> CheckAsync(Actor actor, Guid importId, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            var batch = await FindAsync(work, importId, cancel);
            var (plan, notes) = await PlanAsync(work, batch, cancel);
            var answers = batch.Layout.Answers.ToDictionary(answer => answer.Word);
            var mends = batch.Layout.Mends.ToLookup(mend => mend.Place);
            return new ImportCheck([.. plan.Rows.Select(row => ImportCheckRow.Of(row, mends))], plan.Months)
            {
                Questions = [.. plan.Questions.Select(question => question with { Answer = answers.GetValueOrDefault(question.Word) })],
                Notes = notes,
            };
        }, cancel);

    /// <summary>Books what was checked, all of it or nothing. The second press is answered as the first.</summary>
    /// <exception cref="DomainException">Nothing is to be booked; or what was checked is not true any more.</exception>
    public async Task BookAsync(Actor actor, Guid importId, ImportChoice form, CancellationToken cancel = default)
    {
        var began = clock.GetTimestamp();
        try
        {
            // All that takes time is done before the transaction, so that a colleague's confirm waits as little as can be.
            var ready = await store.ReadAsync(work => PrepareAsync(work, actor, importId, form, cancel), cancel);
            await store.WriteAsync(async work =>
            {
                var admin = await work.RequireAsync(actor, Permission.Admin, cancel);
                var batch = await FindAsync(work, importId, cancel);
                if (batch.State == ImportState.Booked)
                {
                    return true;
                }

                if (batch.Version != ready.Version || !ready.Fees.SequenceEqual((await work.RulesAsync(settings, cancel)).Fees.Steps))
                {
                    throw new DomainException(Problems.ImportStale);
                }

                batch.Book(ready.Totals, admin.Id, ready.Now);
                await work.ImportBookings.BookAsync(ready.Import, done => progress.Report(importId, done, ready.Totals.Payments + ready.Touched.Members.Count), cancel);
                Record(work, actor, AuditAction.MembersImported, batch, null, Snapshot(batch, ready.Totals), ready.Touched);
                if (clock.GetElapsedTime(began) >= Watched)
                {
                    work.Outbox.Tell(new Notice(Cause.ImportFinished, batch.Id, admin.Id, ready.Now, new NoticeFacts
                    {
                        Imported = new ImportedRows(batch.FileName, ready.Totals.Added, ready.Totals.Changed, ready.Totals.Left, ready.Totals.Payments),
                    }));
                }

                return true;
            }, cancel);
            await ListingRefresh.RunAsync(store, settings, clock, cancel);
        }
        finally
        {
            progress.End(importId);
        }
    }

    /// <summary>Takes back a whole import while nothing was built on it.</summary>
    /// <exception cref="DomainException">It is not booked; or something was built on it: the sentence says on whom.</exception>
    public async Task UndoAsync(Actor actor, Guid importId, CancellationToken cancel = default)
    {
        await store.WriteAsync(async work =>
        {
            var admin = await work.RequireAsync(actor, Permission.Admin, cancel);
            var batch = await FindAsync(work, importId, cancel);
            if (batch.State == ImportState.Undone)
            {
                return true;
            }

            batch.Undo(admin.Id, Now);
            if (await work.ImportBookings.BuiltOnAsync(importId, cancel) is { } name)
            {
                throw new DomainException(Problems.ImportBuiltOn, name);
            }

            var touched = await work.ImportBookings.UndoAsync(importId, cancel);
            Record(work, actor, AuditAction.ImportUndone, batch, Snapshot(batch, batch.Totals!), Snapshot(batch, new ImportTotals(0, 0, batch.RowCount, 0, 0)), touched);
            return true;
        }, cancel);
        await ListingRefresh.RunAsync(store, settings, clock, cancel);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private static async Task<ImportBatch> FindAsync(IWork work, Guid importId, CancellationToken cancel) =>
        await work.Imports.FindAsync(importId, cancel) ?? throw new DomainException(Problems.NotFound);

    private async Task<(ImportPlan Plan, IReadOnlyList<ImportNote> Notes)> PlanAsync(IWork work, ImportBatch batch, CancellationToken cancel)
    {
        var rules = await work.RulesAsync(settings, cancel);
        var layout = batch.Layout;
        if (layout.Columns.Any(column => column.Field == ImportField.Unclear && layout.Sheets.Any(sheet => sheet.IsRead && sheet.Index == column.Sheet)))
        {
            throw new DomainException(Problems.ImportColumnsUnclear);
        }

        var read = ImportReading.Of(layout, [.. (await work.Imports.RowsAsync(batch.Id, cancel)).Select(row => row.ToSheetRow())], rules, Now);
        var known = await work.Imports.KnownAsync(
            [.. read.People.Select(row => row.Phone).OfType<PhoneNumber>().Distinct()], [.. read.People.Where(row => row.Phone is not null).Select(row => NameSkeleton.Of(row.FullName)).Distinct()], cancel);
        return (ImportPlan.Of(read.People, known, rules, Now), read.Notes);
    }

    private async Task<Ready> PrepareAsync(IWork work, Actor actor, Guid importId, ImportChoice form, CancellationToken cancel)
    {
        var admin = await work.RequireAsync(actor, Permission.Admin, cancel);
        var batch = await FindAsync(work, importId, cancel);
        var (plan, _) = await PlanAsync(work, batch, cancel);
        var booked = plan.Rows.Where(row => row.IsBooked(form)).ToList();
        if (booked.Count == 0 && batch.State == ImportState.Staged)
        {
            throw new DomainException(Problems.ImportNothing);
        }

        var payments = booked.Sum(row => row.Booked.Count);
        progress.Report(importId, 0, booked.Count + payments);
        var drawn = await ImportNumbers.DrawAsync(work, booked, cancel);
        var sheets = batch.Layout.Sheets.Count(sheet => sheet.IsRead) > 1 ? batch.Layout.Sheets.ToDictionary(sheet => sheet.Index, sheet => $"{batch.FileName}, {sheet.Name}") : [];
        var rows = booked.ConvertAll(row => ImportNumbers.RowOf(row, form, drawn, NoteOf(row.Row.Number), admin.Id, Now));
        var totals = new ImportTotals(
            rows.Count(row => row.Added is not null), rows.Count(row => row.Added is null), plan.Rows.Count(row => row.Outcome != ImportOutcome.Skipped) - rows.Count, payments,
            booked.Sum(row => row.Booked.Sum(month => month.Amount.Tenge)))
        {
            Unchanged = plan.Rows.Count(row => row.Outcome == ImportOutcome.Unchanged),
            Wrong = plan.Rows.Count(row => row.Outcome == ImportOutcome.Error),
        };
        var touched = new ImportTouched(
            rows.ConvertAll(row => row.MemberId), [.. rows.Where(row => row.Change is not null).Select(row => row.MemberId)], rows.Find(row => row.Intents.Count > 0)?.Intents[0].Id);
        var rules = await work.RulesAsync(settings, cancel);
        return new Ready(batch.Version, rules.Fees.Steps, work.ImportBookings.Prepare(importId, rows, admin.Id, Now), totals, touched, Now);

        string NoteOf(int place) => string.Create(CultureInfo.InvariantCulture, $"{sheets.GetValueOrDefault(RowPlace.SheetOf(place), batch.FileName)}, № {RowPlace.RowOf(place)}");
    }

    private static object Snapshot(ImportBatch batch, ImportTotals totals) => new
    {
        file = batch.FileName,
        rows = batch.RowCount,
        added = totals.Added,
        changed = totals.Changed,
        left = totals.Left,
        booked = totals.Payments,
        total = totals.Tenge,
    };

    /// <summary>The one place that knows whom an import or its undo has touched: the log, and word to the open pages.</summary>
    private void Record(IWork work, Actor actor, AuditAction action, ImportBatch batch, object? before, object after, ImportTouched touched)
    {
        work.Audit.Add(new AuditEntry(actor, action, nameof(ImportBatch), batch.Id, null, before, after, Now));

        // One word for all that are new: their own pages are open nowhere yet, and a list reads itself again only once.
        foreach (var memberId in touched.Changed.Concat(touched.Members.Take(1)).Distinct())
        {
            work.Announce(new MemberChanged(memberId));
        }

        if (touched.IntentId is { } intentId)
        {
            work.Announce(new PaymentsChanged(intentId, touched.Members));
        }
    }

    private sealed record Ready(Guid Version, IReadOnlyList<FeeStep> Fees, IPreparedImport Import, ImportTotals Totals, ImportTouched Touched, DateTime Now);
}
