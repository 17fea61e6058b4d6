namespace Diaspora.Web.Content;

/// <summary>The home page and the pages of text.</summary>
public static class ContentFeature
{
    public static WebApplicationBuilder AddContent(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<AssociationOptions>(builder.Configuration.GetSection(AssociationOptions.Section));
        builder.Services.AddSingleton<ContentLibrary>();
        return builder;
    }
}
