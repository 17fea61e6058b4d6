using System.Globalization;
using Diaspora.Domain.Access;
using Diaspora.Domain.Backups;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Diaspora.Web.Backups;

/// <summary>An archive goes out over a plain request, to an admin who types the password once more.</summary>
public static class BackupEndpoints
{
    public static void MapBackupFiles(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Urls.BackupFile, DownloadAsync).AnswersRefusals().RequireAuthorization(nameof(Permission.Admin));

    private static async Task<IResult> DownloadAsync(
        [FromForm] string? name, [FromForm] string? password, HttpContext context, BackupService backups, Quotas quotas, CancellationToken cancel)
    {
        try
        {
            var actor = quotas.Spend(CurrentActor.Of(context), Quota.Export);
            var content = await backups.OpenAsync(actor, name ?? "", new DownloadBackupForm { Password = password ?? "" }, cancel);
            context.Response.Headers.CacheControl = "private, no-store";
            return TypedResults.Stream(content, "application/octet-stream", name);
        }
        catch (FormException wrong)
        {
            return Back(wrong.Problems.ByField.Values.First());
        }
        catch (DomainException refused) when (refused.Problem.Code is Problems.SignInPaused or Problems.TooManyAttempts or Problems.QuotaSpent)
        {
            return Back(refused.Problem);
        }
    }

    /// <summary>The page says why nothing came.</summary>
    private static IResult Back(Problem problem)
    {
        var value = problem.Args switch
        {
            [DateTime until] => until.Ticks,
            [int minutes] => minutes,
            _ => (long?)null,
        };
        return TypedResults.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"{Urls.AdminBackups}?problem={problem.Code}{(value is null ? "" : $"&at={value}")}"));
    }

    /// <summary>An address can say anything, so only the refusals of a download are repeated.</summary>
    public static Problem? Told(string? code, string? at) => code switch
    {
        Problems.CurrentPasswordWrong or Problems.PasswordEmpty or Problems.TooManyAttempts => new Problem(code),
        Problems.SignInPaused when long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay && ticks >= TimeSpan.TicksPerDay =>
            new Problem(code, new DateTime(ticks, DateTimeKind.Utc)),
        Problems.QuotaSpent when int.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) => new Problem(code, minutes),
        _ => null,
    };
}
