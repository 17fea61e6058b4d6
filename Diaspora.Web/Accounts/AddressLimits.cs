using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Threading.RateLimiting;
using Diaspora.Domain.Members.Accounts;
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
/// Stops floods, not guessing: a mobile carrier puts thousands behind one address, so the limits are generous. The strict
/// limit is by phone and address, see <see cref="SignInThrottle"/>; who tries many phones is slowed by <see cref="GuessWatch"/>.
/// </summary>
public sealed class AddressLimits(IOptions<AddressLimitOptions> options) : IDisposable
{
    /// <summary>A site may have 65 536 networks; together they get what so many get.</summary>
    private const int NetworksOfASite = 10;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly PartitionedRateLimiter<IPAddress>[] _register = Buckets(options.Value.RegisterPerAddress);
    private readonly PartitionedRateLimiter<IPAddress>[] _signIn = Buckets(options.Value.SignInPerAddress);

    public bool MayRegister(IPAddress? address) => Take(_register, address);

    public bool MaySignIn(IPAddress? address) => Take(_signIn, address);

    public void Dispose()
    {
        foreach (var bucket in _register.Concat(_signIn))
        {
            bucket.Dispose();
        }
    }

    private static bool Take(PartitionedRateLimiter<IPAddress>[] buckets, IPAddress? address) => buckets.All(bucket =>
    {
        using var lease = bucket.AttemptAcquire(address ?? IPAddress.None);
        return lease.IsAcquired;
    });

    private static PartitionedRateLimiter<IPAddress>[] Buckets(int limit) => [Bucket(limit, Network.Of), Bucket(limit * NetworksOfASite, Network.SiteOf)];

    private static PartitionedRateLimiter<IPAddress> Bucket(int limit, Func<IPAddress, IPAddress> placeOf) =>
        PartitionedRateLimiter.Create<IPAddress, IPAddress>(address => RateLimitPartition.GetTokenBucketLimiter(placeOf(address), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = limit,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = Window / limit,
            QueueLimit = 0,
        }));
}
