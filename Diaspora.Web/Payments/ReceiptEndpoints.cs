using Diaspora.Domain;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Diaspora.Web.Payments;

/// <summary>Receipts come and go over plain requests, never through the circuit: a phone that lost its circuit still gets its file across.</summary>
public static class ReceiptEndpoints
{
    /// <summary>Room for what a multipart request carries besides the files.</summary>
    private const long Slack = 1024 * 1024;

    private const long MaxRequestBytes = ReceiptRules.MaxBytes * ReceiptRules.MaxFiles + Slack;

    public static void MapReceipts(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/cabinet/pay/{id:guid}/receipts", AttachAsync)
            .RequireAuthorization(nameof(Permission.Member))
            .WithMetadata(new RequestSizeLimitAttribute(MaxRequestBytes))
            .WithFormOptions(multipartBodyLengthLimit: MaxRequestBytes);
        routes.MapGet("/receipts/{id:guid}", ShowAsync)
            .RequireAuthorization(nameof(Permission.Member))
            .WithSecurityHeadersPolicy(ReceiptHeaders.Name);
    }

    /// <summary>One file that was refused, with the sentence for its owner.</summary>
    private sealed record FileError(string File, string Message);

    private sealed record Answer(bool Ok, IReadOnlyList<FileError> Errors);

    private static async Task<IResult> AttachAsync(
        Guid id, [FromForm] IFormFileCollection files, HttpContext context, PaymentService payments, ProblemWords words, CancellationToken cancel)
    {
        var actor = CurrentActor.Of(context);
        List<FileError> errors = [];
        Problem? first = null;
        foreach (var file in files)
        {
            try
            {
                await using var content = file.OpenReadStream();
                await payments.AttachReceiptAsync(actor, id, file.FileName, content, cancel);
            }
            catch (DomainException refused) when (refused.IsNotFound)
            {
                return TypedResults.NotFound();
            }
            catch (DomainException refused)
            {
                first ??= refused.Problem;
                errors.Add(new FileError(ReceiptRules.TidyName(file.FileName), words.Of(refused.Problem)));
            }
        }

        return WantsJson(context.Request)
            ? TypedResults.Ok(new Answer(errors.Count == 0, errors))
            : TypedResults.LocalRedirect(first is null ? Urls.Intent(id) : $"{Urls.Intent(id)}?receipt={first.Code}");
    }

    private static async Task<IResult> ShowAsync(Guid id, HttpContext context, PaymentService payments, IReceiptFiles files, CancellationToken cancel)
    {
        try
        {
            var receipt = await payments.ReceiptAsync(CurrentActor.Of(context), id, cancel);
            var content = files.Open(receipt.StoredName);
            var disposition = new ContentDispositionHeaderValue("inline");
            disposition.SetHttpFileName(receipt.FileName);
            context.Response.Headers.ContentDisposition = disposition.ToString();
            context.Response.Headers.CacheControl = "private, no-store";
            return TypedResults.Stream(content, receipt.ContentType, enableRangeProcessing: true);
        }
        catch (DomainException refused)
        {
            return refused.IsNotFound ? TypedResults.NotFound() : TypedResults.Forbid();
        }
        catch (FileNotFoundException)
        {
            return TypedResults.NotFound();
        }
    }

    private static bool WantsJson(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase));
}
