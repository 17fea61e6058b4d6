using Diaspora.Domain.Dues;
using Diaspora.Domain.Payments;
using Diaspora.Web.Payments.Admin.Record;
using Diaspora.Web.Shared;
using MudBlazor;

namespace Diaspora.Web.Payments.Admin.Decide;

/// <summary>«Пришла другая сумма».</summary>
public sealed partial class Decisions
{
    /// <summary>Asks what really came and which months it pays. What is refused stays in the dialog, with all that was typed.</summary>
    /// <returns>Whether it was done; nothing when the cashier thought better of it.</returns>
    public async Task<bool?> SettleAsync(PaymentRow row)
    {
        var divided = new DividedSum();
        var begun = await DoAsync(row.IntentId, async () => await BeginAsync(divided, row));
        if (begun is not true)
        {
            return begun;
        }

        var answer = await _asking.AskAsync(() => dialogs.ShowAsync<SettleDialog>(
            money["SettleTitle"],
            new DialogParameters<SettleDialog>
            {
                { it => it.Row, row },
                { it => it.DividedSum, divided },
                { it => it.Settle, async form => await recording.SettleAsync(await actor.GetAsync(), row.IntentId, form) },
            },
            new DialogOptions { MaxWidth = MaxWidth.Small, FullWidth = true, BackdropClick = false }));
        if (answer is not { Data: DateTime at })
        {
            return null;
        }

        var sentence = divided.Chosen.Count == 0 ? money["SettledNothing", row.PayerName].Value : money["Settled", row.PayerName, Wording.Money(divided.Total.Tenge)].Value;
        if (divided.Remainder.IsZero && divided.FromCredits.IsZero)
        {
            var decision = new Decision(row.IntentId, at, divided.Chosen.Count == 0 ? PaymentStatus.Rejected : PaymentStatus.Confirmed, Whose(row));
            _stack.Push(decision);
            _bar.Say(decision, sentence, UndoAsync);
        }
        else
        {
            // Money that was left over or used up cannot be undone with it: the months are given back one by one.
            _bar.Say(sentence, undo: null);
        }

        return true;
    }

    /// <summary>Chooses all claimed months, and offers the other months that their members could pay.</summary>
    private async Task BeginAsync(DividedSum divided, PaymentRow row)
    {
        var pending = row.Months.Where(month => month.Status == PaymentStatus.Pending).ToLookup(month => month.MemberId);
        foreach (var memberId in pending.Select(months => months.Key).Prepend(row.PayerId).Distinct())
        {
            var member = await recording.PayableAsync(await actor.GetAsync(), memberId);
            divided.Add(member, pending[memberId].Select(month => new MonthTile(month.Period, MonthState.Pending, month.Amount, IsCurrent: false)));
            foreach (var month in pending[memberId])
            {
                divided.Toggle(memberId, month.Period);
            }
        }

        divided.PaidBy(row.PayerId);
    }
}
