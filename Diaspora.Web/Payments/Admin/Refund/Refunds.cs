using Diaspora.Domain.Payments;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Diaspora.Web.Payments.Admin.Refund;

/// <summary>Money that goes back, with the dialogs and snackbars that go with it: the same on a member's card and on an intent's page.</summary>
public sealed class Refunds(
    RecordingService recording, CurrentActor actor, IDialogService dialogs, ISnackbar snackbar, Wording words, IStringLocalizer<RefundTexts> texts)
{
    private readonly Press _press = new();

    /// <summary>Asks for the reason, then gives one confirmed month back.</summary>
    /// <param name="fullName">Whose month it is.</param>
    /// <returns>Whether it was done.</returns>
    public Task<bool> RefundAsync(Guid intentId, Guid paymentId, string fullName, Period period, Money amount) => AskAsync(
        texts["RefundTitle"],
        new DialogParameters<RefundDialog>
        {
            { it => it.PaymentId, paymentId },
            { it => it.FullName, fullName },
            { it => it.Period, period },
            { it => it.Amount, amount },
            { it => it.Submit, async form => await recording.RefundAsync(await actor.GetAsync(), intentId, paymentId, form) },
        },
        texts["Refunded", fullName, words.MonthYear(period.Year, period.Month)]);

    /// <summary>Asks how it went back, then writes that down.</summary>
    /// <returns>Whether it was done.</returns>
    public Task<bool> ReturnCreditAsync(CreditRow row) => AskAsync(
        texts["CreditTitle"],
        new DialogParameters<ReturnCreditDialog>
        {
            { it => it.Row, row },
            { it => it.Submit, async form => await recording.ReturnCreditAsync(await actor.GetAsync(), row.Id, form) },
        },
        texts["CreditReturned", row.MemberName, Wording.Money(row.Amount.Tenge)]);

    private async Task<bool> AskAsync<TDialog>(string title, DialogParameters<TDialog> parameters, string done) where TDialog : Microsoft.AspNetCore.Components.IComponent
    {
        if (await _press.AskAsync(() => dialogs.ShowAsync<TDialog>(title, parameters)) is null)
        {
            return false;
        }

        snackbar.Add(done, Severity.Normal);
        return true;
    }
}
