using Diaspora.Domain.Members;
using Diaspora.Domain.Overview;

namespace Diaspora.Web.Dues;

public static class DuesFeature
{
    public static WebApplicationBuilder AddDues(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<CabinetService>();
        builder.Services.AddScoped<OwedMonthsService>();
        builder.Services.AddSingleton<PeriodWords>();
        builder.Services.AddScoped<MonthDialogs>();
        builder.Services.AddHealthChecks().AddCheck<ZoneCheck>("time-zone", tags: ["ready"]);
        return builder;
    }
}
