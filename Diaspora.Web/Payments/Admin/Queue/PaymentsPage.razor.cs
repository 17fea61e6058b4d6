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
    private Watching? watching;

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

    [Inject] private TimeZoneInfo Zone { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "status")] private string? Status { get; set => field = value.Visible(); }

    [SupplyParameterFromQuery(Name = "month")] private string? Month { get; set => field = value.Visible(); }

    [SupplyParameterFromQuery(Name = "q")] private string? Search { get; set => field = value.Visible(); }

    [SupplyParameterFromQuery(Name = "method")] private string? Method { get; set => field = value.Visible(); }

    [SupplyParameterFromQuery(Name = "sort")] private string? Sort { get; set => field = value.Visible(); }

    [SupplyParameterFromQuery(Name = "attention")] private string? Attention { get; set => field = value.Visible(); }

    [SupplyParameterFromQuery(Name = "page")] private string? Number { get; set => field = value.Visible(); }

    [SupplyParameterFromQuery(Name = "intent")] private string? Intent { get; set => field = value.Visible(); }

    /// <summary>The queue as read while prerendering; not for a circuit that comes back, which must read anew.</summary>
    [PersistentState(RestoreBehavior = RestoreBehavior.SkipLastSnapshot)] public byte[]? Packed { get; set; }

    /// <summary>Without its log, which the panel does not show and a member can make as long as they like.</summary>
    [PersistentState(RestoreBehavior = RestoreBehavior.SkipLastSnapshot)] public StaffIntentDetails? Opened { get; set; }

    protected override void OnInitialized() => (live, at) = (new LiveQueue(Clock, Zone), Place.Return());

    protected override async Task OnParametersSetAsync()
    {
        var wanted = PaymentQuery.Parse(Status, Month, Search, Number, Intent, Method, Sort, Attention);
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

    private void LookWhoWatches(IReadOnlyCollection<Guid> intentIds)
    {
        if (intentIds.Any(intentId => live.List?.Find(intentId) is not null))
        {
            StateHasChanged();
        }
    }

    private string? WatcherOf(Guid intentId) => watching?.Others(intentId);

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

        // What else the same people have waiting is warned of, or is no more.
        var payers = changes.SelectMany(change => change.MemberIds).ToHashSet();
        var beside = live.List?.Items.Where(item => payers.Contains(item.Row.PayerId)).Select(item => item.Row.IntentId) ?? [];
        Guid[] intentIds = [.. changes.Select(change => change.IntentId).Concat(beside).Distinct()];
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
        StateHasChanged();
    }

    private bool Apply(Guid intentId, PaymentRow? row)
    {
        var mine = Decisions.WasTakenBack(intentId);
        at = mine ? intentId : at;
        return live.Apply(intentId, row, mine);
    }

    /// <summary>Read once after a burst, however many changes came: see where it listens.</summary>
    private async Task ReadFiguresAsync()
    {
        await ReadAsync(async actor => Show(await Watch.QueueFiguresAsync(actor)));
        await RefillAsync();
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

    /// <summary>The open panel goes with the focus. That is no step that Back would go.</summary>
    private void Follow(Guid intentId)
    {
        if (query.Intent is { } open && open != intentId && live.List?.Find(intentId) is not null)
        {
            Navigation.NavigateTo(query.Opening(intentId).Url, replace: true);
        }
    }
}
