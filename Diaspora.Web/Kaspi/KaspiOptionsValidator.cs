using Diaspora.Web.Payments;
using Diaspora.Web.Shell.Operations;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Kaspi;

/// <summary>What of the ways in which the bank tells of money cannot be as it is written.</summary>
public sealed class KaspiOptionsValidator(IHostEnvironment environment, IConfiguration configuration) : IValidateOptions<KaspiOptions>
{
    private const int LeastDays = 30;
    private const int MostDays = 36_500;

    public ValidateOptionsResult Validate(string? name, KaspiOptions options)
    {
        var proxies = configuration.GetSection($"{ProxyOptions.Section}:{nameof(ProxyOptions.Addresses)}").GetChildren().Select(entry => entry.Value ?? "").ToList();
        List<string> faults = [.. options.Biller.Faults(proxies, environment.IsDevelopment()), .. options.ApiPay.Faults()];
        foreach (var (key, days) in new[] { (nameof(KaspiOptions.KeepLinesDays), options.KeepLinesDays), (nameof(KaspiOptions.KeepCallsDays), options.KeepCallsDays) }.Where(kept => kept.Item2 is < LeastDays or > MostDays))
        {
            faults.Add($"{KaspiOptions.Section}:{key} = {days} must be from {LeastDays} to {MostDays}: what came has to be looked at again while it can still be asked back.");
        }

        if (options.Simulator == true && !environment.IsDevelopment())
        {
            faults.Add($"{KaspiOptions.Section}:{nameof(KaspiOptions.Simulator)} is a bank to play with: whoever opens it pays with nothing. It is for Development alone; leave it out.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
