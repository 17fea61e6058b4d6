namespace Diaspora.Domain.Kernel;

/// <summary>Something that was committed. Carries ids only: who listens reads the truth again.</summary>
public abstract record Change;

/// <summary>Tells open pages what was committed. A listener is never called under a lock nor on the publisher's thread.</summary>
public interface IChangeFeed
{
    void Publish(Change change);

    /// <summary>How many changes were announced since the start. If it grew since a page was read, the page may have missed one.</summary>
    long Published => 0;

    /// <summary>Calls <paramref name="onChange"/> for each <typeparamref name="TChange"/> until the result is disposed.</summary>
    IDisposable Subscribe<TChange>(Action<TChange> onChange) where TChange : Change;
}
