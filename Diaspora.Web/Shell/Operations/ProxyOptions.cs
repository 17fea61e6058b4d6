using System.Net;

namespace Diaspora.Web.Shell.Operations;

/// <summary>The section <c>Proxy</c>: the web servers in front whose word for the visitor's address is taken.</summary>
public sealed class ProxyOptions
{
    public const string Section = "Proxy";

    public string[] Addresses { get; set; } = [];

    public IEnumerable<string> Faults() => from address in Addresses where !IPAddress.TryParse(address, out _) select $"{Section}:{nameof(Addresses)}: '{address}' is not an IP address.";

    public IReadOnlyList<IPAddress> Known() => [.. Addresses.Select(address => IPAddress.TryParse(address, out var known) ? known : null).OfType<IPAddress>()];
}
