using Diaspora.Domain.Notifications;
using Diaspora.Web.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace Diaspora.Tests.Notifications;

internal static class WriterSetup
{
    /// <summary>Puts messages into the portal's own words. The rest that it asks for is the test's.</summary>
    public static IServiceCollection AddMessageWriter(this IServiceCollection services) =>
        services.AddSingleton<IOwnTexts, OwnWordings>().AddSingleton<CurrentMessageTexts>().AddSingleton<MessageWriter>();
}
