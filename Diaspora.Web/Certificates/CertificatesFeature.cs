using Diaspora.Data.Operations;
using Diaspora.Domain.Certificates;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Certificates;

/// <summary>Certificates of payment: a page to print, a file, and a page where anybody who holds one can check it.</summary>
public static class CertificatesFeature
{
    public static WebApplicationBuilder AddCertificates(this WebApplicationBuilder builder)
    {
        builder.AddSection<CertificateOptions>(CertificateOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<CertificateOptions>, CertificateOptionsValidator>();
        builder.Services.AddSingleton<CertificateFont>();
        builder.Services.AddSingleton<CertificateStamp>();
        builder.Services.AddScoped<CertificateService>();
        builder.Services.AddScoped<CertificateWords>();
        return builder;
    }

    public static WebApplication MapCertificates(this WebApplication app)
    {
        app.Services.GetRequiredService<CertificateFont>().SayIfNone();
        app.MapCertificateFiles();
        return app;
    }
}
