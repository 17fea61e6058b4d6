using Diaspora.Domain.Kaspi;
using Diaspora.Web.Kaspi.Invoices;
using Diaspora.Web.Kaspi.Simulator;
using Diaspora.Web.Payments;
using Diaspora.Web.Shell;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Kaspi;

/// <summary>How one intent can be paid in Kaspi.</summary>
/// <param name="Link">Of the service's page with the payer's number filled in; nothing where the ordinary link serves.</param>
/// <param name="HasInvoice">A bill for it is in the payer's Kaspi.</param>
/// <param name="Simulator">The bank to try it with.</param>
public sealed record PayWays(string? Link, bool HasInvoice, string? Simulator)
{
    public static readonly PayWays Transfer = new(null, false, null);
}

/// <summary>Finds out, and asks nobody where the association has only a link.</summary>
public sealed class PayWaysReader(InvoiceService invoices, IEnumerable<IPaymentProvider> providers, IOptions<KaspiOptions> kaspi, SimulatedApiPay? simulator = null)
{
    public async Task<PayWays> ReadAsync(Actor actor, Guid intentId)
    {
        if (kaspi.Value.Biller.LinkOf("") is null && !providers.Any(provider => provider.IsOn) && simulator is null)
        {
            return PayWays.Transfer;
        }

        var ways = await invoices.WaysAsync(actor, intentId);
        return new PayWays(kaspi.Value.Biller.LinkOf(ways.Account), ways.Invoice == InvoiceState.Open, simulator is null ? null : Urls.SimulatorOf(intentId));
    }
}
