using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Threading.RateLimiting;
using Diaspora.Web.Shell.Guard;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Accounts;

/// <summary>The section <c>Limits</c>: how many forms one address may send in five minutes.</summary>
public sealed class AddressLimitOptions
{
    public const string Section = "Limits";

    [Range(1, 100_000, ErrorMessage = $"The setting {Section}:{nameof(RegisterPerAddress)} must be a number of forms, {{1}} to {{2}}.")]
    public int RegisterPerAddress { get; set; } = 60;

    [Range(1, 100_000, ErrorMessage = $"The setting {Section}:{nameof(SignInPerAddress)} must be a number of forms, {{1}} to {{2}}.")]
    public int SignInPerAddress { get; set; } = 300;
}

/// <summary>
/// Stops floods, not guessing: a mobile carrier puts thousands behind one address, so the limits are generous. The strict limit
/// is by phone, see <see cref="Diaspora.Domain.Members.Accounts.SignInThrottle"/>.
/// </summary>
public sealed class AddressLimits(IOptions<AddressLimitOptions> options) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly PartitionedRateLimiter<IPAddress> _register = Bucket(options.Value.RegisterPerAddress);
    private readonly PartitionedRateLimiter<IPAddress> _signIn = Bucket(options.Value.SignInPerAddress);

    public bool MayRegister(IPAddress? address) => Take(_register, address);

    public bool MaySignIn(IPAddress? address) => Take(_signIn, address);

    public void Dispose()
    {
        _register.Dispose();
        _signIn.Dispose();
    }

    private static bool Take(PartitionedRateLimiter<IPAddress> bucket, IPAddress? address)
    {
        using var lease = bucket.AttemptAcquire(address ?? IPAddress.None);
        return lease.IsAcquired;
    }

    private static PartitionedRateLimiter<IPAddress> Bucket(int limit) =>
        PartitionedRateLimiter.Create<IPAddress, IPAddress>(address => RateLimitPartition.GetTokenBucketLimiter(Subscriber.Of(address), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = limit,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = Window / limit,
            QueueLimit = 0,
        }));
}
