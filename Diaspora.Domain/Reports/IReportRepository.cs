using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Reports;

/// <summary>Adds up in the database what <see cref="MonthSummary.Of"/> says of every row.</summary>
public interface IReportRepository
{
    /// <summary>Everything of a month but the money by its day.</summary>
    Task<MonthSummary> MonthAsync(Period month, Money fee, CancellationToken cancel = default);

    Task<CameMoney> CameAsync(ReportDays days, CancellationToken cancel = default);

    /// <summary>How many members paid each of these months by now, and how much.</summary>
    Task<IReadOnlyDictionary<Period, (int Payers, Money Sum)>> PaidAsync(IReadOnlyCollection<Period> months, CancellationToken cancel = default);

    Task<DebtAgeing> DebtsAsync(CancellationToken cancel = default);

    /// <summary>The months of a span whose figures were kept.</summary>
    Task<IReadOnlyDictionary<Period, ClosedMonth>> ClosedAsync(PeriodSpan months, CancellationToken cancel = default);

    /// <summary>The first month that anybody joined in or paid; missing where there is nobody.</summary>
    Task<Period?> FirstMonthAsync(CancellationToken cancel = default);

    /// <summary>All who have a ledger, by name or the greatest debt first.</summary>
    Task<IReadOnlyList<Guid>> MembersAsync(MatrixFilter filter, int skip, int take, CancellationToken cancel = default);

    Task<int> CountAsync(MatrixFilter filter, CancellationToken cancel = default);

    /// <summary>These members with all that their ledgers are computed from, in this order.</summary>
    Task<IReadOnlyList<MemberFacts>> FactsAsync(IReadOnlyList<Guid> ids, CancellationToken cancel = default);

    Task<Page<ReportLine>> ListAsync(ReportListFilter filter, ReportDays days, CancellationToken cancel = default);

    void Add(ClosedMonth month);
}

/// <summary>The days of a month, and the instants between which they lie.</summary>
public sealed record ReportDays(DateOnly First, DateOnly Last, DateTime FromUtc, DateTime ToUtc, TimeZoneInfo Zone)
{
    public static ReportDays Of(Period month, TimeZoneInfo zone) => new(
        month.FirstDay, month.Next.FirstDay.AddDays(-1),
        TimeZoneInfo.ConvertTimeToUtc(month.FirstDay.ToDateTime(TimeOnly.MinValue), zone), TimeZoneInfo.ConvertTimeToUtc(month.Next.FirstDay.ToDateTime(TimeOnly.MinValue), zone), zone);
}

public static class ReportRepositories
{
    extension(IWork work)
    {
        public IReportRepository Reports => work.Repository<IReportRepository>();
    }
}
