using System.Net;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Diaspora.Web.Shell.Live;

/// <summary>Where several portals over one database tell each other what was committed. Without it there is one portal.</summary>
public sealed class RedisOptions
{
    public const string Section = "Redis";

    /// <summary>As StackExchange.Redis reads it.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Where none is wanted, and where it is no such string.</summary>
    public ConfigurationOptions? Parse()
    {
        if (string.IsNullOrWhiteSpace(ConnectionString))
        {
            return null;
        }

        try
        {
            var options = ConfigurationOptions.Parse(ConnectionString);
            if (options.EndPoints.Count == 0 || options.EndPoints.OfType<DnsEndPoint>().Any(host => Uri.CheckHostName(host.Host) == UriHostNameType.Unknown))
            {
                return null;
            }

            // Redis may be away when the portal starts, and come back when it likes.
            options.AbortOnConnectFail = false;
            options.ReconnectRetryPolicy = new LinearRetry(1000);
            options.BacklogPolicy = BacklogPolicy.FailFast;
            options.KeepAlive = options.KeepAlive > 0 ? options.KeepAlive : 5;
            options.ClientName ??= "diaspora";
            return options;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            return null;
        }
    }
}

/// <summary>Says which key is wrong, and not what stands in it: that may be a password.</summary>
public sealed class RedisOptionsValidator : IValidateOptions<RedisOptions>
{
    public ValidateOptionsResult Validate(string? name, RedisOptions options) =>
        string.IsNullOrWhiteSpace(options.ConnectionString) || options.Parse() is not null ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail("Redis:ConnectionString is not one of Redis: it begins with an address, such as 'redis:6379' or 'redis:6379,password=…'.");
}
