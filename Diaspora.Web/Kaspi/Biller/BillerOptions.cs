using System.Net;
using Diaspora.Domain.Kaspi;

namespace Diaspora.Web.Kaspi.Biller;

/// <summary>Of the section <c>Kaspi</c>, what concerns a «Платежи» service: whom we answer and how, and where its page in Kaspi is.</summary>
public sealed class BillerOptions
{
    private const string Section = $"{Payments.KaspiOptions.Section}:{nameof(Payments.KaspiOptions.Biller)}";
    private const char Slash = '/';

    public bool Enabled { get; set; }

    public string Format { get; set; } = "json";

    /// <summary>From where the bank calls: addresses, or networks of them. Nobody else is answered, and with none nobody is.</summary>
    public string[] Addresses { get; set; } = [];

    /// <summary>The service's name in the address of its page, as the bank issued it.</summary>
    public string? Service { get; set; }

    /// <summary>By which number the bank knows the field of the account.</summary>
    public string? Field { get; set; }

    public BillerFormat? AnswerFormat => Format.ToLowerInvariant() switch { "json" => BillerFormat.Json, "xml" => BillerFormat.Xml, _ => null };

    public IReadOnlyList<IPNetwork> Networks => [.. Addresses.Select(NetworkOf).OfType<IPNetwork>()];

    /// <summary>The service's page with the account filled in; nothing where the bank has issued none.</summary>
    public string? LinkOf(string account) =>
        Enabled && Service is { Length: > 0 } && Field is { Length: > 0 } ? $"https://kaspi.kz/pay/{Service}?{Field}={account}&started_from=QR" : null;

    /// <param name="proxies">The web servers in front.</param>
    /// <param name="isDevelopment">There whoever tries it calls from this machine.</param>
    public IEnumerable<string> Faults(IReadOnlyCollection<string> proxies, bool isDevelopment)
    {
        if (AnswerFormat is null)
        {
            yield return $"{Section}:{nameof(Format)} = '{Format}' must be json or xml.";
        }

        if (string.IsNullOrEmpty(Service) != string.IsNullOrEmpty(Field) || !$"{Service}{Field}".All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_'))
        {
            yield return $"{Section}:{nameof(Service)} and {Section}:{nameof(Field)} go together, and are letters and digits.";
        }

        foreach (var text in Addresses)
        {
            if (NetworkOf(text) is not { } network)
            {
                yield return $"{Section}:{nameof(Addresses)}: '{text}' is neither an IP address nor a network, such as 194.187.247.0/24.";
            }
            else if (proxies.Select(NetworkOf).OfType<IPNetwork>().Any(proxy => network.Contains(proxy.BaseAddress) || proxy.Contains(network.BaseAddress)))
            {
                yield return $"{Section}:{nameof(Addresses)}: '{text}' is a web server in front ({Shell.Operations.ProxyOptions.Section}:{nameof(Shell.Operations.ProxyOptions.Addresses)}), so everybody would be taken for the bank.";
            }
            else if (!isDevelopment && (network.Contains(IPAddress.Loopback) || network.Contains(IPAddress.IPv6Loopback) || IPAddress.IsLoopback(network.BaseAddress)))
            {
                yield return $"{Section}:{nameof(Addresses)}: '{text}' is this machine: with a web server in front of the portal everybody would be taken for the bank.";
            }
        }
    }

    /// <summary>A network that everybody is in is nobody's.</summary>
    private static IPNetwork? NetworkOf(string text) =>
        text.Contains(Slash) ? IPNetwork.TryParse(text, out var network) && network.PrefixLength > 0 ? network : null
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;
}
