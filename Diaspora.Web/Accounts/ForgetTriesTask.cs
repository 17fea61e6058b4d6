using Diaspora.Domain.Accounts;
using Diaspora.Web.Shell;

namespace Diaspora.Web.Accounts;

/// <summary>Deletes the counts of wrong passwords that no longer slow anybody down: they name phones, also of strangers.</summary>
public sealed class ForgetTriesTask : IHourlyTask
{
    public Task RunAsync(IServiceProvider services, CancellationToken cancel) => services.GetRequiredService<AccountService>().ForgetTriesAsync(cancel);
}
