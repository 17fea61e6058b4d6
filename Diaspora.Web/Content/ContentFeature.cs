namespace Diaspora.Web.Content;

public static class ContentFeature
{
    public static WebApplicationBuilder AddContent(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<AssociationOptions>(builder.Configuration.GetSection(AssociationOptions.Section));
        return builder;
    }
}
