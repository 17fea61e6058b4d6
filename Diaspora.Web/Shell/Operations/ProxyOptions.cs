using System.Net;

namespace Diaspora.Web.Shell.Operations;

/// <summary>The section <c>Proxy</c>: the web servers in front whose word for the visitor's address is taken, by address or by the network they are in.</summary>
public sealed class ProxyOptions
{
    public const string Section = "Proxy";

    private const char Slash = '/';

    public string[] Addresses { get; set; } = [];

    public IReadOnlyList<IPAddress> KnownAddresses => [.. Addresses.Where(text => !text.Contains(Slash)).Select(AddressOf).OfType<IPAddress>()];

    public IReadOnlyList<IPNetwork> KnownNetworks => [.. Addresses.Where(text => text.Contains(Slash)).Select(NetworkOf).OfType<IPNetwork>()];

    public IEnumerable<string> Faults() =>
        from text in Addresses
        let fault = text.Contains(Slash) ? NetworkOf(text) is null ? "is not a network, such as 172.18.0.0/16" : null : AddressOf(text) is null ? "is not an IP address" : null
        where fault is not null
        select $"{Section}:{nameof(Addresses)}: '{text}' {fault}.";

    private static IPAddress? AddressOf(string text) => IPAddress.TryParse(text, out var address) ? address : null;

    /// <summary>All addresses there are is nobody's network: everybody would be believed.</summary>
    private static IPNetwork? NetworkOf(string text) => IPNetwork.TryParse(text, out var network) && network.PrefixLength > 0 ? network : null;
}
