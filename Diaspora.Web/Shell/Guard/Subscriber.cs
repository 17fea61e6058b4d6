using System.Net;
using System.Net.Sockets;

namespace Diaspora.Web.Shell.Guard;

/// <summary>Who stands behind an address, as far as it can be counted.</summary>
internal static class Subscriber
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
}
