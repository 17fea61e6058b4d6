using System.Globalization;
using Diaspora.Domain.Access;
using Diaspora.Domain.Payments;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Diaspora.Web.Kaspi.Simulator;

/// <summary>The page of the bank, for the payer of an intent.</summary>
internal static class SimulatorEndpoints
{
    public static void MapSimulatorPage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Urls.SimulatorOf("{id:guid}"), ShowAsync).AnswersRefusals().RequireAuthorization(nameof(Permission.Member));
        routes.MapPost(Urls.SimulatorOf("{id:guid}"), ActAsync).AnswersRefusals().RequireAuthorization(nameof(Permission.Member));
    }

    private static async Task<RazorComponentResult> ShowAsync(Guid id, HttpContext context, PaymentService payments, SimulatedBank bank, CancellationToken cancel) =>
        Page(await RowAsync(id, context, payments, cancel), bank, []);

    private static async Task<RazorComponentResult> ActAsync(Guid id, [FromForm] IFormCollection sent, HttpContext context, PaymentService payments, SimulatedBank bank, CancellationToken cancel)
    {
        var row = await RowAsync(id, context, payments, cancel);
        var isSum = long.TryParse(sent["sum"], NumberStyles.None, CultureInfo.InvariantCulture, out var tenge);
        var calls = isSum && Enum.TryParse<BankAct>(sent["act"], out var act) && Enum.IsDefined(act) ? await bank.ActAsync(CurrentActor.Of(context), row, act, tenge, cancel) : [];
        return Page(await RowAsync(id, context, payments, cancel), bank, calls);
    }

    private static async Task<PaymentRow> RowAsync(Guid id, HttpContext context, PaymentService payments, CancellationToken cancel) =>
        await payments.IntentAsync(CurrentActor.Of(context), id, cancel) is { IsPayer: true } details ? details.Row : throw new DomainException(Problems.NotFound);

    private static RazorComponentResult Page(PaymentRow row, SimulatedBank bank, IReadOnlyList<string> calls) => new RazorComponentResult<SimulatorPage>(new Dictionary<string, object?>
    {
        [nameof(SimulatorPage.Row)] = row,
        [nameof(SimulatorPage.Invoice)] = bank.InvoiceOf(row.IntentId)?["status"]?.GetValue<string>(),
        [nameof(SimulatorPage.Calls)] = calls,
    });
}
