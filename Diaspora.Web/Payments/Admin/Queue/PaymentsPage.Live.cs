using Diaspora.Domain.Members;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Microsoft.AspNetCore.Components;

namespace Diaspora.Web.Payments.Admin.Queue;

/// <summary>What changes the queue while it is open: others, and the focus.</summary>
public sealed partial class PaymentsPage
{
    /// <summary>Puts each change into its own row.</summary>
    private async Task PatchAsync(IReadOnlyList<PaymentsChanged> changes)
    {
        var (arrived, before) = (0, Shown);

        // What else the same people have waiting is warned of, or is no more.
        var payers = changes.SelectMany(change => change.MemberIds).ToHashSet();
        var beside = live.List?.Items.Where(item => payers.Contains(item.Row.PayerId)).Select(item => item.Row.IntentId) ?? [];

        // In an order of their own: what all desks ask alike is read once.
        Guid[] intentIds = [.. changes.Select(change => change.IntentId).Concat(beside).Distinct().Order()];
        await ReadAsync(async actor =>
        {
            var rows = await Watch.RowsAsync(actor, intentIds);
            arrived = intentIds.Count(intentId => Apply(intentId, rows.GetValueOrDefault(intentId)));
        });
        announcements?.Say(arrived);
        if (Opened is { } open && changes.Any(change => change.IntentId == open.Row.IntentId || change.MemberIds.Contains(open.Row.PayerId)))
        {
            await ReadOpenedAsync();
        }

        await RefillAsync();
        DrawUnless(before);
    }

    /// <summary>All that a change can change, to compare.</summary>
    private object Shown => (live.Shown, Opened, reading.Refusal, at);

    private void DrawUnless(object before)
    {
        if (!Shown.Equals(before))
        {
            StateHasChanged();
        }
    }

    private bool Apply(Guid intentId, PaymentRow? row)
    {
        var mine = Decisions.WasTakenBack(intentId);
        at = mine ? intentId : at;
        return live.Apply(intentId, row, mine);
    }

    /// <summary>Read once after a burst, however many changes came: see where it listens.</summary>
    private Task ReadFiguresAsync() => ReadAndDrawAsync(async actor => Show(await Watch.QueueFiguresAsync(actor)));

    /// <summary>The same, and later: it is told of in a chip, and reads all that are open.</summary>
    private Task ReadAttentionAsync() => ReadAndDrawAsync(async actor => live.Show(await Watch.AttentionAsync(actor)));

    private async Task ReadAndDrawAsync(Func<Actor, Task> read)
    {
        var before = Shown;
        await ReadAsync(read);
        await RefillAsync();
        DrawUnless(before);
    }

    /// <summary>Something changed, and nobody knows what.</summary>
    private async Task ReadAgainAsync()
    {
        await ReadAsync();
        await ReadOpenedAsync();
    }

    /// <summary>One intent was decided in part, or somebody else was first.</summary>
    private async Task LookAgainAsync(Guid intentId)
    {
        await ReadAsync(async actor =>
        {
            var (row, figures) = await Watch.RowAsync(actor, intentId);
            Apply(intentId, row);
            Show(figures);
        });
        await ReadOpenedAsync();
    }

    private Task RefillAsync() => live.IsWorkedOff ? ReadAsync() : Task.CompletedTask;

    private async Task HoldForHandAsync(bool hold)
    {
        live.HoldForHand(hold);
        await RefillAsync();
    }

    /// <summary>
    /// The open panel goes with the focus. That is no step that Back would go. What it shows is read while the address goes to the browser and comes back.
    /// </summary>
    private async Task FollowAsync(Guid intentId)
    {
        if (query.Intent is { } open && open != intentId && live.List?.Find(intentId) is not null)
        {
            query = query.Opening(intentId);
            Navigation.NavigateTo(query.Url, replace: true);
            await ReadOpenedAsync();
        }
    }
}
