using System.Globalization;
using Diaspora.Domain.Access;
using Diaspora.Domain.Import;
using Diaspora.Domain.Settings;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Diaspora.Web.Members.Import;

/// <summary>The spreadsheet comes and the template goes over plain requests, never through the circuit.</summary>
public static class ImportEndpoints
{
    /// <summary>Somewhat more than is taken, so that a file that is a little too large is answered with a sentence and not with a broken connection.</summary>
    private const long MaxRequestBytes = 4 * ImportLimits.MaxBytes;

    /// <summary>A large workbook takes much memory while it is read, so the whole portal reads one at a time.</summary>
    private static readonly SemaphoreSlim Turn = new(1, 1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(ImportLimits.MaxSeconds);

    public static void MapImport(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Urls.ImportFile, StageAsync)
            .RequireAuthorization(nameof(Permission.Admin))
            .WithMetadata(new RequestSizeLimitAttribute(MaxRequestBytes))
            .WithFormOptions(multipartBodyLengthLimit: MaxRequestBytes);
        routes.MapGet(Urls.ImportTemplate, Template).RequireAuthorization(nameof(Permission.Admin));
    }

    private static async Task<IResult> StageAsync([FromForm] IFormFile? file, HttpContext context, ImportService imports, Quotas quotas, TimeProvider clock, CancellationToken cancel)
    {
        try
        {
            quotas.Spend(CurrentActor.Of(context), Quota.Upload);
            var sheet = await ReadAsync(file ?? throw new DomainException(Problems.ImportEmpty), clock, cancel);
            return TypedResults.LocalRedirect(Urls.Import(await imports.StageAsync(CurrentActor.Of(context), sheet, cancel)));
        }
        catch (DomainException refused)
        {
            var at = refused.Problem.Args is [int number] ? string.Create(CultureInfo.InvariantCulture, $"&at={number}") : "";
            return TypedResults.LocalRedirect($"{Urls.AdminImport}?problem={refused.Problem.Code}{at}");
        }
    }

    private static async Task<Sheet> ReadAsync(IFormFile file, TimeProvider clock, CancellationToken cancel)
    {
        if (file.Length > ImportLimits.MaxBytes)
        {
            throw new DomainException(Problems.ImportFileTooLarge, (int)(ImportLimits.MaxBytes >> 20));
        }

        if (!await Turn.WaitAsync(Patience, cancel))
        {
            throw new DomainException(Problems.ImportTurn);
        }

        try
        {
            using var content = new MemoryStream((int)file.Length);
            await file.CopyToAsync(content, cancel);
            using var time = new CancellationTokenSource(Patience, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancel);
            return SheetFile.Read(content.ToArray(), file.FileName, either.Token);
        }
        finally
        {
            Turn.Release();
        }
    }

    private static IResult Template(CurrentSettings settings, TimeProvider clock)
    {
        var current = settings.Rules.PeriodOf(clock.GetUtcNow().UtcDateTime);
        return TypedResults.File(ImportTemplate.Write(current), ImportTemplate.ContentType, ImportTemplate.FileName);
    }
}
