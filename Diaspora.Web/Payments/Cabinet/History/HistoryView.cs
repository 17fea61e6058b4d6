using Diaspora.Domain.Dues;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Web.Dues;

namespace Diaspora.Web.Payments.Cabinet.History;

/// <summary>One month of the history with its payments, newest first; none where nobody has paid it.</summary>
public sealed record HistoryMonth(MonthTile Tile, IReadOnlyList<HistoryRow> Payments)
{
    /// <summary>A payment says how the month stands. One that was refused, taken back or returned does not.</summary>
    public bool IsCovered => Payments.Any(row => !row.Outcome.IsVoid);
}

/// <summary>A line of the history: a month that no payment covers, or a transfer.</summary>
public sealed record HistoryLine(MonthTile? Open, Transfer? Transfer, Period Newest);

/// <summary>Every month of one year that a member can ask about.</summary>
public sealed class HistoryView
{
    /// <param name="wanted">The year of the address; the current one where the member has no such year.</param>
    public HistoryView(CabinetDetails details, IReadOnlyList<HistoryRow> rows, int? wanted)
    {
        Current = details.Current.Period;
        var first = Math.Min(details.JoinedIn?.Year ?? Current.Year, rows.Count == 0 ? Current.Year : rows.Min(row => row.Period.Year));
        var last = Math.Max(Current.Year, rows.Count == 0 ? Current.Year : rows.Max(row => row.Period.Year));
        Years = [.. Enumerable.Range(Math.Min(first, Current.Year), last - Math.Min(first, Current.Year) + 1).Reverse()];
        Year = wanted is { } year && Years.Contains(year) ? year : Current.Year;

        var tiles = details.Tiles.ToDictionary(tile => tile.Period);
        var byMonth = rows.Where(row => row.Period.Year == Year).ToLookup(row => row.Period);
        Months =
        [
            .. Period.Range(new Period(Year, 1), new Period(Year, 12))
                .Where(period => byMonth.Contains(period) || (details.JoinedIn is { } joined && period >= joined && period <= Current))
                .Select(period => new HistoryMonth(
                    tiles.GetValueOrDefault(period) ?? new MonthTile(period, MonthState.Before, Money.Zero, false),
                    [.. byMonth[period].OrderByDescending(row => row.CreatedAt)]))
                .Reverse(),
        ];
        IsEmpty = rows.Count == 0;

        // A transfer that reaches into another year is there as well, and whole in both: one thing stays one thing.
        Lines =
        [
            .. Months.Where(month => !month.IsCovered).Select(month => new HistoryLine(month.Tile, null, month.Tile.Period))
                .Concat(Transfer.Of(rows.OrderByDescending(row => row.CreatedAt)).Where(transfer => transfer.Periods.Any(period => period.Year == Year))
                    .Select(transfer => new HistoryLine(null, transfer, transfer.Periods.Last(period => period.Year == Year))))
                .OrderByDescending(line => line.Newest),
        ];
    }

    public Period Current { get; }

    public int Year { get; }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<int> Years { get; }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<HistoryMonth> Months { get; }

    /// <summary>Newest month first.</summary>
    public IReadOnlyList<HistoryLine> Lines { get; }

    /// <summary>The member has never paid anything.</summary>
    public bool IsEmpty { get; }

    public Money Paid => Money.Sum(Months.SelectMany(month => month.Payments).Where(row => row.Status == PaymentStatus.Confirmed).Select(row => row.Amount));

    public int PaidMonths => Months.Count(month => month.Tile.State is MonthState.Paid or MonthState.Prepaid);

    /// <summary>The months that cost something.</summary>
    public int CountedMonths => Months.Count(month => month.Tile.State is not (MonthState.Exempt or MonthState.Suspended or MonthState.Before or MonthState.Ahead));

    public int InReview => Months.Count(month => month.Tile.State == MonthState.Pending);
}
