using Diaspora.Domain.Cards;
using Diaspora.Web.Shell.Operations;

namespace Diaspora.Web.Cards;

/// <summary>Who came in long ago is nobody's matter any more.</summary>
public sealed class ForgetEntriesTask : IHourlyTask
{
    public bool EndsWhatIsOld => true;

    public Task RunAsync(IServiceProvider services, CancellationToken cancel) => services.GetRequiredService<DoorService>().ForgetAsync(cancel);
}
