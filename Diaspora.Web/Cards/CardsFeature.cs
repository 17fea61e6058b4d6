using Diaspora.Data.Operations;
using Diaspora.Domain.Cards;
using Diaspora.Web.Shell.Operations;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Cards;

/// <summary>Membership cards: to show, to check by anybody, and to count at the door.</summary>
public static class CardsFeature
{
    public static WebApplicationBuilder AddCards(this WebApplicationBuilder builder)
    {
        builder.AddSection<CardOptions>(CardOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<CardOptions>, CardOptionsValidator>();
        builder.Services.AddSingleton<CardKeys>();
        builder.Services.AddSingleton<CardCode>();
        builder.Services.AddScoped<CardService>();
        builder.Services.AddScoped<DoorService>();
        builder.Services.AddSingleton<IHourlyTask, ForgetEntriesTask>();
        return builder;
    }

    public static WebApplication MapCards(this WebApplication app)
    {
        app.MapCardChecks();
        return app;
    }
}
