using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;

namespace Diaspora.Web.Payments.Admin.Queue;

/// <param name="ArrivedAt">When it came while the page was open; missing for what was there.</param>
/// <param name="IsLeaving">It does not belong here any more. It stays only until the pointer over the list rests.</param>
public sealed record QueueItem(PaymentRow Row, DateTime? ArrivedAt = null, bool IsLeaving = false)
{
    public bool IsNew(DateTime now) => ArrivedAt is { } at && now - at < QueueList.NewFor;
}

/// <summary>
/// The rows of an open queue page and how live changes are put into them. Arrivals go on top and stay there until the page is
/// opened anew, so that nothing jumps; while they would disturb, they wait. While a hand is over the list nothing moves at all:
/// the second click of a double click must not find another row under it.
/// </summary>
public sealed class QueueList
{
    /// <summary>How long an arrival is called new.</summary>
    public static readonly TimeSpan NewFor = TimeSpan.FromSeconds(60);

    private readonly PaymentFilter _filter;
    private readonly List<QueueItem> _items;
    private readonly List<PaymentRow> _waiting = [];

    /// <summary>What came and stands on a later page.</summary>
    private readonly HashSet<Guid> _later = [];
    private readonly bool _goesOn;
    private readonly QueueSearch? _search;
    private readonly TimeZoneInfo _zone;

    /// <param name="zone">Where the times are told that are searched for.</param>
    /// <param name="goesOn">There are pages after this one.</param>
    public QueueList(PaymentFilter filter, IEnumerable<PaymentRow> rows, TimeZoneInfo? zone = null, bool goesOn = false)
    {
        _goesOn = goesOn;
        (_filter, _search, _zone) = (filter, QueueSearch.Parse(filter.Search), zone ?? TimeZoneInfo.Utc);
        _items = [.. rows.Select(row => new QueueItem(row))];
    }

    public IReadOnlyList<QueueItem> Items => _items;

    /// <summary>Another one after every change of what is shown, or waits to be.</summary>
    public int Version { get; private set; }

    /// <summary>How many belong here, shown, waiting or on a later page.</summary>
    public int Count => _items.Count(item => !item.IsLeaving) + _waiting.Count + _later.Count;

    /// <summary>How many arrivals wait to be let in.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Someone works in the list now: arrivals wait.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>The pointer is over the list now, so decided rows stay where they are.</summary>
    public bool IsStill { get; private set; }

    public PaymentRow? Find(Guid intentId) => _items.Find(item => item.Row.IntentId == intentId)?.Row;

    /// <summary>Holds arrivals back, or lets in those that waited.</summary>
    public void Hold(bool hold, DateTime now)
    {
        IsHeld = hold;
        if (!hold)
        {
            LetIn(now);
        }
    }

    /// <summary>Keeps every row in its place, or removes those that were decided meanwhile.</summary>
    public void KeepStill(bool still)
    {
        IsStill = still;
        if (!still)
        {
            Version += _items.RemoveAll(item => item.IsLeaving);
        }
    }

    /// <summary>Shows the arrivals that waited, the newest on top.</summary>
    public void LetIn(DateTime now)
    {
        foreach (var row in _waiting)
        {
            Insert(row, now);
        }

        _waiting.Clear();
    }

    /// <summary>Puts one changed intent in its place: patches, adds, removes, or lets it wait.</summary>
    /// <param name="row">As it is now; missing when there is no such intent any more.</param>
    /// <param name="mine">The reader's own undo, which must be seen at once.</param>
    /// <returns>Whether a payment that was not there to check has arrived.</returns>
    public bool Apply(Guid intentId, PaymentRow? row, DateTime now, bool mine = false)
    {
        _later.Remove(intentId);
        var shown = _items.FindIndex(item => item.Row.IntentId == intentId);
        var waiting = _waiting.FindIndex(other => other.IntentId == intentId);
        if (row is null || !Accepts(row))
        {
            Remove(shown, waiting, row);
            return false;
        }

        if (shown >= 0)
        {
            return Patch(shown, row, now);
        }

        if (waiting >= 0)
        {
            _waiting[waiting] = row;
            return false;
        }

        if (_filter.Number > 1)
        {
            return false;
        }

        if (_goesOn && !mine && !IsArrival(row, now) && PlaceOf(row) == _items.Count)
        {
            _later.Add(intentId);
            return false;
        }

        if (IsHeld && !mine)
        {
            _waiting.Add(row);
            Version++;
        }
        else
        {
            Insert(row, now);
        }

        return !mine && IsArrival(row, now);
    }

