using Diaspora.Domain.Payments;

namespace Diaspora.Web.Payments.Admin;

/// <summary>The part that keeps an open page true: changes, the hand over the list, the clock.</summary>
public sealed partial class PaymentsPage
{
    private async Task PatchAsync(IReadOnlyList<PaymentsChanged> changes)
    {
        var arrived = 0;
        foreach (var intentId in changes.Select(change => change.IntentId).Distinct())
        {
            arrived += await PatchAsync(intentId) ? 1 : 0;
        }

        announcements?.Say(arrived);
        if (Opened is { } open && changes.Any(change => change.IntentId == open.Row.IntentId || change.MemberIds.Contains(open.Row.PayerId)))
        {
            await ReadOpenedAsync();
        }

        await RefillAsync();
    }

    private async Task<bool> PatchAsync(Guid intentId)
    {
        var arrived = false;
        await ReadAsync(async actor =>
        {
            var (row, read) = await Moderation.RowAsync(actor, intentId);
            arrived = Apply(intentId, row, Decisions.WasTakenBack(intentId));
            Show(read);
        });
        return arrived;
    }

    /// <summary>Something changed, and nobody knows what.</summary>
    private async Task ReadAgainAsync()
    {
        await ReadAsync();
        await ReadOpenedAsync();
    }

    /// <summary>All that was shown is decided, and there is more.</summary>
    private Task RefillAsync() => list is { Items.Count: 0, Waiting: 0 } && total > 0 && query.Filter.Number == 1 ? ReadAsync() : Task.CompletedTask;

    private bool Apply(Guid intentId, PaymentRow? row, bool mine = false)
    {
        if (list is null)
        {
            return false;
        }

        now = Clock.GetUtcNow().UtcDateTime;
        var before = list.Count;
        var arrived = list.Apply(intentId, row, now, mine);
        total += list.Count - before;
        return arrived;
    }

    private void HoldForFocus(bool hold)
    {
        focused = hold;
        Hold();
    }

    private void HoldForDialog(bool hold)
    {
        behindDialog = hold;
        Hold();
    }

    private async Task<T> BehindDialogAsync<T>(Func<Task<T>> ask)
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

    /// <summary>One intent was decided in part, or somebody else was first.</summary>
    private async Task LookAgainAsync(Guid intentId)
    {
        await PatchAsync(intentId);
        await ReadOpenedAsync();
    }

    private async Task HoldForHandAsync(bool hold)
    {
        handled = hold;
        Hold();
        await RefillAsync();
    }

    private void Hold()
    {
        now = Clock.GetUtcNow().UtcDateTime;
        list?.KeepStill(handled);
        list?.Hold(focused || behindDialog || handled, now);
    }

    private void LetIn() => list?.LetIn(now = Clock.GetUtcNow().UtcDateTime);

    private async Task TickAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(Tick, Clock);
            while (await timer.WaitForNextTickAsync(closed.Token))
            {
                now = Clock.GetUtcNow().UtcDateTime;
                StateHasChanged();
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }
}
