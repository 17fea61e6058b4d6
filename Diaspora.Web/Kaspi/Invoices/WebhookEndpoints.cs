using System.Text;
using Diaspora.Domain.Kaspi;
using Diaspora.Web.Shell;

namespace Diaspora.Web.Kaspi.Invoices;

/// <summary>Where aggregators call. A call is kept before it is answered, and looked at afterwards: whoever calls only wants to be rid of it.</summary>
internal static class WebhookEndpoints
{
    public static void MapWebhooks(this IEndpointRouteBuilder routes) => routes.MapPost(Urls.Webhook("{provider}"), TakeAsync).AllowAnonymous().DisableAntiforgery();

    private static async Task<IResult> TakeAsync(string provider, HttpContext context, IEnumerable<IPaymentProvider> providers, WebhookService webhooks, WebhooksTask task, CancellationToken cancel)
    {
        if (providers.FirstOrDefault(one => one.IsOn && one.Name == provider) is not { } known)
        {
            return TypedResults.NotFound();
        }

        if (await ReadAsync(context.Request, cancel) is not { } body)
        {
            return TypedResults.Text("Too large", statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        if (!known.IsSigned(body, context.Request.Headers))
        {
            return TypedResults.Text("Not signed", statusCode: StatusCodes.Status401Unauthorized);
        }

        await webhooks.StoreAsync(known.Name, body, Encoding.UTF8.GetString(body), cancel);
        task.Wake();
        return TypedResults.Text("OK");
    }

    /// <returns>Nothing where it is longer than any call of a bill.</returns>
    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        var body = new byte[WebhookEvent.BodyLength + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancel);
        return length > WebhookEvent.BodyLength ? null : body[..length];
    }
}
