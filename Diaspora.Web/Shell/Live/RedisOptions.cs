using System.Net;
using StackExchange.Redis;

namespace Diaspora.Web.Shell.Live;

/// <summary>Where several portals over one database tell each other what was committed: <c>Redis:ConnectionString</c>. Without it there is one portal.</summary>
public static class RedisOptions
{
    public const string Key = "Redis:ConnectionString";

    /// <returns>Nothing where none is set.</returns>
    /// <exception cref="InvalidOperationException">It is set and no such string; the message names the key, and not what stands in it, because that may be a password.</exception>
    public static ConfigurationOptions? Read(IConfiguration configuration)
    {
        if (configuration[Key] is not { } text || string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var options = Parse(text);
        if (options is not { EndPoints.Count: > 0 } || options.EndPoints.OfType<DnsEndPoint>().Any(host => Uri.CheckHostName(host.Host) == UriHostNameType.Unknown))
        {
            throw new InvalidOperationException($"{Key} is not one of Redis: it begins with an address, such as 'redis:6379' or 'redis:6379,password=…'.");
        }

        // Redis may be away when the portal starts, and come back when it likes.
        options.AbortOnConnectFail = false;
        options.ReconnectRetryPolicy = new LinearRetry(1000);
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.KeepAlive = options.KeepAlive > 0 ? options.KeepAlive : 5;
        options.ClientName ??= "diaspora";
        return options;
    }

    private static ConfigurationOptions? Parse(string text)
    {
        try
        {
            return ConfigurationOptions.Parse(text);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            return null;
        }
    }
}
