using Diaspora.Domain.Access;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Diaspora.Web.Kaspi.Statements;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Diaspora.Web.Kaspi.Admin.Upload;

/// <summary>A statement comes and goes over plain requests, never through the circuit.</summary>
public static class StatementEndpoints
{
    /// <summary>Somewhat more than is taken, so that a file that is a little too large is answered with a sentence and not with a broken connection.</summary>
    private const long MaxRequestBytes = 2 * StatementReader.MaxBytes;

    private const string AnyKind = "application/octet-stream";

    public static void MapStatements(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Urls.StatementFile, StageAsync)
            .RequireAuthorization(nameof(Permission.Cashier))
            .WithMetadata(new RequestSizeLimitAttribute(MaxRequestBytes))
            .WithFormOptions(multipartBodyLengthLimit: MaxRequestBytes);
        routes.MapGet(Urls.AdminStatements + "/{id:guid}/file", FileAsync).AnswersRefusals().RequireAuthorization(nameof(Permission.Cashier));
    }

    private static async Task<IResult> StageAsync(
        [FromForm] IFormFile? file, HttpContext context, StatementService statements, StatementTableService tables, IReceiptFiles files, StatementTurn turn, ToldProblem told, Quotas quotas,
        CancellationToken cancel)
    {
        var actor = CurrentActor.Of(context);
        try
        {
            quotas.Spend(actor, Quota.Upload);
            var taken = file ?? throw new DomainException(Problems.StatementEmpty);
            var (reading, content) = await turn.ReadAsync(
                async stop => await ContentOfAsync(taken, stop),
                async (bytes, stop) => (await ReadAsync(bytes, actor, tables, stop), bytes),
                cancel);
            return TypedResults.LocalRedirect(Urls.Statement(await KeepAsync(actor, ReceiptRules.TidyName(taken.FileName), content, reading, statements, tables, files, cancel)));
        }
        catch (DomainException refused)
        {
            return TypedResults.LocalRedirect($"{Urls.AdminStatements}?refused={told.Write(refused.Problem)}");
        }
    }

    private static async Task<byte[]> ContentOfAsync(IFormFile file, CancellationToken cancel)
    {
        if (file.Length > StatementReader.MaxBytes)
        {
            throw new DomainException(Problems.StatementTooLarge, (int)(StatementReader.MaxBytes >> 20), StatementReader.MaxLines);
        }

        using var content = new MemoryStream((int)file.Length);
        await file.CopyToAsync(content, cancel);
        return content.ToArray();
    }

    /// <summary>A table whose columns were named once is read by them; where that does not fit any more, they are asked for anew.</summary>
    private static async Task<StatementReading> ReadAsync(byte[] file, Actor actor, StatementTableService tables, CancellationToken cancel)
    {
        var reading = await StatementTurn.ReadAsync(file, null, cancel);
        if (reading.Unnamed is not { Head.Length: > 0 } table || await tables.ColumnsAsync(actor, table.Head, cancel) is not { } columns)
        {
            return reading;
        }

        try
        {
            return await StatementTurn.ReadAsync(file, columns, cancel);
        }
        catch (DomainException)
        {
            return reading;
        }
    }

    private static async Task<Guid> KeepAsync(
        Actor actor, string fileName, byte[] content, StatementReading reading, StatementService statements, StatementTableService tables, IReceiptFiles files, CancellationToken cancel)
    {
        using var stream = new MemoryStream(content, writable: false);
        var stored = await files.KeepAsync(stream, AnyKind, StatementReader.MaxBytes, cancel);
        try
        {
            return reading.Statement is { } statement
                ? await statements.StageAsync(actor, fileName, stored.StoredName, stored.Sha256, statement, cancel)
                : await tables.StageAsync(actor, fileName, stored.StoredName, stored.Sha256, reading.Unnamed!, cancel);
        }
        catch
        {
            files.Delete(stored.StoredName);
            throw;
        }
    }

    private static async Task<IResult> FileAsync(Guid id, HttpContext context, StatementService statements, CancellationToken cancel)
    {
        try
        {
            var (content, fileName) = await statements.FileAsync(CurrentActor.Of(context), id, cancel);
            context.Response.Headers.CacheControl = "private, no-store";
            return TypedResults.File(content, AnyKind, fileName);
        }
        catch (IOException fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return TypedResults.NotFound();
        }
    }
}
