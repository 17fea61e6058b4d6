using Diaspora.Domain.Payments;
using Diaspora.Web.Payments.Admin.Queue;
using Diaspora.Web.Payments.Admin.Record;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Diaspora.Web.Payments.Admin.Decide;

/// <summary>Confirming, rejecting and undoing with the dialogs and snackbars that go with it: the same in the queue, the panel and the page.</summary>
public sealed partial class Decisions(
    ModerationService moderation, RecordingService recording, CurrentActor actor, ISnackbar snackbar, IDialogService dialogs,
    ProblemWords problems, QueueWords words, IStringLocalizer<QueueTexts> texts, IStringLocalizer<RecordTexts> money, PortalMetrics metrics)
{
    private readonly Dictionary<Guid, Press> _presses = [];
    private readonly Press _asking = new();
    private readonly HashSet<Guid> _takenBack = [];
    private readonly DecisionStack _stack = new();
    private readonly DecisionBar _bar = new(snackbar, texts);

    /// <summary>A decision on this intent is on its way: a second press does nothing.</summary>
    public bool IsBusy(Guid intentId) => _presses.GetValueOrDefault(intentId)?.IsBusy == true;

    /// <summary>A dialog is open, and no other is opened over it.</summary>
    public bool IsAsking => _asking.IsBusy;

    /// <summary>Whether the reader has just undone this one themselves. True once.</summary>
    public bool WasTakenBack(Guid intentId) => _takenBack.Remove(intentId);

    /// <summary>Confirms; asks once where a receipt was used before.</summary>
    /// <returns>Whether it was done; if not, the intent is not what the page shows. Nothing when the cashier thought better of it, and for a second press.</returns>
    public async Task<bool?> ConfirmAsync(PaymentRow row)
    {
        if (row.UsedIn is { } other && !await IsSureAsync(row, other))
        {
            return null;
        }

        return await DoAsync(row.IntentId, async () =>
        {
            var at = await metrics.TimeConfirmAsync(async () => await moderation.ConfirmAsync(await actor.GetAsync(), row.IntentId));
            OfferUndo("Confirmed", new Decision(row.IntentId, at, PaymentStatus.Confirmed, Whose(row)));
        });
    }

    /// <summary>Asks for the reason, then rejects. What is refused stays in the dialog, with the reason.</summary>
    /// <returns>As <see cref="ConfirmAsync"/>.</returns>
    public Task<bool?> RejectAsync(PaymentRow row) => RejectAsync(row, $"{row.IntentId}", (by, form) => moderation.RejectAsync(by, row.IntentId, form));

    /// <summary>As <see cref="ConfirmAsync"/>, for one month.</summary>
    public async Task<bool?> ConfirmMonthAsync(PaymentRow row, PaymentMonth month)
    {
        if (row.UsedIn is { } other && !await IsSureAsync(row, other))
        {
            return null;
        }

        return await DoAsync(row.IntentId, async () =>
        {
            var at = await metrics.TimeConfirmAsync(async () => await moderation.ConfirmMonthAsync(await actor.GetAsync(), row.IntentId, month.PaymentId));
            OfferUndo("Confirmed", new Decision(row.IntentId, at, PaymentStatus.Confirmed, Whose(Only(row, month))));
        });
    }

    /// <summary>As <see cref="RejectAsync(PaymentRow)"/>, for one month.</summary>
    public Task<bool?> RejectMonthAsync(PaymentRow row, PaymentMonth month) =>
        RejectAsync(Only(row, month), $"{row.IntentId} {month.PaymentId}", (by, form) => moderation.RejectMonthAsync(by, row.IntentId, month.PaymentId, form));

    /// <param name="decidedAt">The decision that is on the screen; one that came after it is not undone.</param>
    /// <returns>As <see cref="ConfirmAsync"/>.</returns>
    public Task<bool?> ReopenAsync(Guid intentId, DateTime decidedAt) => ReopenAsync(intentId, decidedAt, _stack.Take(intentId, decidedAt), new Press(snackbar, problems));

    /// <summary>
    /// Takes back the last decision of this page; pressed again, the one before. What cannot be taken back any more is said and left out, so
    /// that the next press goes on.
    /// </summary>
    public async Task UndoAsync()
    {
        // What one press decided, one press takes back.
        if (_stack.Top is { Batch: { } batch } && Many?.Confirmed.Any(decision => decision.Batch == batch) == true)
        {
            await UndoManyAsync();
            return;
        }

        // Taken off at once: a second press while this one is on its way means the decision before it.
        if (_stack.Pop() is not { } last)
        {
            _bar.Tell(texts["NothingToUndo"]);
            return;
        }

        var press = new Press();
        if (await ReopenAsync(last.IntentId, last.At, last, press) is not true && press.Sentence is { } why)
        {
            _bar.Tell(texts["CannotUndo", last.Whose, problems.Of(why)]);
        }
    }

    /// <summary>Says why a key did nothing.</summary>
    public void Tell(string key) => _bar.Tell(texts[key]);

    private async Task<bool?> ReopenAsync(Guid intentId, DateTime at, Decision? known, Press press)
    {
        bool? done = null;
        try
        {
            return done = await DoAsync(intentId, press, async () =>
            {
                _takenBack.Add(intentId);
                await moderation.ReopenAsync(await actor.GetAsync(), intentId, at);
                var sentence = known is null ? texts["Reopened"].Value : texts["Undone", known.Whose].Value;
                _bar.Say(_stack.Count == 0 ? sentence : texts["UndoneLeft", sentence, _stack.Count], _stack.Count == 0 ? null : UndoAsync);
            });
        }
        finally
        {
            if (done is null && known is not null)
            {
                // Something is under way with it, or the database did not answer: it can be tried again.
                _stack.Push(known);
            }
        }
    }

    private async Task<bool> IsSureAsync(PaymentRow row, Guid other) => await AskAsync(row, () =>
        dialogs.ShowAsync<UsedReceiptDialog>(texts["TagUsed"], new DialogParameters<UsedReceiptDialog> { { it => it.Row, row }, { it => it.Other, other } })) is not null;

    /// <summary>While an intent is decided, nothing more is asked about it.</summary>
    private Task<DialogResult?> AskAsync(PaymentRow row, Func<Task<IDialogReference>> open) => IsBusy(row.IntentId) ? Task.FromResult<DialogResult?>(null) : _asking.AskAsync(open);

    /// <summary>Each intent has a press of its own, so the cashier can decide the next one meanwhile.</summary>
    private Task<bool?> DoAsync(Guid intentId, Func<Task> decide) => DoAsync(intentId, new Press(snackbar, problems), decide);

    private async Task<bool?> DoAsync(Guid intentId, Press press, Func<Task> decide)
    {
        if (IsBusy(intentId))
        {
            return null;
        }

        _presses[intentId] = press;
        var done = await press.DoAsync(decide);
        if (!done)
        {
            _takenBack.Remove(intentId);
        }

        return done;
    }

    private void OfferUndo(string key, Decision decision)
    {
        _stack.Push(decision);
        _bar.Say(decision, texts[key, decision.Whose], UndoAsync);
    }

    private string Whose(PaymentRow row) => $"{row.PayerName}, {words.MonthsLower(row)}";

    /// <summary>One month as if nothing else had been paid with it.</summary>
    private static PaymentRow Only(PaymentRow row, PaymentMonth month) => row with { PayerName = month.MemberName ?? row.PayerName, Months = [month] };

    /// <param name="about">Which reason it is, among those that were typed and not sent.</param>
    private async Task<bool?> RejectAsync(PaymentRow row, string about, Func<Actor, RejectPaymentForm, Task<DateTime>> reject)
    {
        bool? done = null;
        DomainException? late = null;
        await AskAsync(row, () => dialogs.ShowAsync<RejectPaymentDialog>(texts["RejectTitle"], new DialogParameters<RejectPaymentDialog>
        {
            { it => it.Row, row },
            { it => it.About, about },
            { it => it.Submit, SubmitAsync },
        }));
        if (late is not null)
        {
            new Press(snackbar, problems).Refuse(late.Problem);
        }

        return done;

        async Task SubmitAsync(RejectPaymentForm form)
        {
            try
            {
                done = false;
                var at = await reject(await actor.GetAsync(), form);
                done = true;
                OfferUndo("Rejected", new Decision(row.IntentId, at, PaymentStatus.Rejected, Whose(row)));
            }
            catch (DomainException refused) when (refused.Problem.Code is Problems.AlreadyConfirmed or Problems.AlreadyRejected or Problems.AlreadyDecided or Problems.AlreadyCancelled or Problems.AlreadyRefunded)
            {
                // A colleague was faster, so there is nothing left to reject and no use for the reason.
                late = refused;
            }
        }
    }
}
