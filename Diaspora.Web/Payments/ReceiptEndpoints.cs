using Diaspora.Domain.Access;
using Diaspora.Domain.Payments;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Diaspora.Web.Payments;

/// <summary>Receipts come and go over plain requests, never through the circuit: a phone that lost its circuit still gets its file across.</summary>
public static class ReceiptEndpoints
{
    /// <summary>Space for what a multipart request carries besides the files.</summary>
    private const long Slack = 1024 * 1024;

    private const long MaxRequestBytes = ReceiptRules.MaxBytes * ReceiptRules.MaxFiles + Slack;

    /// <summary>Kept neither in a shared cache nor in the browser, where somebody else may sit down next. Even a small picture shows a name and a sum.</summary>
    private const string NotKept = "private, no-store";

    /// <summary>Attaches one file; answers with its receipt.</summary>
    private delegate Task<Guid> Attach(Actor actor, Guid intentId, string? fileName, Stream content, CancellationToken cancel);

    public static void MapReceipts(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/cabinet/pay/{id:guid}/receipts",
                (Guid id, [FromForm] IFormFileCollection files, HttpContext context, PaymentService payments, ProblemWords words, CancellationToken cancel) =>
                    AttachAsync(payments.AttachReceiptAsync, id, files, Urls.Intent(id), context, words, cancel))
            .TakesFiles(nameof(Permission.Member));
        routes.MapPost("/admin/payments/{id:guid}/receipts",
                (Guid id, [FromForm] IFormFileCollection files, HttpContext context, PaymentService payments, ProblemWords words, CancellationToken cancel) =>
                    AttachAsync(payments.AttachAsCashierAsync, id, files, Urls.AdminIntent(id), context, words, cancel))
            .TakesFiles(nameof(Permission.Cashier));
        routes.MapGet("/receipts/{id:guid}",
                (Guid id, HttpContext context, PaymentService payments, IReceiptFiles files, CancellationToken cancel) =>
                    ShowAsync(id, files.Open, type: null, context, payments, cancel))
            .ShowsFiles(ReceiptHeaders.Name);
        routes.MapGet("/receipts/{id:guid}/document",
                (Guid id, HttpContext context, PaymentService payments, IReceiptFiles files, CancellationToken cancel) =>
                    ShowAsync(id, files.Open, ReceiptRules.Pdf, context, payments, cancel))
            .ShowsFiles(ReceiptHeaders.DocumentName);
        routes.MapGet("/receipts/{id:guid}/thumb",
                (Guid id, HttpContext context, PaymentService payments, IReceiptFiles files, CancellationToken cancel) =>
                    ShowAsync(id, files.OpenThumbnail, ReceiptRules.Jpeg, context, payments, cancel))
            .ShowsFiles(ReceiptHeaders.Name);
    }

    private static void TakesFiles(this RouteHandlerBuilder route, string permission) => route
        .AnswersRefusals()
        .RequireAuthorization(permission)
        .WithMetadata(new RequestSizeLimitAttribute(MaxRequestBytes))
        .WithFormOptions(multipartBodyLengthLimit: MaxRequestBytes);

    private static void ShowsFiles(this RouteHandlerBuilder route, string headers) => route
        .AnswersRefusals()
        .RequireAuthorization(nameof(Permission.Member))
        .WithSecurityHeadersPolicy(headers);

    /// <summary>One file that was refused, with the sentence for its owner.</summary>
    private sealed record FileError(string File, string Message);

    /// <summary>One file that is there now.</summary>
    private sealed record FileTaken(string File, string Url);

    private sealed record Answer(bool Ok, IReadOnlyList<FileTaken> Taken, IReadOnlyList<FileError> Errors);

    private static async Task<IResult> AttachAsync(
        Attach attach, Guid intentId, IFormFileCollection files, string page, HttpContext context, ProblemWords words, CancellationToken cancel)
    {
        var actor = CurrentActor.Of(context);
        List<FileTaken> taken = [];
        List<FileError> errors = [];
        Problem? first = null;
        foreach (var file in files)
        {
            try
            {
                context.RequestServices.GetRequiredService<Quotas>().Spend(actor, Quota.Upload);
                await using var content = file.OpenReadStream();
                var receipt = await attach(actor, intentId, file.FileName, content, cancel);
                taken.Add(new FileTaken(ReceiptRules.TidyName(file.FileName), Urls.Receipt(receipt)));
            }
            catch (DomainException refused) when (!refused.IsNotFound)
            {
                // One file is refused while others are taken, so each has a line of its own in the answer.
                first ??= refused.Problem;
                errors.Add(new FileError(ReceiptRules.TidyName(file.FileName), words.Of(refused.Problem)));
            }
        }

        return WantsJson(context.Request)
            ? TypedResults.Ok(new Answer(errors.Count == 0, taken, errors))
            : TypedResults.LocalRedirect(first is null ? page : $"{page}?receipt={first.Code}");
    }

    /// <param name="type">What is shown whatever the file is, as long as it is no other document; the file's own kind where it is missing.</param>
    private static async Task<IResult> ShowAsync(
        Guid id, Func<string, Stream> open, string? type, HttpContext context, PaymentService payments, CancellationToken cancel)
    {
        try
        {
            var receipt = await payments.ReceiptAsync(CurrentActor.Of(context), id, cancel);
            if (type == ReceiptRules.Pdf && receipt.ContentType != ReceiptRules.Pdf)
            {
                return TypedResults.NotFound();
            }

            var content = open(receipt.StoredName);
            var disposition = new ContentDispositionHeaderValue("inline");
            disposition.SetHttpFileName(ReceiptRules.NameToSave(receipt.FileName, receipt.ContentType));
            context.Response.Headers.ContentDisposition = disposition.ToString();
            context.Response.Headers.CacheControl = NotKept;
            return TypedResults.Stream(content, type ?? receipt.ContentType, enableRangeProcessing: true);
        }
        catch (IOException fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return TypedResults.NotFound();
        }
    }

    private static bool WantsJson(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase));
}
