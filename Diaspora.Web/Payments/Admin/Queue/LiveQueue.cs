using Diaspora.Domain.Payments;

namespace Diaspora.Web.Payments.Admin.Queue;

/// <summary>What an open queue page shows: the rows, the figures above them, and the moment that ages are told at. Knows why rows are held still.</summary>
public sealed class LiveQueue(TimeProvider clock, TimeZoneInfo? zone = null)
{
    /// <summary>How often ages are told anew.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(15);

    private bool _isFocused;
    private bool _isHandled;
    private bool _isBehindDialog;

    public QueueList? List { get; private set; }

    public QueueFigures? Figures { get; private set; }

    /// <summary>How many intents the filter finds on all pages.</summary>
    public int Total { get; private set; }

    /// <summary>The moment that ages are told at. A change does not move it, or each would draw every row that waits for less than a minute.</summary>
    public DateTime Now { get; private set; } = clock.GetUtcNow().UtcDateTime;

    /// <summary>All that is shown of it, to compare: what is the same afterwards need not be drawn.</summary>
    public object Shown => (List, List?.Version, Figures, Total, Now);

    /// <summary>All rows that were shown are decided, and there are more.</summary>
    public bool IsWorkedOff => List is { Items.Count: 0, Waiting: 0 } && Total > 0;

    private DateTime Clock => clock.GetUtcNow().UtcDateTime;

    public void Show(PaymentFilter filter, PaymentQueue read)
    {
        Now = Clock;
        List = new QueueList(filter, read.Page.Items, zone, (filter.Number - 1) * PaymentFilter.Size + read.Page.Items.Count < read.Page.Total);
        Hold();
        Total = read.Page.Total;
        Show(filter, read.Figures);
        Show(read.Figures.Attention);
    }

    /// <summary>How many should be looked at twice. It is drawn by itself.</summary>
    public int Attention { get; private set; }

    public event Action? AttentionChanged;

    public void Show(PaymentFilter filter, QueueFigures read)
    {
        Figures = read;
        Total = filter == new PaymentFilter(Number: filter.Number) ? read.Open : Total;
    }

    public void Show(int attention)
    {
        if (Attention != attention)
        {
            Attention = attention;
            AttentionChanged?.Invoke();
        }
    }

    /// <summary>Puts one changed intent in its place.</summary>
    /// <param name="row">As it is now; missing when there is no such intent any more.</param>
    /// <param name="mine">The reader's own undo, which must be seen at once.</param>
    /// <returns>Whether a payment that was not there to check has arrived.</returns>
    public bool Apply(Guid intentId, PaymentRow? row, bool mine = false)
    {
        if (List is null)
        {
            return false;
        }

        var before = List.Count;
        var arrived = List.Apply(intentId, row, Clock, mine);
        Total += List.Count - before;
        return arrived;
    }

    public void HoldForFocus(bool hold)
    {
        _isFocused = hold;
        Hold();
    }

    /// <summary>While a dialog is open, nothing moves behind it.</summary>
    public void HoldForDialog(bool hold)
    {
        _isBehindDialog = hold;
        Hold();
    }

    public async Task<T> BehindDialogAsync<T>(Func<Task<T>> ask)
    {
        HoldForDialog(true);
        try
        {
            return await ask();
        }
        finally
        {
            HoldForDialog(false);
        }
    }

    /// <summary>While the pointer is over the list, no row moves at all.</summary>
    public void HoldForHand(bool hold)
    {
        _isHandled = hold;
        Hold();
    }

    public void LetIn() => List?.LetIn(Clock);

    /// <summary>Tells ages anew until the page is left.</summary>
    public async Task TickAsync(Action show, CancellationToken left)
    {
        try
        {
            using var timer = new PeriodicTimer(Tick, clock);
            while (await timer.WaitForNextTickAsync(left))
            {
                Now = Clock;
                show();
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private void Hold()
    {
        List?.KeepStill(_isHandled);
        List?.Hold(_isFocused || _isBehindDialog || _isHandled, Clock);
    }
}
