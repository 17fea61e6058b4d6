using Diaspora.Domain.Dues;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Reports;

/// <summary>Keeps the figures of months that are over.</summary>
public sealed class MonthClosingService(IStore store, CurrentSettings settings, TimeProvider clock)
{
    /// <summary>Closes every month that is over for long enough and not closed yet, the oldest first.</summary>
    /// <returns>How many that were.</returns>
    public async Task<int> CloseAsync(CancellationToken cancel = default)
    {
        var last = ClosedMonth.LastOn(settings.Rules.DayOf(Now));
        var open = await store.ReadAsync(async work => await work.Reports.FirstMonthAsync(cancel) is { } first && first <= last
            ? Period.Range(first, last).Except((await work.Reports.ClosedAsync(new PeriodSpan(first, last), cancel)).Keys).ToList()
            : [], cancel);
        foreach (var month in open)
        {
            // Added up outside of the transaction: a confirm waits for one row and not for a hundred thousand members.
            var summary = await ReportService.SummaryAsync(store, settings.Rules, month, cancel);
            await store.WriteAsync(async work =>
            {
                if ((await work.Reports.ClosedAsync(new PeriodSpan(month, month), cancel)).Count == 0)
                {
                    var closed = new ClosedMonth(summary, Now);
                    work.Reports.Add(closed);
                    work.Audit.Add(new AuditEntry(Actor.Task("close-months"), AuditAction.MonthClosed, nameof(ClosedMonth), closed.Id, null, null, FactsOf(summary), Now));
                }

                return true;
            }, cancel);
        }

        return open.Count;
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private static object FactsOf(MonthSummary summary) => new
    {
        month = summary.Month,
        expected = summary.Figures.Expected.Tenge,
        collected = summary.Figures.Collected.Tenge,
        received = summary.Came.Sum.Tenge,
    };
}
