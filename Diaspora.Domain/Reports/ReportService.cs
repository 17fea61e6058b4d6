using System.Runtime.CompilerServices;
using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Reports;

/// <summary>One member in one month.</summary>
/// <param name="Payment">The status of the month's live payment; missing where there is none and the tile says all.</param>
public sealed record ReportRow(string FullName, string Phone, string? City, MonthState State, PaymentStatus? Payment, Money Amount, DateTime? ConfirmedAt);

public sealed record MonthReport(MonthFigures Figures, IReadOnlyList<ReportRow> Rows)
{
    public Period Month => Figures.Month;
}

/// <summary>Who paid a month and who did not.</summary>
public sealed class ReportService(IStore store, CurrentSettings settings, TimeProvider clock)
{
    /// <summary>The most members of a spreadsheet: it is built in memory, a CSV is not.</summary>
    public const int MostSheetRows = 10_000;

    /// <summary>How many members are read at once for a file.</summary>
    private const int PartSize = 500;

    /// <summary>The current month; what the page opens with.</summary>
    public Period CurrentMonth => settings.Rules.PeriodOf(clock.GetUtcNow().UtcDateTime);

    /// <summary>Everybody who has a ledger, by name.</summary>
    public Task<MonthReport> MonthAsync(Actor actor, Period month, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            return await ReportAsync(work, month, cancel);
        }, cancel);

    /// <summary>As <see cref="MonthAsync"/>, and notes in the log that the data left the portal.</summary>
    public async Task<MonthReport> ExportAsync(Actor actor, Period month, CancellationToken cancel = default)
    {
        // Read first, outside the transaction: confirms elsewhere do not wait for a long list.
        var report = await MonthAsync(actor, month, cancel);
        await RecordAsync(actor, new { month, rows = report.Rows.Count }, cancel);
        return report;
    }

    /// <summary>A month as it is and as it was kept, beside the month before and the same month a year earlier.</summary>
    public async Task<MonthDetails> DetailsAsync(Actor actor, Period month, CancellationToken cancel = default)
    {
        var (before, yearBefore) = (month.Previous, month.AddMonths(-12));
        var closed = await store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            return await work.Reports.ClosedAsync(new PeriodSpan(yearBefore, month), cancel);
        }, cancel);

        // What is not kept is added up: all of it at the same time, because each takes a processor to itself.
        var now = SummaryAsync(month, cancel);
        var beforeNow = closed.ContainsKey(before) ? null : SummaryAsync(before, cancel);
        var yearBeforeNow = closed.ContainsKey(yearBefore) ? null : SummaryAsync(yearBefore, cancel);
        var kept = closed.GetValueOrDefault(month);
        return new MonthDetails(
            await now, kept?.Summary, kept?.ClosedAt, closed.GetValueOrDefault(before)?.Summary ?? await beforeNow!, closed.GetValueOrDefault(yearBefore)?.Summary ?? await yearBeforeNow!, CurrentMonth);
    }

    /// <summary>The twelve months of a year: closed ones as they were kept, with what came later beside it.</summary>
    public async Task<YearSummary> YearAsync(Actor actor, int year, CancellationToken cancel = default)
    {
        var span = new PeriodSpan(new Period(year, 1), new Period(year, 12));
        var (closed, first) = await store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            return (await work.Reports.ClosedAsync(span, cancel), await work.Reports.FirstMonthAsync(cancel));
        }, cancel);

        // Months that are still open say themselves what is paid for them; of the others that is read, all at the same time.
        var months = Period.Range(span.From, span.To!.Value).ToList();
        var open = months.Where(month => !closed.ContainsKey(month) && month <= CurrentMonth && month >= first).ToDictionary(month => month, month => SummaryAsync(month, cancel));
        var paid = await store.ReadAsync(work => work.Reports.PaidAsync([.. months.Where(month => !open.ContainsKey(month))], cancel), cancel);
        var lines = months.Select(async month =>
        {
            var (payers, sum) = paid.GetValueOrDefault(month);
            return closed.TryGetValue(month, out var kept) ? YearMonth.Of(kept.Summary, kept.ClosedAt, sum)
                : open.TryGetValue(month, out var summary) ? YearMonth.Of(await summary)
                : YearMonth.Ahead(month, payers, sum);
        });
        return new YearSummary(year, await Task.WhenAll(lines));
    }

    /// <summary>Who owes past months today. Not later than the list of members, which is filtered by the same copy.</summary>
    public Task<DebtAgeing> DebtsAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            return await work.Reports.DebtsAsync(cancel);
        }, cancel);

    /// <summary>Members and their months of a year, a page of them.</summary>
    public Task<Page<MatrixRow>> MatrixAsync(Actor actor, MatrixFilter filter, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            var total = await work.Reports.CountAsync(filter, cancel);
            return await Paging.OrLastAsync(filter.Number, async number =>
            {
                var ids = await work.Reports.MembersAsync(filter, (number - 1) * filter.Size, filter.Size, cancel);
                return new Page<MatrixRow>(await RowsAsync(work, ids, filter.Year, cancel), total, number, filter.Size);
            });
        }, cancel);

    /// <summary>Whom a figure counts, a page of them.</summary>
    public Task<Page<ReportLine>> ListAsync(Actor actor, ReportListFilter filter, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            var page = await Paging.OrLastAsync(filter.Number, number => work.Reports.ListAsync(filter with { Number = number }, ReportDays.Of(filter.Month, settings.Rules.Zone), cancel));
            var fee = settings.Rules.FeeOf(filter.Month);
            return filter.Of == ReportListKind.Unpaid ? page.Select(line => line with { Sum = fee }) : page;
        }, cancel);

    /// <summary>As <see cref="DetailsAsync"/>, and notes in the log that it left the portal.</summary>
    public async Task<MonthDetails> ExportDetailsAsync(Actor actor, Period month, CancellationToken cancel = default)
    {
        var details = await DetailsAsync(actor, month, cancel);
        await RecordAsync(actor, new { month, report = "totals" }, cancel);
        return details;
    }

    /// <summary>As <see cref="YearAsync"/>, and notes in the log that it left the portal.</summary>
    public async Task<YearSummary> ExportYearAsync(Actor actor, int year, CancellationToken cancel = default)
    {
        var summary = await YearAsync(actor, year, cancel);
        await RecordAsync(actor, new { year, report = "totals" }, cancel);
        return summary;
    }

    /// <summary>Everybody's twelve months, or those of the debtors alone; notes in the log that the data left the portal before the first line of it does.</summary>
    /// <param name="isSheet">For a spreadsheet, which is built in memory.</param>
    /// <exception cref="DomainException">Too many for a spreadsheet.</exception>
    public async Task<MatrixParts> ExportMatrixAsync(Actor actor, MatrixFilter filter, bool isSheet, CancellationToken cancel = default)
    {
        var ids = await store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            return await work.Reports.MembersAsync(filter, 0, int.MaxValue, cancel);
        }, cancel);
        if (isSheet && ids.Count > MostSheetRows)
        {
            throw new DomainException(Problems.SheetTooLong, MostSheetRows, ids.Count);
        }

        await RecordAsync(actor, new { year = filter.Year, report = filter.IsOwing ? "debtors" : "matrix", rows = ids.Count }, cancel);
        return new MatrixParts(filter.Year, ids.Count, InPartsAsync(ids, filter.Year, cancel));
    }

    /// <summary>A month as it is now, in two readings at the same time.</summary>
    internal static async Task<MonthSummary> SummaryAsync(IStore store, DuesRules rules, Period month, CancellationToken cancel)
    {
        var came = Task.Run(() => store.ReadAsync(work => work.Reports.CameAsync(ReportDays.Of(month, rules.Zone), cancel), cancel), cancel);
        var summary = await store.ReadAsync(work => work.Reports.MonthAsync(month, rules.FeeOf(month), cancel), cancel);
        return summary with { Came = await came };
    }

    /// <summary>SQLite answers on the thread that asks, so each month has one of its own.</summary>
    private Task<MonthSummary> SummaryAsync(Period month, CancellationToken cancel) => Task.Run(() => SummaryAsync(store, settings.Rules, month, cancel), cancel);

    private async Task<IReadOnlyList<MatrixRow>> RowsAsync(IWork work, IReadOnlyList<Guid> ids, int year, CancellationToken cancel)
    {
        var (rules, now) = (settings.Rules, clock.GetUtcNow().UtcDateTime);
        return [.. (await work.Reports.FactsAsync(ids, cancel)).Select(facts => MatrixRow.Of(facts, year, rules, now))];
    }

    /// <summary>Each part is a short read of its own: a slow line to the reader keeps no old state of the database alive.</summary>
    private async IAsyncEnumerable<IReadOnlyList<MatrixRow>> InPartsAsync(IReadOnlyList<Guid> ids, int year, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var part in ids.Chunk(PartSize))
        {
            yield return await store.ReadAsync(work => RowsAsync(work, part, year, cancel), cancel);
        }
    }

    private Task RecordAsync(Actor actor, object what, CancellationToken cancel) =>
        store.WriteAsync(async work =>
        {
            var acting = await work.RequireAsync(actor, Permission.Cashier, cancel);
            work.Audit.Add(new AuditEntry(actor, AuditAction.ReportExported, "Report", acting.Id, null, null, what, clock.GetUtcNow().UtcDateTime));
            return true;
        }, cancel);

    private async Task<MonthReport> ReportAsync(IWork work, Period month, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var rows = (await work.Members.AllInAsync(new PeriodSpan(month, month), cancel)).Select(facts => RowOf(facts, month, now)).ToList();
        return new MonthReport((await work.Payments.FiguresAsync(month, settings.Rules.FeeOf(month), cancel)).Month, rows);
    }

    private ReportRow RowOf(MemberFacts facts, Period month, DateTime now)
    {
        var tile = new Ledger(facts.Ledger, settings.Rules, now).TileOf(month);
        PaymentStatus? payment = tile.State switch
        {
            MonthState.Paid or MonthState.Prepaid => PaymentStatus.Confirmed,
            MonthState.Pending => PaymentStatus.Pending,
            _ => null,
        };
        return new ReportRow(facts.Person.FullName, facts.Person.Phone, facts.Person.City, tile.State, payment, tile.Amount,
            payment == PaymentStatus.Confirmed ? facts.LastPaidAt : null);
    }
}
