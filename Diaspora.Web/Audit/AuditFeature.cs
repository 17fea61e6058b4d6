using Diaspora.Domain.Audit;

namespace Diaspora.Web.Audit;

public static class AuditFeature
{
    public static WebApplicationBuilder AddAudit(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<AuditService>();
        builder.Services.AddScoped<AuditWords>();
        return builder;
    }
}
