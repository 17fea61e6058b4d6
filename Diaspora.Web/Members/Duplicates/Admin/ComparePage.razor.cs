using Diaspora.Domain.Members;
using Diaspora.Domain.Merging;
using Diaspora.Domain.Payments;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace Diaspora.Web.Members.Duplicates.Admin;

/// <summary>Two records side by side, what of each is to stay, and what would happen.</summary>
public sealed partial class ComparePage
{
    private static readonly TimeSpan Throttle = TimeSpan.FromSeconds(1);

    private MergeDraft? draft;
    private MergePreview? preview;
    private Problem? refusal;
    private Problem? problem;
    private bool isBusy;
    private (string First, string Second)? shown;

    /// <summary>The number of a member, eight digits.</summary>
    [Parameter] public string First { get; set; } = "";

    /// <summary>The number of another one.</summary>
    [Parameter] public string Second { get; set; } = "";

    [PersistentState(RestoreBehavior = RestoreBehavior.SkipLastSnapshot)] public MergeComparison? Kept { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (shown == (First, Second))
        {
            return;
        }

        var kept = shown is null ? Kept : null;
        shown = (First, Second);
        draft = kept is null ? null : new MergeDraft(kept);
        if (draft is null)
        {
            await ReadAsync();
        }
        else
        {
            await PreviewAsync();
        }
    }

    private bool Concerns(MemberChanged change) => !isBusy && draft is { } known && (change.MemberId == known.Stays.Person.Id || change.MemberId == known.Goes.Person.Id);

    private bool Touches(PaymentsChanged change) =>
        !isBusy && draft is { } known && (change.MemberIds.Contains(known.Stays.Person.Id) || change.MemberIds.Contains(known.Goes.Person.Id));

    /// <summary>Reads both records again. Except for the first reading, what was chosen stays chosen.</summary>
    private async Task ReadAsync()
    {
        try
        {
            var comparison = await Duplicates.CompareAsync(await Actor.GetAsync(), First, Second);
            draft = draft is null ? new MergeDraft(comparison) : draft.On(comparison);
            refusal = null;
            Kept = Carried.Of(RendererInfo, comparison);
            await PreviewAsync();
        }
        catch (DomainException missing) when (missing.IsNotFound)
        {
            Navigation.NotFound();
        }
        catch (DomainException refused)
        {
            refusal = refused.Problem;
        }
    }

    private Task StayAsync(bool second)
    {
        draft!.Stay(second);
        return PreviewAsync();
    }

    private async Task PreviewAsync()
    {
        var known = draft!;
        try
        {
            var seen = await Duplicates.PreviewAsync(await Actor.GetAsync(), known.FormOf(preview));
            (preview, problem) = (seen, null);
        }
        catch (DomainException refused)
        {
            (preview, problem) = (null, refused.Problem);
        }
    }

    private async Task MergeAsync()
    {
        isBusy = true;
        var (stays, form) = (draft!.Stays, draft.FormOf(preview));
        if (await Actions.MergeAsync(form, stays.Person.FullName))
        {
            Navigation.NavigateTo(Urls.AdminMember(stays.Person.Number));
            return;
        }

        // Now the reason for the refusal is on the screen: a month that was paid meanwhile, or a record that is gone.
        isBusy = false;
        await ReadAsync();
    }

    private async Task DismissAsync()
    {
        if (await Actions.DismissAsync(draft!.Comparison.First.Person.Id, draft.Comparison.Second.Person.Id))
        {
            Navigation.NavigateTo(Urls.Duplicates);
        }
    }
}
