using Diaspora.Domain.Access;
using Diaspora.Domain.Members;

namespace Diaspora.Domain.Members.Accounts;

/// <summary>A name for a phone that tells nobody the phone: the same at each start, and another for another portal.</summary>
public interface IPhoneNames
{
    Guid NameOf(PhoneNumber phone);
}

/// <summary>One line that the log is to get.</summary>
/// <param name="Number">Counted from the start of the process.</param>
public sealed record SignInTrace(long Number, Actor Actor, AuditAction Action, string EntityType, Guid EntityId, Guid? SubjectId, object? After, DateTime At)
{
    /// <summary>A new one each time: a commit that failed is tried again.</summary>
    public AuditEntry ToEntry() => new(Actor, Action, EntityType, EntityId, SubjectId, null, After, At);
}

/// <summary>
/// What happened at the door and is not in the log yet. Signing in leaves a note here and waits for no writer. Bounded: of one phone from one place the log
/// gets the first wrong password of an hour and, when the hour is over, their number; beyond so many such pairs it gets one number for all.
/// </summary>
public sealed class SignInTrail(IPhoneNames phones, TimeProvider clock)
{
    public const int PairsPerHour = 200;
    public const int SignInsPerMember = 10;
    public const int NoticesPerHour = 50;

    /// <summary>Members who signed in within an hour, and what waits for a log that cannot be written.</summary>
    private const int Most = 10_000;

    private const int MostAtOnce = 500;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Lock _turn = new();
    private readonly Dictionary<(Guid Subject, string Network), Tally> _failed = [];
    private readonly Dictionary<Guid, int> _signedIn = [];
    private readonly Queue<SignInTrace> _waiting = new();
    private DateTime _since;
    private int _beyond;
    private int _noticed;
    private long _last;

    public void SignedIn(Actor actor, Role role)
    {
        var id = actor.MemberId!.Value;
        lock (_turn)
        {
            Turn();
            if ((_signedIn.ContainsKey(id) || _signedIn.Count < Most) && (_signedIn[id] = _signedIn.GetValueOrDefault(id) + 1) <= SignInsPerMember)
            {
                Leave(actor, role == Role.Member ? AuditAction.MemberSignedIn : AuditAction.StaffSignedIn, nameof(Member), id, id, null);
            }
        }
    }

    /// <param name="memberId">Whose the phone is; nobody's mostly.</param>
    public void Failed(Actor visitor, PhoneNumber phone, Guid? memberId)
    {
        var subject = memberId ?? phones.NameOf(phone);
        lock (_turn)
        {
            Turn();
            var key = (subject, Network.Of(visitor.Address));
            if (_failed.TryGetValue(key, out var tally))
            {
                tally.Tries++;
            }
            else if (_failed.Count < PairsPerHour)
            {
                _failed[key] = new Tally(Brief(visitor), subject, memberId);
                Leave(_failed[key]);
            }
            else
            {
                _beyond++;
            }
        }
    }

    public void Noticed(Guessing guessing)
    {
        lock (_turn)
        {
            Turn();
            if (++_noticed <= NoticesPerHour)
            {
                Leave(new Actor(null, guessing.Network, null), AuditAction.GuessingNoticed, nameof(Guessing), Guid.Empty, null, new { phones = guessing.Phones, tries = guessing.Tries });
            }
        }
    }

    /// <summary>What the log has to get now; it stays here until it is said to be written.</summary>
    public IReadOnlyList<SignInTrace> Waiting()
    {
        lock (_turn)
        {
            Turn();
            return [.. _waiting.Take(MostAtOnce)];
        }
    }

    public void Written(int count)
    {
        lock (_turn)
        {
            while (count-- > 0)
            {
                _waiting.Dequeue();
            }
        }
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>When the hour is over, what came after the first wrong password is told as a number.</summary>
    private void Turn()
    {
        var now = Now;
        if (now - _since < Hour)
        {
            return;
        }

        foreach (var tally in _failed.Values.Where(tally => tally.Tries > 1))
        {
            Leave(tally);
        }

        if (_beyond > 0)
        {
            Leave(Actor.Task("sign-in"), AuditAction.GuessingNoticed, nameof(Guessing), Guid.Empty, null, new { tries = _beyond });
        }

        _failed.Clear();
        _signedIn.Clear();
        (_since, _beyond, _noticed) = (now, 0, 0);
    }

    private void Leave(Tally tally) =>
        Leave(tally.Visitor, AuditAction.SignInFailed, tally.MemberId is null ? nameof(PhoneNumber) : nameof(Member), tally.Subject, tally.MemberId, new { tries = tally.Tries });

    private void Leave(Actor actor, AuditAction action, string entityType, Guid entityId, Guid? subjectId, object? after)
    {
        if (_waiting.Count < Most)
        {
            _waiting.Enqueue(new SignInTrace(++_last, Brief(actor), action, entityType, entityId, subjectId, after, Now));
        }
    }

    /// <summary>A browser may say kilobytes of itself; it waits here in many copies.</summary>
    private static Actor Brief(Actor actor) => actor.UserAgent is { Length: > AuditEntry.UserAgentLength } ? actor with { UserAgent = actor.UserAgent[..AuditEntry.UserAgentLength] } : actor;

    private sealed class Tally(Actor visitor, Guid subject, Guid? memberId)
    {
        public Actor Visitor => visitor;

        public Guid Subject => subject;

        public Guid? MemberId => memberId;

        public int Tries { get; internal set; } = 1;
    }
}
