using Diaspora.Domain.Dues;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Web.Kaspi;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace Diaspora.Web.Payments.Cabinet.Intent;

/// <summary>One payment of a member, from the instruction to the decision.</summary>
public sealed partial class PayerIntentPage
{
    private Press press = new();
    private Reading reading = new();
    private ElementReference heading;
    private Guid? shown;
    private long? since;
    private bool moveFocus;

    [Inject] private CurrentActor Actor { get; set; } = default!;

    [Inject] private CabinetService Dues { get; set; } = default!;

    [Inject] private PaymentService Payments { get; set; } = default!;

    [Inject] private PayWaysReader Reader { get; set; } = default!;

    [Inject] private IChangeFeed Feed { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Parameter] public Guid IntentId { get; set; }

    /// <summary>Why a receipt sent without scripts was refused.</summary>
    [SupplyParameterFromQuery(Name = "receipt")] public string? ReceiptProblem { get; set => field = value.Visible(); }

    [PersistentState(RestoreBehavior = RestoreBehavior.SkipLastSnapshot)] public IntentDetails? Details { get; set; }

    /// <summary>
    /// Whether the instruction is shown. A receipt claims the intent by itself, but the instruction stays until the member says
    /// that it is paid.
    /// </summary>
    [PersistentState] public bool? Transferring { get; set; }

    /// <summary>How it can be paid in Kaspi.</summary>
    [PersistentState(RestoreBehavior = RestoreBehavior.SkipLastSnapshot)] public PayWays? Ways { get; set; }

    /// <summary>What is to pay after this one.</summary>
    [PersistentState] public MonthTile? Next { get; set; }

    private Problem? Problem => reading.Refusal ?? press.Sentence;

    /// <summary>The instruction is asked for again.</summary>
    [SupplyParameterFromQuery(Name = "step")] public string? Step { get; set => field = value.Visible(); }

    private bool IsAskedFor => Step == "transfer";

    private bool IsTransfer => (Transferring == true || IsAskedFor) && Details is { IsPayer: true, Row.Status: PaymentStatus.Pending };

    /// <summary>Blazor keeps this page when the member goes from one intent to another. Nothing of the first may stay.</summary>
    protected override async Task OnParametersSetAsync()
    {
        if (shown is not null && shown != IntentId)
            (Details, Transferring, Ways, Next, press, reading) = (null, null, null, null, new Press(), new Reading());

        var isNew = shown != IntentId;
        shown = IntentId;

        // A bill is made within moments of the intent.
        since ??= Feed.Published;
        if (isNew && Details is null)
            await ReadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // The button that was pressed is gone: the reader goes on at the heading.
        if (moveFocus)
        {
            moveFocus = false;
            await heading.FocusAsync();
        }
    }

    private Task ReadAsync() => reading.ReadAsync(
        async () =>
        {
            var (actor, wanted) = (await Actor.GetAsync(), IntentId);
            var read = await Payments.IntentAsync(actor, wanted);
            if (wanted != IntentId)
                return;

            Ways = read is { IsPayer: true, Row.Status: PaymentStatus.Pending } ? await Reader.ReadAsync(actor, wanted) : null;
            if (wanted != IntentId)
                return;

            Details = read;
            Transferring ??= Details.IsPayer && Details.Row.ClaimedAt is null;
            if (Details.Row.Status != PaymentStatus.Pending)
            {
                press.Forget();
                Next = (await Dues.CabinetAsync(actor)).Payable.FirstOrDefault(tile => tile.State is MonthState.Overdue or MonthState.Due);
            }
        },
        Details is null ? Navigation.NotFound : null);

    private Task ClaimAsync() => ChangeAsync(async (actor, id) =>
    {
        await Payments.ClaimAsync(actor, id);
        if (id != IntentId)
            return;

        Transferring = false;
        if (IsAskedFor)
            Navigation.NavigateTo(Urls.Intent(id), replace: true);
    });

    private Task CancelAsync() => ChangeAsync((actor, id) => Payments.CancelAsync(actor, id));

    private Task RemoveAsync(Guid receiptId) => ChangeAsync((actor, id) => Payments.RemoveReceiptAsync(actor, id, receiptId), isStep: false);

    private Task ChangeAsync(Func<Actor, Guid, Task> change, bool isStep = true)
    {
        // The member may go on to another intent meanwhile, which has a press of its own and is not told of this one.
        var id = IntentId;
        return press.DoAsync(
            async () =>
            {
                await change(await Actor.GetAsync(), id);
                moveFocus = isStep && id == IntentId;
                await ReadAgainAsync(id);
            },
            refused: _ => ReadAgainAsync(id));
    }

    private Task ReadAgainAsync(Guid id) => id == IntentId ? ReadAsync() : Task.CompletedTask;
}
