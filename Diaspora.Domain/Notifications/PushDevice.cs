using System.Buffers.Text;

namespace Diaspora.Domain.Notifications;

/// <summary>A browser that its member wants to be told on. The push service of its maker knows it by the address alone.</summary>
public sealed class PushDevice
{
    public const int EndpointLength = 800;
    public const int KeyLength = 120;
    public const int DeviceLength = 200;

    private PushDevice()
    {
    }

    public PushDevice(Guid memberId, PushAddress address, string? device, DateTime now)
    {
        Endpoint = address.Endpoint;
        CreatedAt = now;
        Take(memberId, address, device);
    }

    public Guid Id { get; private set; } = Guid.CreateVersion7();

    public Guid MemberId { get; private set; }

    public string Endpoint { get; private set; } = "";

    /// <summary>The browser's public key and its secret: only it can read what is sent.</summary>
    public string Key { get; private set; } = "";

    public string Secret { get; private set; } = "";

    /// <summary>What the browser says of itself.</summary>
    public string? Device { get; private set; }

    public DateTime CreatedAt { get; private set; }

    /// <summary>The same browser again, with whoever uses it now: it is told of one member only.</summary>
    public void Take(Guid memberId, PushAddress address, string? device)
    {
        (MemberId, Key, Secret) = (memberId, address.Key, address.Secret);
        Device = device is { Length: > DeviceLength } ? device[..DeviceLength] : device;
    }
}

/// <summary>What a browser says when it is to be told.</summary>
public sealed record PushAddress(string Endpoint, string Key, string Secret);

/// <summary>
/// Whose addresses the portal sends to. An address comes from a browser, so it may be anything: one of the inner network too. Only what the makers of browsers run is asked.
/// </summary>
public sealed class PushServices(IReadOnlyList<string> more)
{
    private static readonly string[] Hosts = ["fcm.googleapis.com", "updates.push.services.mozilla.com", "web.push.apple.com"];
    private static readonly string[] Families = [".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com"];

    /// <exception cref="DomainException">It is no browser's word.</exception>
    public void Require(PushAddress address)
    {
        if (address.Endpoint.Length > PushDevice.EndpointLength || !Knows(address.Endpoint) || !IsKey(address.Key, 65) || !IsKey(address.Secret, 16))
        {
            throw new DomainException(Problems.PushUnknown);
        }
    }

    private static bool IsKey(string text, int bytes) => text.Length <= PushDevice.KeyLength && Base64Url.IsValid(text, out var length) && length == bytes;

    private bool Knows(string endpoint) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && address.UserInfo.Length == 0
        && ((address is { Scheme: "https", IsDefaultPort: true } && (Hosts.Contains(address.Host) || Families.Any(family => address.Host.EndsWith(family, StringComparison.Ordinal))))
            || more.Any(origin => string.Equals(origin.TrimEnd('/'), address.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)));
}

/// <summary>Browsers that are told.</summary>
public interface IPushRepository
{
    Task<PushDevice?> FindAsync(string endpoint, CancellationToken cancel = default);

    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<PushDevice>> OfMemberAsync(Guid memberId, CancellationToken cancel = default);

    void Add(PushDevice device);

    Task RemoveAsync(IReadOnlyCollection<Guid> deviceIds, CancellationToken cancel = default);
}

/// <summary>The pair by which push services know this portal.</summary>
/// <param name="Public">The point, 65 bytes in base64url: browsers ask for it.</param>
/// <param name="Private">The number, 32 bytes in base64url.</param>
public sealed record PushKey(string Public, string Private);

public interface IPushKeys
{
    /// <summary>Made once and kept; missing where it cannot be.</summary>
    PushKey? Kept();
}

public static class PushRepositories
{
    extension(IWork work)
    {
        public IPushRepository Pushes => work.Repository<IPushRepository>();
    }
}
