using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Diaspora.Web.Payments.Admin.Decide;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace Diaspora.Web.Kaspi.Admin.Lines;

/// <summary>
/// A page of lines. What is decided stays in its row, with its way back, until all of the page is decided or one goes on: nothing moves under a hand or a key. Changes of
/// others are put into the rows that are shown.
/// </summary>
public sealed partial class EvidenceList
{
    private readonly Reading reading = new();
    private LineQuery? shown;
    private EvidencePage? page;
    private IReadOnlyList<EvidenceRow> rows = [];
    private SteadyHand hand = default!;

    [Inject] private EvidenceService Evidence { get; set; } = default!;

    [Inject] private EvidenceLookService Looks { get; set; } = default!;

    [Inject] private CurrentActor Actor { get; set; } = default!;

    [Inject] private LineDecisions Decisions { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Parameter, EditorRequired] public LineQuery Query { get; set; } = default!;

    protected override void OnInitialized() => hand = new SteadyHand(Clock);

    protected override async Task OnParametersSetAsync()
    {
        if (shown != Query)
        {
            shown = Query;
            await RefillAsync();
        }
    }

    /// <summary>Shows the page as the database has it.</summary>
    private async Task RefillAsync()
    {
        var wanted = Query;
        await reading.ReadAsync(
            async () => await Evidence.PageAsync(await Actor.GetAsync(), wanted.Filter),
            read =>
            {
                if (wanted == Query)
                {
                    Show(read, read.Rows.Items);
                }
            });
        StateHasChanged();
    }

    /// <summary>Puts what has changed into the rows that are there; rows that the filter would not find any more stay.</summary>
    private async Task RefreshAsync()
    {
        var wanted = Query;
        var kept = rows.Select(row => row.Id).ToList();
        await reading.ReadAsync(
            async () =>
            {
                var actor = await Actor.GetAsync();
                var read = await Evidence.PageAsync(actor, wanted.Filter);
                var found = read.Rows.Items.ToDictionary(row => row.Id);
                var gone = kept.Where(id => !found.ContainsKey(id)).ToList();
                var others = gone.Count == 0 ? [] : await Looks.RowsAsync(actor, gone);
                return (Read: read, Gone: others.ToDictionary(row => row.Id));
            },
            fresh =>
            {
                if (wanted != Query)
                {
                    return;
                }

                var found = fresh.Read.Rows.Items.ToDictionary(row => row.Id);
                var isWorkedOff = kept.All(fresh.Gone.ContainsKey) && fresh.Read.Rows.Items.Count > 0 && wanted.Filter.Show is not EvidenceShow.All;
                List<EvidenceRow> next = isWorkedOff
                    ? [.. fresh.Read.Rows.Items]
                    : [.. kept.Select(id => found.GetValueOrDefault(id) ?? fresh.Gone.GetValueOrDefault(id)).OfType<EvidenceRow>(), .. fresh.Read.Rows.Items.Where(row => !kept.Contains(row.Id)).Take(Math.Max(0, EvidenceFilter.Size - kept.Count))];
                Show(fresh.Read, next);
            });
        StateHasChanged();
    }

    private void Show(EvidencePage read, IReadOnlyList<EvidenceRow> next)
    {
        var before = rows.ToDictionary(row => row.Id);
        page = read;

        // A row that says what it said stays the same object, and is not drawn again.
        rows = [.. next.Select(row => before.TryGetValue(row.Id, out var same) && IsSame(same, row) ? same : row)];
        hand.Sees(rows.Count == 0 ? "" : $"{rows[0].Id} {rows[^1].Id}");
    }

    private Task LookAsync(Guid evidenceId) => reading.ReadAsync(
        async () => await Looks.RowsAsync(await Actor.GetAsync(), [evidenceId]),
        found => rows = [.. rows.Select(row => row.Id == evidenceId && found is [var fresh] ? fresh : row)]);

    private int CountOf(EvidenceShow show) => show switch
    {
        EvidenceShow.Sure => page!.Counts.Sure,
        EvidenceShow.Several => page!.Counts.Several,
        EvidenceShow.Nobody => page!.Counts.Nobody,
        EvidenceShow.Matched => page!.Counts.Matched,
        EvidenceShow.NotDues => page!.Counts.NotDues,
        _ => page!.Counts.All,
    };

    private static bool IsSame(EvidenceRow one, EvidenceRow other) =>
        one.State == other.State && one.Note == other.Note && one.Match?.Id == other.Match?.Id && one.Match?.Left == other.Match?.Left
        && one.Guesses.Select(KeyOf).SequenceEqual(other.Guesses.Select(KeyOf));

    private static (Guid?, Guid, bool, bool, Money, string, string) KeyOf(GuessRow guess) =>
        (guess.IntentId, guess.MemberId, guess.IsSure, guess.IsConfirmed, guess.Total, string.Join('|', guess.Reasons), string.Join('|', guess.Shown ?? []));
}
