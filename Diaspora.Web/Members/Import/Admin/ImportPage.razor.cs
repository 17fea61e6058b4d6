using Diaspora.Domain.Import;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Diaspora.Web.Members.Import.Admin;

/// <summary>One import: its columns, what would be booked, and what was.</summary>
public sealed partial class ImportPage : IDisposable
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(400);

    private readonly CancellationTokenSource left = new();
    private readonly Reading reading = new();
    private readonly Press press = new();
    private CancellationToken gone;
    private ImportDetails? details;
    private ImportStep? running;

    private enum Step
    {
        Columns,
        Check,
        Done,
    }

    [Inject] private CurrentActor Actor { get; set; } = default!;

    [Inject] private ImportProgress Progress { get; set; } = default!;

    [Inject] private ImportService Imports { get; set; } = default!;

    [Inject] private IDialogService Dialogs { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Parameter] public Guid Id { get; set; }

    [SupplyParameterFromQuery(Name = "step")] private string? Wanted { get; set => field = value.Visible(); }

    // Read here for the list of step two: a part that comes and goes while the address changes may not listen to it itself.
    [SupplyParameterFromQuery(Name = "show")] private string? Show { get; set => field = value.Visible(); }

    [SupplyParameterFromQuery(Name = "page")] private string? Number { get; set => field = value.Visible(); }

    [SupplyParameterFromQuery(Name = "update")] private string? Update { get; set => field = value.Visible(); }

    [SupplyParameterFromQuery(Name = "duplicates")] private string? Duplicates { get; set => field = value.Visible(); }

    private Step Current => details is { State: not ImportState.Staged } ? Step.Done : Wanted == "check" || running is not null ? Step.Check : Step.Columns;

    public void Dispose()
    {
        left.Cancel();
        left.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        gone = left.Token;
        await ReadAsync();
        if (RendererInfo.IsInteractive && Progress.Of(Id) is not null)
        {
            // Begun before the connection was lost, or by a colleague.
            await WatchAsync();
            await ReadAsync();
        }
    }

    private Task ReadAsync() => reading.ReadAsync(async () => details = await Imports.ImportAsync(await Actor.GetAsync(), Id));

    private async Task CheckAsync()
    {
        await ReadAsync();
        Navigation.NavigateTo(Urls.ImportCheck(Id));
    }

    /// <summary>Goes on when this page is closed. Whether it is booked is stored with the import.</summary>
    private Task BookAsync(ImportChoice form) => press.DoAsync(
        async () =>
        {
            var actor = await Actor.GetAsync();
            running = new ImportStep(0, details!.RowCount);
            var booking = Task.Run(() => Imports.BookAsync(actor, Id, form), CancellationToken.None);
            await WatchAsync(booking);
            if (!gone.IsCancellationRequested)
            {
                await booking;
                await ReadAsync();
            }
        },
        refused: _ => ReadAsync());

    private async Task WatchAsync(Task? booking = null)
    {
        using var timer = new PeriodicTimer(Often);
        try
        {
            while (booking is { IsCompleted: false } || (booking is null && Progress.Of(Id) is not null))
            {
                running = Progress.Of(Id) ?? running;
                StateHasChanged();
                var tick = timer.WaitForNextTickAsync(gone).AsTask();
                await (booking is null ? (Task)tick : Task.WhenAny(booking, tick));
                gone.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }

        running = null;
    }

    private async Task UndoAsync()
    {
        if (await press.AskAsync(() => Dialogs.ShowAsync<UndoImportDialog>(L["UndoTitle"], new DialogParameters<UndoImportDialog> { { it => it.Id, Id } })) is not null)
        {
            await ReadAsync();
        }
    }
}
