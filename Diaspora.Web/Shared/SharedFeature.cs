namespace Diaspora.Web.Shared;

public static class SharedFeature
{
    /// <summary>The clock and the words. The association's time zone belongs to the dues.</summary>
    public static WebApplicationBuilder AddShared(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Wording>();
        builder.Services.AddScoped<ProblemWords>();
        builder.Services.AddScoped<Fields.FormRules>();

        // Each user of it gets an instance of their own, so a press on its way in one place blocks no other place.
        builder.Services.AddTransient<Press>();
        return builder;
    }
}
