using Diaspora.Domain.Members;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Web.Payments.Admin.Decide;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace Diaspora.Web.Payments.Admin.Queue;

/// <summary>
/// The live queue. It is read once; after that each change is put into its own row. The address holds the filter and the open
/// intent, so that a reload or a link shows the same.
/// </summary>
public sealed partial class PaymentsPage : IDisposable
{
    private readonly CancellationTokenSource closed = new();
    private readonly Reading reading = new();
    private PaymentQuery query = new(new PaymentFilter());
    private LiveQueue live = default!;
    private Announcements? announcements;

    /// <summary>The row that is to get the focus: the one that was come back from, or that an undo brought back.</summary>
    private Guid? at;

    [Inject] private ModerationService Moderation { get; set; } = default!;

    [Inject] private WatchService Watch { get; set; } = default!;

    [Inject] private CurrentActor Actor { get; set; } = default!;

    [Inject] private Decisions Decisions { get; set; } = default!;

    [Inject] private QueuePlace Place { get; set; } = default!;

    [Inject] private QueueBadge Badge { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "status")] private string? Status { get; set => field = value.Visible(); }

    [SupplyParameterFromQuery(Name = "month")] private string? Month { get; set => field = value.Visible(); }

    [SupplyParameterFromQuery(Name = "q")] private string? Search { get; set => field = value.Visible(); }

    [SupplyParameterFromQuery(Name = "page")] private string? Number { get; set => field = value.Visible(); }

    [SupplyParameterFromQuery(Name = "intent")] private string? Intent { get; set => field = value.Visible(); }

    /// <summary>The queue as read while prerendering; not for a circuit that comes back, which must read anew.</summary>
    [PersistentState(RestoreBehavior = RestoreBehavior.SkipLastSnapshot)] public byte[]? Packed { get; set; }

    /// <summary>Without its log, which the panel does not show and a member can make as long as they like.</summary>
    [PersistentState(RestoreBehavior = RestoreBehavior.SkipLastSnapshot)] public StaffIntentDetails? Opened { get; set; }

    protected override void OnInitialized() => (live, at) = (new LiveQueue(Clock), Place.Return());

    protected override async Task OnParametersSetAsync()
    {
        var wanted = PaymentQuery.Parse(Status, Month, Search, Number, Intent);
        var filterChanged = wanted.Filter != query.Filter;
        query = wanted;
        Place.Leave(query.Url);
        live.LookAtTheClock();
        if (live.List is null && Carried.Unpacked<PaymentQueue>(Packed) is { } carried)
        {
            Show(carried);
        }
        else if (live.List is null || filterChanged)
        {
            await ReadAsync();
        }

        if (wanted == query && wanted.Intent != Opened?.Row.IntentId)
        {
            await ReadOpenedAsync();
        }
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _ = live.TickAsync(StateHasChanged, closed.Token);
        }
    }

    public void Dispose()
    {
        closed.Cancel();
        closed.Dispose();
    }

    private async Task ReadAsync()
    {
        var wanted = query.Filter;
        await ReadAsync(async actor =>
        {
            var read = await Moderation.QueueAsync(actor, wanted);
            if (wanted == query.Filter)
            {
                // Else someone typed on: the answer to the last letter counts.
                Show(read);
                Packed = Carried.Packed(RendererInfo, new PaymentQueue(read.Page.Select(row => row.InShort()), read.Figures));
            }
        });
    }

    private async Task ReadOpenedAsync()
    {
        if (query.Intent is not { } wanted)
        {
            Opened = null;
            return;
        }

        await ReadAsync(async actor =>
        {
            var details = await Moderation.IntentAsync(actor, wanted);
            if (wanted == query.Intent)
            {
                Opened = details with { Log = [] };
            }
        });
    }

    /// <summary>What may not be read is told in its place: the reader may have lost the right while the page was open.</summary>
    private Task ReadAsync(Func<Actor, Task> read) => reading.ReadAsync(async () => await read(await Actor.GetAsync()), missing: () => Opened = null);

    private void Show(PaymentQueue read)
    {
        live.Show(query.Filter, read);
        Badge.Set(read.Figures.Waiting);
    }

    private void Show(QueueFigures read)
    {
        live.Show(query.Filter, read);
        Badge.Set(read.Waiting);
    }

    /// <summary>Puts each change into its own row.</summary>
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
        StateHasChanged();
    }

    private async Task<bool> PatchAsync(Guid intentId)
    {
        var arrived = false;
        await ReadAsync(async actor =>
        {
            var (row, read) = await Watch.RowAsync(actor, intentId);
            var mine = Decisions.WasTakenBack(intentId);
            at = mine ? intentId : at;
            arrived = live.Apply(intentId, row, mine);
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

    /// <summary>One intent was decided in part, or somebody else was first.</summary>
    private async Task LookAgainAsync(Guid intentId)
    {
        await PatchAsync(intentId);
        await ReadOpenedAsync();
    }

    private Task RefillAsync() => live.IsWorkedOff && query.Filter.Number == 1 ? ReadAsync() : Task.CompletedTask;

    private async Task HoldForHandAsync(bool hold)
    {
        live.HoldForHand(hold);
        await RefillAsync();
    }

    private Task ConfirmAsync(PaymentRow row) => DecideAsync(row, PaymentStatus.Confirmed, Decisions.ConfirmAsync, asks: row.UsedIn is not null);

    private Task RejectAsync(PaymentRow row) => DecideAsync(row, PaymentStatus.Rejected, Decisions.RejectAsync, asks: true);

    /// <param name="asks">While a dialog is open, nothing moves behind it.</param>
    private async Task DecideAsync(PaymentRow row, PaymentStatus status, Func<PaymentRow, Task<bool?>> decide, bool asks)
    {
        if (asks && Decisions.IsAsking)
        {
            return;
        }

        at = null;
        var done = asks ? await live.BehindDialogAsync(() => decide(row)) : await decide(row);
        if (done is { } settled)
        {
            await SettleAsync(row, status, settled);
        }
    }

    private async Task ReopenAsync(Guid intentId)
    {
        if (Opened is { Row: { DecidedAt: { } decidedAt } row } && row.IntentId == intentId && await Decisions.ReopenAsync(intentId, decidedAt) is false)
        {
            await LookAgainAsync(intentId);
        }
    }

    /// <summary>What was decided leaves the list at once; the announcement brings the new figures. Whoever was too late sees the state as it is now.</summary>
    private async Task SettleAsync(PaymentRow row, PaymentStatus status, bool done)
    {
        if (done)
        {
            live.Apply(row.IntentId, row with { Months = [.. row.Months.Select(month => month.Status == PaymentStatus.Pending ? month with { Status = status } : month)] });
            return;
        }

        await LookAgainAsync(row.IntentId);
    }

    /// <summary>The open panel goes with the focus. That is no step that Back would go.</summary>
    private void Follow(Guid intentId)
    {
        if (query.Intent is { } open && open != intentId && live.List?.Find(intentId) is not null)
        {
            Navigation.NavigateTo(query.Opening(intentId).Url, replace: true);
        }
    }
}
