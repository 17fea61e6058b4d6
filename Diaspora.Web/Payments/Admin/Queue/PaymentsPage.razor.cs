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

    /// <summary>The intent that was read last for the panel, or is on its way there.</summary>
    private Guid? asked;

    /// <summary>The row that is to get the focus: the one that was come back from, or that an undo brought back.</summary>
    private Guid? at;

    [Inject] private ModerationService Moderation { get; set; } = default!;

    [Inject] private WatchService Watch { get; set; } = default!;

    [Inject] private CurrentActor Actor { get; set; } = default!;

    [Inject] private Decisions Decisions { get; set; } = default!;

    [Inject] private QueuePlace Place { get; set; } = default!;

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
        if (live.List is null && Carried.Unpacked<PaymentQueue>(Packed) is { } carried)
        {
            Show(carried);
        }
        else if (live.List is null || filterChanged)
        {
            await ReadAsync();
        }

        if (wanted == query && wanted.Intent != Opened?.Row.IntentId && (wanted.Intent is null || wanted.Intent != asked))
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
        asked = query.Intent;
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

    private void Show(PaymentQueue read) => live.Show(query.Filter, read);

    private void Show(QueueFigures read) => live.Show(query.Filter, read);
}
