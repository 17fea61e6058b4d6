using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;

namespace Diaspora.Domain.Members;

/// <summary>
/// A person the portal knows. Their standing is not here: it follows from the months, see <see cref="Ledger"/>. Who signs in
/// with which password is the account's matter.
/// </summary>
public sealed class Member
{
    private readonly List<Exemption> _exemptions = [];
    private readonly List<Suspension> _suspensions = [];

    private Member()
    {
    }

    /// <param name="joinedOn">The local day of joining; missing for staff who pay no dues.</param>
    public Member(MemberNumber number, string fullName, PhoneNumber phone, Role role, DateOnly? joinedOn, DateTime now)
    {
        Number = number;
        Phone = phone;
        Role = role;
        JoinedOn = joinedOn;
        CreatedAt = UpdatedAt = now;
        Rename(fullName);
    }

    public Guid Id { get; private set; } = Guid.CreateVersion7();

    public MemberNumber Number { get; private set; }

    public string FullName { get; private set; } = "";

    /// <summary><see cref="FullName"/> in the one spelling that is searched.</summary>
    public string NameKey { get; private set; } = "";

    /// <summary>The words of <see cref="NameKey"/> in the order of the alphabet: the same whether the surname comes first or last.</summary>
    public string NameSet { get; private set; } = "";

    /// <summary><see cref="FullName"/> as lists are sorted by it.</summary>
    public string SortKey { get; private set; } = "";

    public PhoneNumber Phone { get; private set; } = null!;

    public string? Email { get; private set; }

    public string? Iin { get; private set; }

    public string? City { get; private set; }

    public Role Role { get; private set; }

    public DateOnly? JoinedOn { get; private set; }

    /// <summary>The language the member last chose: <c>ru</c> or <c>kk</c>.</summary>
    public string Language { get; private set; } = "ru";

    public string? ConsentVersion { get; private set; }

    public DateTime? ConsentAt { get; private set; }

    public DateTime? BlockedAt { get; private set; }

    public string? BlockReason { get; private set; }

    /// <summary>The record this one was merged into. It is in no list any more and nobody signs in with it, but it keeps its phone and number.</summary>
    public Guid? MergedIntoId { get; private set; }

