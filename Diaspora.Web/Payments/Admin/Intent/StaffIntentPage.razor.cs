using Diaspora.Domain.Payments;
using Diaspora.Web.Payments.Admin.Decide;
using Diaspora.Web.Payments.Admin.Queue;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace Diaspora.Web.Payments.Admin.Intent;

/// <summary>One intent with all that happened to it, and what can be decided of it.</summary>
public sealed partial class StaffIntentPage
{
    private readonly Reading reading = new();
    private StaffIntentDetails? details;

    [Inject] private CurrentActor Actor { get; set; } = default!;

    [Inject] private Decisions Decisions { get; set; } = default!;

    [Inject] private ModerationService Moderation { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private QueuePlace Place { get; set; } = default!;

    [Inject] private QueueWords Words { get; set; } = default!;

    [Parameter] public Guid Id { get; set; }

    /// <summary>The page was opened to attach a receipt.</summary>
    [SupplyParameterFromQuery(Name = "attach")] public string? Attach { get; set => field = value.Visible(); }

    [PersistentState(RestoreBehavior = RestoreBehavior.SkipLastSnapshot)] public StaffIntentDetails? Kept { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        Place.Look(Id);
        details ??= Kept;
        if (details?.Row.IntentId != Id)
        {
            await ReadAsync();
        }
    }

    private bool Concerns(PaymentsChanged change) =>
        change.IntentId == Id || (details is { } shown && change.MemberIds.Contains(shown.Row.PayerId));

    private Task ReadAsync() => reading.ReadAsync(
        async () => await Moderation.IntentAsync(await Actor.GetAsync(), Id),
        read =>
        {
            details = read;
            Kept = Carried.Of(RendererInfo, read);
        },
        Navigation.NotFound);

    private async Task ConfirmAsync()
    {
        await Decisions.ConfirmAsync(details!.Row);
        await ReadAsync();
    }

    private async Task RejectAsync()
    {
        if (await Decisions.RejectAsync(details!.Row) is not null)
        {
            await ReadAsync();
        }
    }

    private async Task ReopenAsync()
    {
        if (details?.Row.DecidedAt is { } decidedAt)
        {
            await Decisions.ReopenAsync(Id, decidedAt);
        }

        Decisions.WasTakenBack(Id);
        await ReadAsync();
    }
}