    /// <summary>Whether the page's filter would have found this row.</summary>
    private bool Accepts(PaymentRow row) =>
        (_filter.Status is not { } status || row.Months.Any(month => month.Status == status))
        && (_filter.Month is not { } wanted || row.Months.Any(month => month.Period == wanted))
        && (_filter.Method is not { } method || row.Method == method)
        && (!_filter.NeedsAttention || row.Warnings.Count > 0)
        && (_search is null || _search.Finds(row, _zone));

    private void Remove(int shown, int waiting, PaymentRow? row)
    {
        Version += shown >= 0 || waiting >= 0 ? 1 : 0;
        if (shown >= 0 && IsStill && row is not null)
        {
            _items[shown] = _items[shown] with { Row = row, IsLeaving = true };
        }
        else if (shown >= 0)
        {
            _items.RemoveAt(shown);
        }

        if (waiting >= 0)
        {
            _waiting.RemoveAt(waiting);
        }
    }

    private bool Patch(int index, PaymentRow row, DateTime now)
    {
        if (!_items[index].IsLeaving && _items[index].Row.SaysTheSame(row))
        {
            return false;
        }

        Version++;
        var claimedNow = _items[index].Row.ClaimedAt is null && row.ClaimedAt is not null && row.CanDecide;
        if (claimedNow && !IsHeld && !IsStill)
        {
            _items.RemoveAt(index);
            Insert(row, now);
        }
        else
        {
            _items[index] = _items[index] with { Row = row, ArrivedAt = claimedNow ? now : _items[index].ArrivedAt, IsLeaving = false };
        }

        return claimedNow;
    }

    private void Insert(PaymentRow row, DateTime now)
    {
        Version++;
        if (IsArrival(row, now))
        {
            _items.Insert(0, new QueueItem(row, now));
            return;
        }

        _items.Insert(PlaceOf(row), new QueueItem(row));
    }

    private int PlaceOf(PaymentRow row)
    {
        var place = _items.FindIndex(item => item.ArrivedAt is null && IsBefore(row, item.Row));
        return place < 0 ? _items.Count : place;
    }

    /// <summary>The order of the page. What is decided is sorted by what changed last, and this one changes now.</summary>
    private bool IsBefore(PaymentRow row, PaymentRow other) => _filter switch
    {
        { Sort: PaymentSort.Sum } => Turned(SumOf(other).CompareTo(SumOf(row))) < 0,
        { Sort: PaymentSort.Name } => Turned(string.CompareOrdinal(NameOrder.KeyOf(row.PayerName), NameOrder.KeyOf(other.PayerName))) < 0,
        { Status: not PaymentStatus.Pending } => !_filter.IsReversed,
        _ => row.ClaimedAt is null == other.ClaimedAt is null ? Turned(row.WaitsSince.CompareTo(other.WaitsSince)) < 0 : row.ClaimedAt is not null,
    };

    private int Turned(int compared) => _filter.IsReversed ? -compared : compared;

    private long SumOf(PaymentRow row) => row.Months.Where(month => _filter.Status is not { } status || month.Status == status).Sum(month => (long)month.Amount.Tenge);

    private static bool IsArrival(PaymentRow row, DateTime now) => row.CanDecide && row.ClaimedAt is { } at && now - at < NewFor;
}
