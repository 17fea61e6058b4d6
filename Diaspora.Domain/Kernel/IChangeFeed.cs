namespace Diaspora.Domain.Kernel;

/// <summary>Something that was committed. Carries ids only: who listens reads the truth again.</summary>
public abstract record Change;

/// <summary>What other portals over this database announced may not have come: whoever keeps or shows anything reads it again.</summary>
public sealed record AnnouncementsMissed : Change;

/// <summary>Tells open pages what was committed, through this portal or another one. A listener is never called under a lock nor on the publisher's thread.</summary>
public interface IChangeFeed
{
    void Publish(Change change);

    /// <summary>Grows with each change, and is another number in every portal. If it is another one than when a page was read, the page may have missed something.</summary>
    long Published => 0;

    /// <summary>Calls <paramref name="onChange"/> for each <typeparamref name="TChange"/> until the result is disposed.</summary>
    IDisposable Subscribe<TChange>(Action<TChange> onChange) where TChange : Change;
}
