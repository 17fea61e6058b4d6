using System.Net;
using System.Net.Sockets;

namespace Diaspora.Domain.Kernel;

/// <summary>What counts as one place that requests come from.</summary>
public static class Network
{
    private const int HomePrefixBytes = 8;
    private const int SitePrefixBytes = 6;

    /// <summary>A home has a whole /64 of IPv6 addresses: they count as one.</summary>
    public static IPAddress Of(IPAddress address) => Of(address, HomePrefixBytes);

    /// <summary>The same for the address of an actor; all without one are one.</summary>
    public static string Of(string? address) => IPAddress.TryParse(address, out var parsed) ? Of(parsed).ToString() : "?";

    /// <summary>One customer of a provider may have up to a /48, which is 65 536 homes.</summary>
    public static IPAddress SiteOf(IPAddress address) => Of(address, SitePrefixBytes);

    /// <summary>The same for what <see cref="Of(string?)"/> answered.</summary>
    public static string SiteOf(string network) => IPAddress.TryParse(network, out var parsed) ? SiteOf(parsed).ToString() : network;

    private static IPAddress Of(IPAddress address, int prefixBytes)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(prefixBytes).Clear();
        return new IPAddress(bytes);
    }
}
