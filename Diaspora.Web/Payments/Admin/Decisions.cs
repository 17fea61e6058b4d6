using Diaspora.Domain;
using Diaspora.Domain.Payments;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Diaspora.Web.Payments.Admin;

/// <summary>Confirming, rejecting and undoing with the dialogs and snackbars that go with it: the same in the queue, the panel and the page.</summary>
public sealed class Decisions(
    ModerationService moderation, CurrentActor actor, ISnackbar snackbar, IDialogService dialogs,
    ProblemWords problems, QueueWords words, IStringLocalizer<QueueTexts> texts)
{
    private const int UndoMilliseconds = 8000;

    private readonly HashSet<Guid> _busy = [];
    private readonly HashSet<Guid> _takenBack = [];
    private bool _asking;
    private (Guid IntentId, DateTime At)? _last;

    /// <summary>A decision on this intent is on its way: a second press does nothing.</summary>
    public bool IsBusy(Guid intentId) => _busy.Contains(intentId);

    /// <summary>Whether the reader has just undone this one themselves. True once.</summary>
    public bool WasTakenBack(Guid intentId) => _takenBack.Remove(intentId);

    /// <summary>Confirms; asks once where a receipt was used before.</summary>
    /// <returns>Whether it was done; if not, the intent is not what the page shows. Nothing when the cashier thought better of it.</returns>
    public async Task<bool?> ConfirmAsync(PaymentRow row)
    {
        if (row.UsedIn is { } other && !await IsSureAsync(row, other))
        {
            return null;
        }

        return await DoAsync(row.IntentId, async () =>
        {
            var at = await moderation.ConfirmAsync(await actor.GetAsync(), row.IntentId);
            OfferUndo(texts["Confirmed", row.PayerName, words.MonthsLower(row)], row.IntentId, at);
        });
    }

    /// <summary>Asks for the reason, then rejects.</summary>
    /// <returns>Nothing when the cashier thought better of it.</returns>
    public async Task<bool?> RejectAsync(PaymentRow row)
    {
        var dialog = await dialogs.ShowAsync<RejectPaymentDialog>(texts["RejectTitle"], new DialogParameters<RejectPaymentDialog> { { it => it.Row, row } });
        if (await dialog.Result is not { Canceled: false, Data: string reason })
        {
            return null;
        }

        return await DoAsync(row.IntentId, async () =>
        {
            var at = await moderation.RejectAsync(await actor.GetAsync(), row.IntentId, new RejectPaymentForm { Reason = reason });
            OfferUndo(texts["Rejected", row.PayerName, words.MonthsLower(row)], row.IntentId, at);
        });
    }

    /// <param name="decidedAt">The decision that is on the screen; one that came after it is not undone.</param>
    public Task<bool> ReopenAsync(Guid intentId, DateTime decidedAt) => DoAsync(intentId, async () =>
    {
        snackbar.RemoveByKey(KeyOf(intentId));
        _last = _last?.IntentId == intentId ? null : _last;
        _takenBack.Add(intentId);
        await moderation.ReopenAsync(await actor.GetAsync(), intentId, decidedAt);
        snackbar.Add(texts["Reopened"].Value, Severity.Normal);
    });

    /// <summary>Takes back the last decision of this page, if there was one.</summary>
    public Task UndoAsync() => _last is { } last ? ReopenAsync(last.IntentId, last.At) : Task.CompletedTask;

    private async Task<bool> IsSureAsync(PaymentRow row, Guid other)
    {
        if (_asking)
        {
            return false; // The second press of a double click.
        }

        _asking = true;
        try
        {
            var dialog = await dialogs.ShowAsync<UsedReceiptDialog>(texts["TagUsed"], new DialogParameters<UsedReceiptDialog> { { it => it.Row, row }, { it => it.Other, other } });
            return await dialog.Result is { Canceled: false };
        }
        finally
        {
            _asking = false;
        }
    }

    private async Task<bool> DoAsync(Guid intentId, Func<Task> decide)
    {
        if (!_busy.Add(intentId))
        {
            return true;
        }

        try
        {
            await decide();
            return true;
        }
        catch (DomainException refusal)
        {
            _takenBack.Remove(intentId);
            snackbar.Add(problems.Of(refusal.Problem), Severity.Error, options =>
            {
                options.RequireInteraction = true;
                options.ShowCloseIcon = true;
            });
            return false;
        }
        finally
        {
            _busy.Remove(intentId);
        }
    }

    private void OfferUndo(string sentence, Guid intentId, DateTime at)
    {
        _last = (intentId, at);
        snackbar.Add(
            sentence,
            Severity.Normal,
            options =>
            {
                options.Action = texts["Undo"];

                // MudBlazor keeps a snackbar with an action until it is pressed, unless told otherwise.
                options.RequireInteraction = false;
                options.VisibleStateDuration = UndoMilliseconds;
                options.OnClick = _ => ReopenAsync(intentId, at);
            },
            KeyOf(intentId));
    }

    private static string KeyOf(Guid intentId) => $"decided-{intentId}";
}
