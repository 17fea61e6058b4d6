namespace Diaspora.Web.Shared;

public static class SharedFeature
{
    /// <summary>The clock and the words; the association's time zone comes with its dues.</summary>
    public static WebApplicationBuilder AddShared(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddScoped<Wording>();
        builder.Services.AddScoped<ProblemWords>();

        // Each who uses it has one: what is on its way in one place stops nothing in another.
        builder.Services.AddTransient<OneAtATime>();
        return builder;
    }
}
