namespace Diaspora.Domain.Notifications;

/// <summary>What messages say, as this process last read it: no message asks the database for its words. Read at the start and anew when somebody has changed them.</summary>
public sealed class CurrentMessageTexts(IOwnTexts own)
{
    private readonly Lock _turn = new();
    private volatile IReadOnlyDictionary<Guid, MessageText> _edited = new Dictionary<Guid, MessageText>();
    private long _begun;
    private long _used;

    /// <summary>The admin's words, or the portal's own.</summary>
    /// <exception cref="InvalidOperationException">The portal tells nothing of this cause by this channel.</exception>
    public MessageWording Of(MessageTextKey key)
    {
        var wording = own.Find(key) ?? throw new InvalidOperationException($"There is no text of {key.Cause} by {key.Channel} in {key.Language}.");
        return _edited.TryGetValue(key.Id, out var edited) ? edited.Over(wording) : wording;
    }

    /// <returns>The turn of a reading that is about to begin.</returns>
    public long Begin()
    {
        lock (_turn)
        {
            return ++_begun;
        }
    }

    /// <summary>Of readings that end in another order the one that began last is kept.</summary>
    public void Use(long turn, IReadOnlyList<MessageText> read)
    {
        lock (_turn)
        {
            if (turn > _used)
            {
                (_used, _edited) = (turn, read.ToDictionary(text => text.Id));
            }
        }
    }
}
