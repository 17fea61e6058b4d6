using System.Net;
using System.Net.Sockets;

namespace Diaspora.Domain.Kernel;

/// <summary>What counts as one place that requests come from.</summary>
public static class Network
{
    private const int HomePrefixBytes = 8;

    /// <summary>A home has a whole /64 of IPv6 addresses: they count as one.</summary>
    public static IPAddress Of(IPAddress address)
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
        bytes.AsSpan(HomePrefixBytes).Clear();
        return new IPAddress(bytes);
    }

    /// <summary>The same for the address of an actor; all without one are one.</summary>
    public static string Of(string? address) => IPAddress.TryParse(address, out var parsed) ? Of(parsed).ToString() : "?";
}
