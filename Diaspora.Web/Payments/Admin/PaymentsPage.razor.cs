using Diaspora.Domain;
using Diaspora.Domain.Payments;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace Diaspora.Web.Payments.Admin;

/// <summary>
/// The live queue. It is read once; after that each change is put into its own row. The address holds the filter and the open
/// intent, so that a reload or a link shows the same.
/// </summary>
public sealed partial class PaymentsPage : IDisposable
{
    /// <summary>How often ages are told anew.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(15);

    private static readonly (string Key, string? Css)[] Columns =
    [
        ("Member", null), ("Months", null), ("Sum", "r"), ("Method", "method"), ("Waits", null), ("Receipt", null), ("Actions", "vh"),
    ];

    private readonly CancellationTokenSource closed = new();
    private PaymentQuery query = new(new PaymentFilter());
    private QueueList? list;
    private QueueFigures? figures;
    private Announcements? announcements;
    private DateTime now;
    private int total;
    private bool focused;
    private bool handled;
    private bool asking;

    [Inject] private ModerationService Moderation { get; set; } = default!;

    [Inject] private CurrentActor Actor { get; set; } = default!;

    [Inject] private Decisions Decisions { get; set; } = default!;

    [Inject] private QueueBadge Badge { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "status")] private string? Status { get; set; }

    [SupplyParameterFromQuery(Name = "month")] private string? Month { get; set; }

    [SupplyParameterFromQuery(Name = "q")] private string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "page")] private string? Number { get; set; }

    [SupplyParameterFromQuery(Name = "intent")] private string? Intent { get; set; }

    /// <summary>As read while prerendering; not for a circuit that comes back, which must read anew.</summary>
    [PersistentState(RestoreBehavior = RestoreBehavior.SkipLastSnapshot)] public PaymentQueue? Queue { get; set; }

    [PersistentState(RestoreBehavior = RestoreBehavior.SkipLastSnapshot)] public StaffIntentDetails? Opened { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var wanted = PaymentQuery.Parse(Status, Month, Search, Number, Intent);
        var filterChanged = wanted.Filter != query.Filter;
        query = wanted;
        now = Clock.GetUtcNow().UtcDateTime;
        if (list is null || filterChanged)
        {
            var read = list is null && Queue is not null ? Queue : await Moderation.QueueAsync(await Actor.GetAsync(), wanted.Filter);
            if (wanted.Filter != query.Filter)
            {
                return; // Someone typed on: the answer to the last letter counts.
            }

            Show(read);
        }

        if (query.Intent != Opened?.Row.IntentId)
        {
            await ReadOpenedAsync();
        }
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _ = TickAsync();
        }
    }

    public void Dispose()
    {
        closed.Cancel();
        closed.Dispose();
    }

    private void Show(PaymentQueue read)
    {
        Queue = read;
        list = new QueueList(query.Filter, read.Page.Items);
        Hold();
        figures = read.Figures;
        total = read.Page.Total;
        Badge.Set(read.Figures.Waiting);
    }

    private async Task ReadOpenedAsync()
    {
        var wanted = query.Intent;
        try
        {
            var details = wanted is { } id ? await Moderation.IntentAsync(await Actor.GetAsync(), id) : null;
            if (wanted == query.Intent)
            {
                Opened = details;
            }
        }
        catch (DomainException refusal) when (refusal.IsNotFound)
        {
            Opened = null;
        }
    }

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

        if (list is { Items.Count: 0, Waiting: 0 } && total > PaymentFilter.Size)
        {
            Show(await Moderation.QueueAsync(await Actor.GetAsync(), query.Filter));
        }
    }

    private async Task<bool> PatchAsync(Guid intentId)
    {
        var (row, read) = await Moderation.RowAsync(await Actor.GetAsync(), intentId);
        now = Clock.GetUtcNow().UtcDateTime;
        figures = read;
        Badge.Set(read.Waiting);
        return list?.Apply(intentId, row, now, Decisions.WasTakenBack(intentId)) == true;
    }

    private async Task ConfirmAsync(PaymentRow row) => await SettleAsync(row, PaymentStatus.Confirmed, await Decisions.ConfirmAsync(row));

    private async Task RejectAsync(PaymentRow row)
    {
        asking = true;
        Hold();
        var done = await Decisions.RejectAsync(row);
        asking = false;
        Hold();
        if (done is { } settled)
        {
            await SettleAsync(row, PaymentStatus.Rejected, settled);
        }
    }

    private async Task ReopenAsync(Guid intentId)
    {
        if (Opened is { Row: { DecidedAt: { } decidedAt } row } && row.IntentId == intentId && !await Decisions.ReopenAsync(intentId, decidedAt))
        {
            await PatchAsync(intentId);
            await ReadOpenedAsync();
        }
    }

    /// <summary>What was decided leaves at once; the announcement brings the figures. Who came too late sees what is true now.</summary>
    private async Task SettleAsync(PaymentRow row, PaymentStatus status, bool done)
    {
        now = Clock.GetUtcNow().UtcDateTime;
        if (done)
        {
            list?.Apply(row.IntentId, row with { Months = [.. row.Months.Select(month => month.Status == PaymentStatus.Pending ? month with { Status = status } : month)] }, now);
            return;
        }

        await PatchAsync(row.IntentId);
        await ReadOpenedAsync();
    }

    private Task ConfirmByKeyAsync(Guid intentId) => Of(intentId) is { CanDecide: true } row ? ConfirmAsync(row) : Task.CompletedTask;

    private Task RejectByKeyAsync(Guid intentId) => Of(intentId) is { CanDecide: true } row && !asking ? RejectAsync(row) : Task.CompletedTask;

    private PaymentRow? Of(Guid intentId) => list?.Find(intentId) ?? (Opened?.Row.IntentId == intentId ? Opened.Row : null);

    private void Open(Guid intentId) => Navigation.NavigateTo(query.Opening(intentId).Url);

    private void Close()
    {
        if (query.Intent is not null)
        {
            Navigation.NavigateTo(query.Opening(null).Url);
        }
    }

    private void HoldForFocus(bool hold)
    {
        focused = hold;
        Hold();
    }

    private void HoldForHand(bool hold)
    {
        handled = hold;
        Hold();
    }

    private void Hold()
    {
        now = Clock.GetUtcNow().UtcDateTime;
        list?.KeepStill(handled);
        list?.Hold(focused || asking || handled, now);
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
