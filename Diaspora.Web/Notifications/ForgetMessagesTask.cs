using Diaspora.Domain.Notifications;
using Diaspora.Web.Shell.Operations;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Notifications;

/// <summary>Empties what stood in messages that went long ago; that they went stays.</summary>
public sealed class ForgetMessagesTask(IOptions<NotificationOptions> options) : IHourlyTask
{
    public bool EndsWhatIsOld => true;

    public Task RunAsync(IServiceProvider services, CancellationToken cancel) => services.GetRequiredService<OutboxService>().ForgetAsync(options.Value.KeepDays, cancel);
}
