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

/// <summary>One member's twelve months of a year.</summary>
public sealed record YearRow(string FullName, string Phone, IReadOnlyList<MonthTile> Tiles);

public sealed record YearReport(int Year, IReadOnlyList<YearRow> Rows);

/// <summary>Who paid a month and who did not.</summary>
public sealed class ReportService(IStore store, CurrentSettings settings, TimeProvider clock)
{
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

    /// <summary>Everybody's twelve tiles of a year, the same that member and cashier see; notes in the log that the data left the portal.</summary>
    public async Task<YearReport> ExportYearAsync(Actor actor, int year, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var report = await store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            var everybody = await work.Members.AllInAsync(new PeriodSpan(new Period(year, 1), new Period(year, 12)), cancel);
            return new YearReport(year, [.. everybody.Select(facts => new YearRow(facts.Person.FullName, facts.Person.Phone, new Ledger(facts.Ledger, settings.Rules, now).TilesOf(year)))]);
        }, cancel);
        await RecordAsync(actor, new { year, rows = report.Rows.Count }, cancel);
        return report;
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
