using Diaspora.Domain.Merging;
using Diaspora.Web.Shell;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Diaspora.Web.Members.Duplicates.Admin;

/// <summary>What an admin does to two records, with the dialogs and snackbars that go with it.</summary>
public sealed class DuplicateActions(
    DuplicateService duplicates, CurrentActor actor, IDialogService dialogs, ISnackbar snackbar, Press press, IStringLocalizer<DuplicateTexts> texts)
{
    private readonly Press _asking = new();

    /// <summary>«Разные люди», with an undo at hand.</summary>
    public Task<bool> DismissAsync(Guid firstId, Guid secondId) => press.DoAsync(async () =>
    {
        await duplicates.DismissAsync(await actor.GetAsync(), firstId, secondId);
        snackbar.Add(texts["Dismissed"].Value, Severity.Normal, options =>
        {
            options.Action = texts["UndoWord"];
            options.OnClick = _ => ProposeAgainAsync(firstId, secondId);
        });
    });

    public Task<bool> ProposeAgainAsync(Guid firstId, Guid secondId) => press.DoAsync(async () => await duplicates.ProposeAgainAsync(await actor.GetAsync(), firstId, secondId));

    /// <returns>Whether it was done.</returns>
    public Task<bool> MergeAsync(MergeMembersForm form, string staysName) => press.DoAsync(async () =>
    {
        await duplicates.MergeAsync(await actor.GetAsync(), form);
        snackbar.Add(texts["Merged", staysName].Value, Severity.Normal);
    });

    /// <summary>Asks once, then parts them again.</summary>
    public async Task UndoAsync(MergeRow row)
    {
        var answer = await _asking.AskAsync(() => dialogs.ShowAsync<UndoMergeDialog>(texts["UndoTitle"], new DialogParameters<UndoMergeDialog>
        {
            { it => it.Row, row },
            { it => it.Submit, async () => await duplicates.UndoMergeAsync(await actor.GetAsync(), row.Id) },
        }));
        if (answer is not null)
        {
            snackbar.Add(texts["Undone", row.StaysName].Value, Severity.Normal);
        }
    }
}
