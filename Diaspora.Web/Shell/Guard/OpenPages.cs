using System.Net;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Shell.Guard;

/// <summary>Why one more page is not opened.</summary>
public enum Fullness
{
    /// <summary>There is room.</summary>
    None,

    /// <summary>This person has too many.</summary>
    Member,

    /// <summary>Their address has, or the portal as a whole.</summary>
    Others,
}

/// <summary>
/// Counts the circuits there are, those of a tab that lost its connection included: they take the same room until they are given up. The limits are by person, by address and in all.
/// </summary>
public sealed class OpenPages(IOptions<LimitOptions> limits)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (Guid? Member, IPAddress? Address)> _pages = [];
    private readonly Dictionary<object, int> _counts = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _pages.Count;
            }
        }
    }

    public Fullness Look(Guid? member, IPAddress? address)
    {
        lock (_lock)
        {
            return member is { } who && _counts.GetValueOrDefault(who) >= limits.Value.PagesPerMember ? Fullness.Member
                : _pages.Count >= limits.Value.Pages || (address is not null && _counts.GetValueOrDefault(Network.Of(address)) >= limits.Value.PagesPerAddress) ? Fullness.Others
                : Fullness.None;
        }
    }

    /// <returns>Whether there was room.</returns>
    public bool TryOpen(string circuit, Guid? member, IPAddress? address)
    {
        lock (_lock)
        {
            if (Look(member, address) != Fullness.None)
            {
                return false;
            }

            _pages[circuit] = (member, address is null ? null : Network.Of(address));
            Change(_pages[circuit], by: 1);
            return true;
        }
    }

    /// <summary>Said twice, it is no fault.</summary>
    public void Close(string circuit)
    {
        lock (_lock)
        {
            if (_pages.Remove(circuit, out var page))
            {
                Change(page, by: -1);
            }
        }
    }

    private void Change((Guid? Member, IPAddress? Address) page, int by)
    {
        foreach (var key in ((object?[])[page.Member, page.Address]).OfType<object>())
        {
            var count = _counts.GetValueOrDefault(key) + by;
            if (count == 0)
            {
                _counts.Remove(key);
            }
            else
            {
                _counts[key] = count;
            }
        }
    }
}

/// <summary>
/// The page itself is refused with a sentence when there is no room, see <see cref="PageRoom"/>. Here is refused who opens circuits without asking for pages, or many at the same moment:
/// their page shows the bar that offers to load it again, and then the sentence.
/// </summary>
internal sealed class CountedCircuit(OpenPages pages, AuthenticationStateProvider authentication, IHttpContextAccessor request) : CircuitHandler
{
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        if (!pages.TryOpen(circuit.Id, CurrentActor.MemberIdOf(user), request.HttpContext?.Connection.RemoteIpAddress))
        {
            throw new InvalidOperationException($"There are too many open pages, see the settings {LimitOptions.Section}:{nameof(LimitOptions.PagesPerMember)}, {nameof(LimitOptions.PagesPerAddress)} and {nameof(LimitOptions.Pages)}.");
        }
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        pages.Close(circuit.Id);
        return Task.CompletedTask;
    }
}
