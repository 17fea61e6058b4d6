using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;
using Diaspora.Web.Shell;

namespace Diaspora.Web.Kaspi.Simulator;

/// <summary>What whoever tries it can do.</summary>
public enum BankAct
{
    /// <summary>By the «Платежи» service.</summary>
    Pay,
    PayTwice,

    /// <summary>The bill of the aggregator.</summary>
    PayInvoice,
    PayInvoiceTwice,
    CancelInvoice,
}

/// <summary>Plays the payer's bank: calls the portal's own addresses over HTTP, as the real one would.</summary>
public sealed class SimulatedBank(IHttpClientFactory clients, OwnAddress own, SimulatedApiPay aggregator, InvoiceService invoices, CurrentSettings settings, TimeProvider clock)
{
    private const long FirstTransaction = 100_000_000_000;

    public JsonObject? InvoiceOf(Guid intentId) => aggregator.OfOrder(intentId.ToString("N"));

    /// <returns>Each call with its answer.</returns>
    public async Task<IReadOnlyList<string>> ActAsync(Actor payer, PaymentRow intent, BankAct act, long tenge, CancellationToken cancel)
    {
        if (act is BankAct.Pay or BankAct.PayTwice)
        {
            return await PayAsync((await invoices.WaysAsync(payer, intent.IntentId, cancel)).Account, tenge, act == BankAct.PayTwice ? 2 : 1, cancel);
        }

        List<string> calls = [];
        if (InvoiceOf(intent.IntentId) is { } invoice)
        {
            for (var times = act == BankAct.PayInvoiceTwice ? 2 : 1; times > 0; times--)
            {
                calls.Add(act == BankAct.CancelInvoice ? await aggregator.TellAsync(invoice, "cancelled", null, cancel) : await aggregator.TellAsync(invoice, "paid", tenge, cancel));
            }
        }

        return calls;
    }

    /// <summary>Shown to the payer first, then paid; twice with one number, as the bank does when it got no answer.</summary>
    private async Task<IReadOnlyList<string>> PayAsync(string account, long tenge, int times, CancellationToken cancel)
    {
        var transaction = RandomNumberGenerator.GetInt32(int.MaxValue) + FirstTransaction;
        var at = TimeZoneInfo.ConvertTimeFromUtc(clock.GetUtcNow().UtcDateTime, settings.Rules.Zone).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        List<string> calls = [await CallAsync($"?command=check&txn_id={transaction}&account={account}&sum=200.00", cancel)];
        for (; times > 0; times--)
        {
            calls.Add(await CallAsync($"?command=pay&txn_id={transaction}&txn_date={at}&account={account}&sum={tenge.ToString("0.00", CultureInfo.InvariantCulture)}", cancel));
        }

        return calls;
    }

    private async Task<string> CallAsync(string query, CancellationToken cancel)
    {
        using var client = clients.Client();
        return $"GET {Urls.Biller}{query}\n{await client.GetStringAsync(new Uri(own.Value, Urls.Biller + query), cancel)}";
    }
}
