using Diaspora.Domain.Access;
using Diaspora.Domain.Certificates;
using Diaspora.Web.Shell;

namespace Diaspora.Web.Certificates;

/// <summary>Certificates as files.</summary>
public static class CertificateEndpoints
{
    public static void MapCertificateFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Urls.OwnCertificateFile, (HttpContext context, CertificateService certificates, CancellationToken cancel) =>
                FileAsync(context, subject => certificates.OwnAsync(CurrentActor.Of(context), subject, cancel)))
            .AnswersRefusals().RequireAuthorization(nameof(Permission.Member));
        routes.MapGet(Urls.MemberCertificateFile("{number}"), (string number, HttpContext context, CertificateService certificates, CancellationToken cancel) =>
                FileAsync(context, subject => certificates.OfMemberAsync(CurrentActor.Of(context), number, subject, cancel)))
            .AnswersRefusals().RequireAuthorization(nameof(Permission.Cashier));
    }

    /// <summary>What an address is about; nothing where it says neither a transfer nor a year that can be.</summary>
    public static CertificateSubject? SubjectOf(string? intent, string? year) =>
        Guid.TryParse(intent, out var id) ? CertificateSubject.Of(id) : Urls.ReportYear(year) is { } wanted ? CertificateSubject.Of(wanted) : null;

    private static async Task<IResult> FileAsync(HttpContext context, Func<CertificateSubject, Task<Certificate>> read)
    {
        var query = context.Request.Query;
        if (SubjectOf(query["intent"], query["year"]) is not { } subject || context.RequestServices.GetRequiredService<CertificateFont>().Face is not { } face)
        {
            return TypedResults.NotFound();
        }

        context.RequestServices.GetRequiredService<Quotas>().Spend(CurrentActor.Of(context), Quota.Export);
        var certificate = await read(subject);
        var text = context.RequestServices.GetRequiredService<CertificateWords>().Of(certificate, new Uri($"{context.Request.Scheme}://{context.Request.Host}/"));
        context.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.File(CertificatePdf.Draw(text, face), "application/pdf", Urls.CertificateName(certificate));
    }
}
