using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Payments;
using Diaspora.Web.Payments.Cabinet.Pay;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Diaspora.Web.Payments;

/// <summary>
/// «Создать платёж» and «Я оплатил(а)» as plain forms: for a press that comes before the circuit, and for a browser without scripts. The same verbs, so a form
/// that is sent twice is one payment.
/// </summary>
public static class PayerEndpoints
{
    public static void MapPaying(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Urls.StartPayment, StartAsync).AnswersRefusals().RequireAuthorization(nameof(Permission.Member));
        routes.MapPost(Urls.Claim("{id:guid}"), ClaimAsync).AnswersRefusals().RequireAuthorization(nameof(Permission.Member));
    }

    private static async Task<IResult> StartAsync([FromForm] IFormCollection sent, HttpContext context, PaymentService payments, CancellationToken cancel)
    {
        List<Period> months = [.. sent["months"].Select(text => Period.TryParse(text, out var period) ? period : (Period?)null).OfType<Period>()];
        try
        {
            var form = new StartPaymentForm { Periods = months, SeenTotal = SeenPrices.Parse(sent["seen"]).Of(months) };
            return TypedResults.LocalRedirect(Urls.Intent(await payments.StartAsync(CurrentActor.Of(context), form, cancel)));
        }
        catch (FormException)
        {
            return Refused(Problems.NothingChosen);
        }
        catch (DomainException refused) when (IsTold(refused))
        {
            return Refused(refused.Problem.Code);
        }

        IResult Refused(string code) => TypedResults.LocalRedirect($"{Urls.PayFor(months)}&refused={code}");
    }

    /// <summary>A payment that was decided meanwhile says so on its own page.</summary>
    /// <param name="sent">Nothing of it is looked at, but without it nobody would ask for the token against forged requests: the framework refuses where it binds a form.</param>
    private static async Task<IResult> ClaimAsync(Guid id, [FromForm] IFormCollection sent, HttpContext context, PaymentService payments, CancellationToken cancel)
    {
        try
        {
            await payments.ClaimAsync(CurrentActor.Of(context), id, cancel);
        }
        catch (DomainException refused) when (IsShown(refused))
        {
            // By the page that follows.
        }

        return TypedResults.LocalRedirect(Urls.Intent(id));
    }

    private static bool IsTold(DomainException refused) => !refused.IsNotFound && refused.Problem.Code is not (Problems.NotAllowed or Problems.MemberBlocked);

    /// <summary>The payment's own page shows how things stand, so it cannot say that nothing was stored: that is an answer of its own.</summary>
    private static bool IsShown(DomainException refused) => IsTold(refused) && refused.Problem.Code is not (Problems.NotWritten or Problems.NotRead);
}
