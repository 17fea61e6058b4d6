using Diaspora.Domain.Access;
using Diaspora.Domain.Members;

namespace Diaspora.Domain.Members.Accounts;

/// <summary>How long a session lasts without a visit, and how long at the most.</summary>
public sealed record SessionLimits(TimeSpan MemberIdle, TimeSpan MemberMost, TimeSpan StaffIdle, TimeSpan StaffMost)
{
    public TimeSpan IdleOf(Role role) => role == Role.Member ? MemberIdle : StaffIdle;

    public TimeSpan MostOf(Role role) => role == Role.Member ? MemberMost : StaffMost;
}

/// <summary>One browser in which somebody is signed in. The browser keeps a random key; here is only what can be made of it and not be turned back.</summary>
public sealed class Session
{
    /// <summary>What names the session among what is known of whoever is signed in.</summary>
    public const string Claim = "session";

    /// <summary>Of one member at once; the one that was not used for longest gives way.</summary>
    public const int MostPerMember = 300;

    public const int IdLength = 64;
    public const int DeviceLength = 200;

    /// <summary>A visit is written down at most this often.</summary>
    public static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5);

    private Session()
    {
    }

    /// <param name="id">The hash of the key.</param>
    /// <param name="device">What the browser says of itself.</param>
    public Session(string id, Guid memberId, Role role, string? device, SessionLimits limits, DateTime now)
    {
        (Id, MemberId, Role) = (id, memberId, role);
        Device = device is { Length: > DeviceLength } ? device[..DeviceLength] : device;
        CreatedAt = SeenAt = now;
        EndsAt = EndOf(CreatedAt, role, limits, now);
    }

    public string Id { get; private set; } = "";

    public Guid MemberId { get; private set; }

    /// <summary>At sign-in: whoever has another one since has to sign in anew.</summary>
    public Role Role { get; private set; }

    public string? Device { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime SeenAt { get; private set; }

    public DateTime EndsAt { get; private set; }

    /// <summary>When a session ends that was visited now.</summary>
    public static DateTime EndOf(DateTime createdAt, Role role, SessionLimits limits, DateTime now)
    {
        var (idle, most) = (now + limits.IdleOf(role), createdAt + limits.MostOf(role));
        return idle < most ? idle : most;
    }
}

/// <summary>Whose a living session is, as the database knows them at this moment.</summary>
public sealed record SessionFacts(string Id, Guid MemberId, string FullName, Role Role, DateTime CreatedAt, DateTime SeenAt, DateTime EndsAt);

/// <summary>A browser in which a member is signed in, for the member to recognise.</summary>
/// <param name="IsThis">The one that asks.</param>
public sealed record SessionRow(string? Device, DateTime CreatedAt, DateTime SeenAt, bool IsThis);

/// <summary>Every session of a member ended: their open pages end at once.</summary>
public sealed record SessionsEnded(Guid MemberId) : Change;

/// <summary>
/// One session of a member ended by their own doing. Open pages do not listen to it: the page where somebody signs out would leave for the sign-in page before
/// its answer comes. Browsers tell their tabs by themselves, and other pages of that session ask within half a minute.
/// </summary>
public sealed record SignedOut(Guid MemberId) : Change;

public interface ISessionRepository
{
    /// <summary>Makes room for it where the member has too many.</summary>
    Task AddAsync(Session session, CancellationToken cancel = default);

    /// <returns>Nothing for one that ended, and for one of somebody who is blocked, merged into another record, or has another role since.</returns>
    Task<SessionFacts?> FindAsync(string id, DateTime now, CancellationToken cancel = default);

    /// <summary>Last used first.</summary>
    Task<IReadOnlyList<Session>> OfAsync(Guid memberId, DateTime now, int most, CancellationToken cancel = default);

    Task SeeAsync(string id, DateTime now, DateTime endsAt, CancellationToken cancel = default);

    /// <summary>One: signed out, or in favour of a new one.</summary>
    Task EndAsync(string id, CancellationToken cancel = default);

    /// <summary>Every one of the member's, and says so to their open pages.</summary>
    Task EndAllAsync(Guid memberId, CancellationToken cancel = default);

    /// <summary>Removes those that ended before <paramref name="now"/>.</summary>
    Task ForgetAsync(DateTime now, CancellationToken cancel = default);
}
