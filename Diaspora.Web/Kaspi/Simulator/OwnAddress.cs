using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Diaspora.Web.Kaspi.Simulator;

/// <summary>Where this portal listens, from this machine.</summary>
public sealed class OwnAddress(IServer server)
{
    /// <summary>Known once it listens.</summary>
    public Uri Value
    {
        get
        {
            var address = BindingAddress.Parse(server.Features.Get<IServerAddressesFeature>()!.Addresses.OrderByDescending(text => text.StartsWith("http:", StringComparison.Ordinal)).First());
            return new UriBuilder(address.Scheme, "127.0.0.1", address.Port).Uri;
        }
    }
}
