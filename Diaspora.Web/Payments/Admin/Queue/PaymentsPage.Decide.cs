using Diaspora.Domain.Payments;

namespace Diaspora.Web.Payments.Admin.Queue;

/// <summary>What is decided in the queue and beside it.</summary>
public sealed partial class PaymentsPage
{
    /// <summary>What is ticked, to be confirmed with one press. What left the list meanwhile is not among it.</summary>
    private readonly HashSet<Guid> chosen = [];

    private IReadOnlyList<PaymentRow> Chosen =>
        chosen.Count == 0 || live.List is not { } list ? [] : [.. list.Items.Where(item => !item.IsLeaving && item.Row.CanDecide && chosen.Contains(item.Row.IntentId)).Select(item => item.Row)];

    private void Tick((Guid IntentId, bool IsChosen) told)
    {
        if (told.IsChosen)
        {
            Decisions.ForgetMany();
        }

        _ = told.IsChosen ? chosen.Add(told.IntentId) : chosen.Remove(told.IntentId);
    }

    private async Task ConfirmManyAsync()
    {
        at = null;
        await Decisions.ConfirmManyAsync(Chosen, row => Leave(row, PaymentStatus.Confirmed));
        chosen.Clear();
        await ReadFiguresAsync();
    }

    private Task ConfirmAsync(PaymentRow row) => DecideAsync(row, PaymentStatus.Confirmed, Decisions.ConfirmAsync, asks: row.UsedIn is not null);

    private Task RejectAsync(PaymentRow row) => DecideAsync(row, PaymentStatus.Rejected, Decisions.RejectAsync, asks: true);

    /// <param name="asks">While a dialog is open, nothing moves behind it.</param>
    private async Task DecideAsync(PaymentRow row, PaymentStatus status, Func<PaymentRow, Task<bool?>> decide, bool asks)
    {
        if (asks && Decisions.IsAsking)
        {
            return;
        }

        at = null;
        var done = asks ? await live.BehindDialogAsync(() => decide(row)) : await decide(row);
        if (done is { } settled)
        {
            await SettleAsync(row, status, settled);
        }
    }

    private async Task ReopenAsync(Guid intentId)
    {
        if (Opened is { Row: { DecidedAt: { } decidedAt } row } && row.IntentId == intentId && await Decisions.ReopenAsync(intentId, decidedAt) is false)
        {
            await LookAgainAsync(intentId);
        }
    }

    /// <summary>What was decided leaves the list at once; the announcement brings the new figures. Whoever was too late sees the state as it is now.</summary>
    private async Task SettleAsync(PaymentRow row, PaymentStatus status, bool done)
    {
        if (done)
        {
            Leave(row, status);
            return;
        }

        await LookAgainAsync(row.IntentId);
    }

    private void Leave(PaymentRow row, PaymentStatus status)
    {
        chosen.Remove(row.IntentId);
        live.Apply(row.IntentId, row with { Months = [.. row.Months.Select(month => month.Status == PaymentStatus.Pending ? month with { Status = status } : month)] });
    }
}
