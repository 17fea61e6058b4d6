using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Payments;
using Diaspora.Web.Payments.Cabinet;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Diaspora.Web.Payments;

/// <summary>«Создать платёж» as a plain form: for a press that comes before the circuit, and for a browser without scripts. The same verb, so the same form sent twice is one payment.</summary>
public static class StartEndpoint
{
    public static void MapStartPayment(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Urls.StartPayment, StartAsync).AnswersRefusals().RequireAuthorization(nameof(Permission.Member));

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
        catch (DomainException refused) when (refused.Problem.Code is not (Problems.NotAllowed or Problems.MemberBlocked))
        {
            return Refused(refused.Problem.Code);
        }

        IResult Refused(string code) => TypedResults.LocalRedirect($"{Urls.PayFor(months)}&refused={code}");
    }
}
