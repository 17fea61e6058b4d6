namespace Diaspora.Web.Shared;

public static class SharedFeature
{
    /// <summary>The clock, the association's time zone, and the words for both.</summary>
    public static WebApplicationBuilder AddShared(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(TimeZoneInfo.FindSystemTimeZoneById("Asia/Almaty"));
        builder.Services.AddScoped<Wording>();
        builder.Services.AddScoped<ProblemWords>();
        return builder;
    }
}
