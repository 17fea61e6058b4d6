using Diaspora.Domain.Members.Accounts;

namespace Diaspora.Web.Accounts;

/// <summary>Deletes what strangers may have left: counts of wrong passwords that no longer slow anybody down, and requests nobody decided on; and sessions that ended.</summary>
public sealed class ForgetTriesTask : IHourlyTask
{
    public bool EndsWhatIsOld => true;

    public async Task RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        await services.GetRequiredService<AccountService>().ForgetTriesAsync(cancel);
        await services.GetRequiredService<RegistrationService>().ForgetAsync(cancel);
    }
}
