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
        if (open.Count == 0)
        {
            return 0;
        }

        // Added up outside of the transaction: a confirm waits for some rows and not for a hundred thousand members.
        List<MonthSummary> summaries = [];
        foreach (var month in open)
        {
            summaries.Add(await ReportService.SummaryAsync(store, settings.Rules, month, cancel));
        }

        return await store.WriteAsync(async work =>
        {
            var known = await work.Reports.ClosedAsync(new PeriodSpan(open[0], open[^1]), cancel);
            var closed = summaries.Where(summary => !known.ContainsKey(summary.Month)).Select(summary => new ClosedMonth(summary, Now)).ToList();
            foreach (var month in closed)
            {
                work.Reports.Add(month);
                work.Audit.Add(new AuditEntry(Actor.Task("close-months"), AuditAction.MonthClosed, nameof(ClosedMonth), month.Id, null, null, FactsOf(month.Summary), Now));
            }

            return closed.Count;
        }, cancel);
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
