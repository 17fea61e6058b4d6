using Diaspora.Domain.Members.Accounts;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Diaspora.Web.Accounts.Admin;

/// <summary>What an admin answers somebody who asked to get in.</summary>
public sealed class RegistrationActions(
    RegistrationService registrations, CurrentActor actor, IDialogService dialogs, ISnackbar snackbar, Press press, NavigationManager navigation, IStringLocalizer<AccountsTexts> texts)
{
    private readonly Press _asking = new();

    /// <summary>Asks for the code that the owner of the number tells, then lets them in.</summary>
    /// <returns>Whether it was done.</returns>
    public async Task<bool> ApproveAsync(RegistrationRequestRow row) => await _asking.AskAsync(() => dialogs.ShowAsync<ApproveDialog>(texts["Approve"], new DialogParameters<ApproveDialog>
    {
        { it => it.Row, row },
        { it => it.Submit, async form => await registrations.ApproveAsync(await actor.GetAsync(), row.Id, form) },
    })) is not null;

    /// <returns>Whether it was done.</returns>
    public Task<bool> RefuseAsync(RegistrationRequestRow row) => press.DoAsync(async () =>
    {
        await registrations.RefuseAsync(await actor.GetAsync(), row.Id);
        snackbar.Add(texts["RefusedRequest", row.Typed].Value, Severity.Normal);
    });

    /// <summary>WhatsApp with a message ready, in the language they registered in.</summary>
    public string TellUrl(RegistrationRequestRow row)
    {
        var message = Languages.In(row.Language, () => texts["LetInMessage", navigation.ToAbsoluteUri(Urls.Login).ToString()].Value);
        return $"https://wa.me/{row.Phone.TrimStart('+')}?text={Uri.EscapeDataString(message)}";
    }
}
