using Diaspora.Data.Operations;

namespace Diaspora.Web.Content;

/// <summary>The home page and the pages of text.</summary>
public static class ContentFeature
{
    public static WebApplicationBuilder AddContent(this WebApplicationBuilder builder)
    {
        builder.AddSection<AssociationOptions>(AssociationOptions.Section)
            .PostConfigure(association =>
            {
                if (builder.Environment.IsDevelopment())
                    association.FillWithExamples();
            })
            .Validate(association => association.HasGoodEmail, $"The setting {AssociationOptions.Section}:{nameof(AssociationOptions.Email)} must be an e-mail address.")
            .Validate(association => association.HasGoodPhone, $"The setting {AssociationOptions.Section}:{nameof(AssociationOptions.Phone)} must be a telephone number.")
            .Validate(association => association.HasGoodWhatsApp, $"The setting {AssociationOptions.Section}:{nameof(AssociationOptions.WhatsApp)} must be a telephone number.");
        builder.Services.AddSingleton<ContentLibrary>();
        return builder;
    }
}