    public DateTime? MergedAt { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime UpdatedAt { get; private set; }

    public Guid Version { get; private set; }

    public IReadOnlyList<Exemption> Exemptions => _exemptions;

    public IReadOnlyList<Suspension> Suspensions => _suspensions;

    public bool IsBlocked => BlockedAt is not null;

    /// <summary>What two records of one person are compared by.</summary>
    internal MemberData Data => new(FullName, Phone.Value, Email, City, Iin, JoinedOn);

    public void Consent(string version, DateTime now)
    {
        ConsentVersion = version;
        ConsentAt = now;
    }

    /// <summary>Changes what members may change of themselves.</summary>
    public void Edit(string fullName, PhoneNumber phone, string? email, string? city, DateTime now)
    {
        Rename(fullName);
        Phone = phone;
        Email = Blank(email);
        City = Blank(city);
        UpdatedAt = now;
    }

    /// <param name="iin">Twelve digits that were checked; empty to forget them.</param>
    public void Identify(string? iin, DateTime now)
    {
        Iin = Blank(iin);
        UpdatedAt = now;
    }

    public void Speak(string language, DateTime now)
    {
        Language = language;
        UpdatedAt = now;
    }

    public void Appoint(Role role, DateTime now)
    {
        Role = role;
        UpdatedAt = now;
    }

    /// <exception cref="DomainException">Blocked already.</exception>
    public void Block(string reason, DateTime now)
    {
        if (IsBlocked)
        {
            throw new DomainException(Problems.AlreadyBlocked, BlockedAt!.Value);
        }

        BlockedAt = UpdatedAt = now;
        BlockReason = reason;
    }

    /// <exception cref="DomainException">Not blocked.</exception>
    public void Unblock(DateTime now)
    {
        if (!IsBlocked)
        {
            throw new DomainException(Problems.NotBlocked);
        }

        BlockedAt = null;
        BlockReason = null;
        UpdatedAt = now;
    }

    /// <summary>Frees whole months of dues. The caller has checked that none of them is paid.</summary>
    /// <exception cref="DomainException">The months are the wrong way round, or another exemption has one of them.</exception>
    public Exemption Exempt(Period from, Period? to, string reason, Guid by, DateTime now)
    {
        var exemption = new Exemption(Id, from, to, reason, by, now);
        Add(_exemptions, exemption, Problems.ExemptionOverlaps, now);
        return exemption;
    }

    /// <summary>Lets the membership rest for whole months.</summary>
    /// <exception cref="DomainException">The months are the wrong way round, or another suspension has one of them.</exception>
    public Suspension Suspend(Period from, Period? to, string reason, Guid by, DateTime now)
    {
        var suspension = new Suspension(Id, from, to, reason, by, now);
        Add(_suspensions, suspension, Problems.SuspensionOverlaps, now);
        return suspension;
    }

    /// <exception cref="DomainException">No such exemption or suspension, or it ends then or earlier already.</exception>
    public MonthInterval EndInterval(Guid intervalId, Period last, Guid by, DateTime now)
    {
        var interval = _exemptions.Concat<MonthInterval>(_suspensions).FirstOrDefault(interval => interval.Id == intervalId) ?? throw new DomainException(Problems.NotFound);
        interval.End(last, by, now);
        UpdatedAt = now;
        return interval;
    }

    /// <summary>From which month on dues are owed. Months before it are no debt any more; what was paid of them stays.</summary>
    /// <param name="today">Whoever joins in the current month joins today: the later deadline of the joining month is kept. So is the day of a month that stays.</param>
    public void MoveJoining(Period month, DateOnly today, DateTime now)
    {
        JoinedOn = JoinedOn is { } day && Period.Of(day) == month ? day : Period.Of(today) == month ? today : month.FirstDay;
        UpdatedAt = now;
    }

    /// <summary>From which day on somebody without a ledger has one.</summary>
    public void Join(DateOnly day, DateTime now)
    {
        JoinedOn = day;
        UpdatedAt = now;
    }

    /// <summary>Takes over chosen values of another record. The phone is not among them: it is unique, so it is exchanged in steps.</summary>
    internal void Take(MemberData data, DateTime now)
    {
        Rename(data.FullName);
        (Email, City, Iin, JoinedOn, UpdatedAt) = (data.Email, data.City, data.Iin, data.JoinedOn, now);
    }

    internal void TakePhone(PhoneNumber phone) => Phone = phone;

    /// <summary>Takes over the exemptions and suspensions of another record, without the months it has some of its own for.</summary>
    /// <returns>What came of it; those of the other record stay as they are.</returns>
    internal IReadOnlyList<MonthInterval> Inherit(Member other)
    {
        List<Exemption> exemptions = [.. other._exemptions.SelectMany(from => from.Span.Without(_exemptions.Select(own => own.Span)).Select(span => new Exemption(Id, span, from)))];
        List<Suspension> suspensions = [.. other._suspensions.SelectMany(from => from.Span.Without(_suspensions.Select(own => own.Span)).Select(span => new Suspension(Id, span, from)))];
        _exemptions.AddRange(exemptions);
        _suspensions.AddRange(suspensions);
        return [.. exemptions, .. suspensions];
    }

    /// <summary>Makes this record a part of another one.</summary>
    internal void MergeInto(Guid memberId, DateTime now)
    {
        MergedIntoId = memberId;
        MergedAt = UpdatedAt = now;
    }

    /// <summary>The record it was merged into was merged into another one. It follows, and comes back with it.</summary>
    internal void Follow(Guid memberId) => MergedIntoId = memberId;

    /// <summary>Makes it a record of its own again.</summary>
    internal void Separate(DateTime now)
    {
        MergedIntoId = null;
        MergedAt = null;
        UpdatedAt = now;
    }

    private void Add<TInterval>(List<TInterval> all, TInterval interval, string problem, DateTime now) where TInterval : MonthInterval
    {
        if (all.Find(other => other.Span.Overlaps(interval.Span)) is { } other)
        {
            throw new DomainException(problem, other.From);
        }

        all.Add(interval);
        UpdatedAt = now;
    }

    private void Rename(string fullName)
    {
        FullName = PersonName.Tidy(fullName);
        NameKey = NameSkeleton.Of(FullName);
        NameSet = NameSkeleton.InAnyOrder(NameKey);
        SortKey = NameOrder.KeyOf(FullName);
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : PersonName.Tidy(text);
}
