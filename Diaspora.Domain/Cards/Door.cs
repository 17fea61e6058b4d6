namespace Diaspora.Domain.Cards;

/// <summary>An evening to which cards are counted.</summary>
public sealed class DoorEvent
{
    public const int NameLength = 80;

    private DoorEvent()
    {
    }

    public DoorEvent(DoorEventMark mark, DateTime beganAt) => (Id, Name, BeganAt) = (mark.Id, mark.Name, beganAt);

    /// <summary>Given by the device that began it, which may have had no connection.</summary>
    public Guid Id { get; private set; }

    /// <summary>Missing where it began with the first card.</summary>
    public string? Name { get; private set; }

    public DateTime BeganAt { get; private set; }

    internal DoorEventMark Mark => new(Id, Name, BeganAt);
}

/// <summary>A card that came in. It names nobody: a seal is a part of a hash.</summary>
public sealed class DoorEntry
{
    private DoorEntry()
    {
    }

    public DoorEntry(Guid eventId, string seal, DateTime enteredAt, DateTime now) => (EventId, Seal, EnteredAt, NotedAt) = (eventId, seal, enteredAt, now);

    public Guid EventId { get; private set; }

    public string Seal { get; private set; } = "";

    /// <summary>By the device that saw it first.</summary>
    public DateTime EnteredAt { get; private set; }

    /// <summary>When the portal heard of it, or of an earlier time: doors ask for what is new by it.</summary>
    public DateTime NotedAt { get; private set; }

    /// <summary>Another door saw the card before, and had no connection to say so.</summary>
    public void Precede(DateTime enteredAt, DateTime now)
    {
        if (enteredAt < EnteredAt)
        {
            (EnteredAt, NotedAt) = (enteredAt, now);
        }
    }
}

/// <summary>An event as a door knows it.</summary>
public sealed record DoorEventMark(Guid Id, string? Name, DateTime BeganAt);

/// <summary>A card that a door saw.</summary>
/// <param name="Event">The event it was counted to.</param>
public sealed record DoorEntryMark(DoorEventMark Event, string Seal, DateTime At);

/// <summary>What a door says and asks.</summary>
/// <param name="Begun">The event it counts to now, where the portal may not know of it.</param>
/// <param name="Known">The event of which it knows what came until <paramref name="Since"/>.</param>
public sealed record DoorReport(DoorEventMark? Begun, IReadOnlyList<DoorEntryMark> Entries, Guid? Known, DateTime? Since);

/// <summary>What the other doors said.</summary>
/// <param name="Event">The one that goes on; nothing where none does.</param>
/// <param name="ReadAt">What is noted later is not in it.</param>
public sealed record DoorNews(DoorEventMark? Event, DateTime ReadAt, IReadOnlyList<SeenCard> Cards);

public sealed record SeenCard(string Seal, DateTime At);

/// <summary>A card came in, or an event began.</summary>
public sealed record DoorChanged(Guid EventId) : Change;

public interface IDoorRepository
{
    Task<DoorEvent?> FindAsync(Guid id, CancellationToken cancel = default);

    /// <summary>The one that began last, after <paramref name="after"/>.</summary>
    Task<DoorEvent?> CurrentAsync(DateTime after, CancellationToken cancel = default);

    void Add(DoorEvent begun);

    Task<IReadOnlyList<DoorEntry>> EntriesAsync(Guid eventId, IReadOnlyCollection<string> seals, CancellationToken cancel = default);

    void Add(DoorEntry entry);

    Task<IReadOnlyList<SeenCard>> NewAsync(Guid eventId, DateTime? since, CancellationToken cancel = default);

    /// <summary>With their entries.</summary>
    Task ForgetAsync(DateTime before, CancellationToken cancel = default);
}

public static class DoorRepositories
{
    extension(IWork work)
    {
        public IDoorRepository Doors => work.Repository<IDoorRepository>();
    }
}
