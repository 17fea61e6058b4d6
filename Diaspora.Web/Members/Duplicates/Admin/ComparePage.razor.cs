using Diaspora.Domain.Members;
using Diaspora.Domain.Merging;
using Diaspora.Domain.Payments;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace Diaspora.Web.Members.Duplicates.Admin;

/// <summary>Two records side by side, what of each is to stay, and what would happen.</summary>
public sealed partial class ComparePage
{
    private static readonly TimeSpan Throttle = TimeSpan.FromSeconds(1);

    private readonly Reading reading = new();
    private readonly Reading previewing = new();
    private readonly Press press = new();
    private MergeDraft? draft;
    private MergePreview? preview;
    private (string First, string Second)? shown;

    /// <summary>The number of a member, eight digits.</summary>
    [Parameter] public string First { get; set; } = "";

    /// <summary>The number of another one.</summary>
    [Parameter] public string Second { get; set; } = "";

    /// <summary>What was chosen so far is in the address, so a reload and Back find it: which record stays, which fields are the second's, which months.</summary>
    [SupplyParameterFromQuery(Name = "stays")] private string? ChosenSide { get; set => field = value.Visible(); }

    [SupplyParameterFromQuery(Name = "taken")] private string? ChosenFields { get; set => field = value.Visible(); }

    [SupplyParameterFromQuery(Name = "months")] private string? ChosenMonths { get; set => field = value.Visible(); }

    [PersistentState(RestoreBehavior = RestoreBehavior.SkipLastSnapshot)] public MergeComparison? Kept { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (shown == (First, Second))
        {
            return;
        }

        var kept = shown is null ? Kept : null;
        shown = (First, Second);
        draft = kept is null ? null : BeginWith(kept);
        if (draft is null)
        {
            await ReadAsync();
        }
        else
        {
            await PreviewAsync();
        }
    }

    private bool Concerns(MemberChanged change) => !press.IsBusy && draft is { } known && (change.MemberId == known.Stays.Person.Id || change.MemberId == known.Goes.Person.Id);

    private bool Touches(PaymentsChanged change) =>
        !press.IsBusy && draft is { } known && (change.MemberIds.Contains(known.Stays.Person.Id) || change.MemberIds.Contains(known.Goes.Person.Id));

    /// <summary>Reads both records again. Except for the first reading, what was chosen stays chosen.</summary>
    private Task ReadAsync() => reading.ReadAsync(
        async () =>
        {
            var comparison = await Duplicates.CompareAsync(await Actor.GetAsync(), First, Second);
            draft = draft is null ? BeginWith(comparison) : draft.On(comparison);
            Kept = Carried.Of(RendererInfo, comparison);
            await PreviewAsync();
        },
        Navigation.NotFound);

    private MergeDraft BeginWith(MergeComparison comparison) => new MergeDraft(comparison).As(ChosenSide, ChosenFields, ChosenMonths);

    private void KeepChoice() =>
        Browser.KeepInAddress(Urls.Compare(First, Second), new() { ["stays"] = draft!.SecondStays ? "second" : "first", ["taken"] = draft.Taken, ["months"] = draft.Months });

    private Task StayAsync(bool second)
    {
        draft!.Stay(second);
        return ChangedAsync();
    }

    private Task ChangedAsync()
    {
        KeepChoice();
        return PreviewAsync();
    }

    private async Task PreviewAsync()
    {
        var known = draft!;
        if (!await previewing.ReadAsync(async () => preview = await Duplicates.PreviewAsync(await Actor.GetAsync(), known.FormOf(preview))))
        {
            preview = null;
        }
    }

    private async Task MergeAsync()
    {
        var (stays, form) = (draft!.Stays, draft.FormOf(preview));
        var isMerged = await press.OnceAsync<bool?>(async () => await Actions.MergeAsync(form, stays.Person.FullName));
        if (isMerged == true)
        {
            press.Leave();
            Navigation.NavigateTo(Urls.AdminMember(stays.Person.Number));
        }
        else if (isMerged == false)
        {
            // The page then shows the reason for the refusal: a month that was paid meanwhile, or a record that is gone.
            await ReadAsync();
        }
    }

    private async Task DismissAsync()
    {
        if (await Actions.DismissAsync(draft!.Comparison.First.Person.Id, draft.Comparison.Second.Person.Id))
        {
            Navigation.NavigateTo(Urls.Duplicates);
        }
    }
}
