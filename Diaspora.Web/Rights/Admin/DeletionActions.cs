using Diaspora.Domain.Rights;
using Diaspora.Web.Shared.Live;
using Diaspora.Web.Shell;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Diaspora.Web.Rights.Admin;

/// <summary>What an admin answers somebody who asks that their data be deleted.</summary>
public sealed class DeletionActions(DeletionService deletions, CurrentActor actor, IDialogService dialogs, ISnackbar snackbar, Press press, IStringLocalizer<RightsTexts> texts)
{
    private readonly Press _asking = new();

    /// <summary>Asks whether it is all gone, then notes it.</summary>
    public async Task CompleteAsync(DeletionRow row)
    {
        var answer = await _asking.AskAsync(() => dialogs.ShowAsync<CompleteDeletionDialog>(texts["CompleteTitle"], new DialogParameters<CompleteDeletionDialog> { { it => it.FullName, row.FullName } }));
        if (answer is not null && await press.DoAsync(async () => await deletions.CompleteAsync(await actor.GetAsync(), row.Id)))
        {
            snackbar.Add(texts["Completed", row.FullName].Value, Severity.Normal);
        }
    }

    /// <summary>Asks for the reason, which the member reads.</summary>
    public async Task RefuseAsync(DeletionRow row)
    {
        var answer = await _asking.AskAsync(() => dialogs.ShowAsync<RefuseDeletionDialog>(texts["RefuseTitle"], new DialogParameters<RefuseDeletionDialog>
        {
            { it => it.Row, row },
            { it => it.Submit, async form => await deletions.RefuseAsync(await actor.GetAsync(), row.Id, form) },
        }));
        if (answer is not null)
        {
            snackbar.Add(texts["RefusedOf", row.FullName].Value, Severity.Normal);
        }
    }
}
