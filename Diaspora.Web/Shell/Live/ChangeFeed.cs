using System.Collections.Immutable;

namespace Diaspora.Web.Shell.Live;

/// <summary>The feed of one process. Publishing only hands the change to each listener; no listener works on the publisher's thread.</summary>
public sealed class ChangeFeed(ILogger<ChangeFeed> log) : IChangeFeed
{
    private ImmutableList<Subscription> _subscriptions = [];

    /// <summary>A page may be prerendered by one portal and get its circuit from another: two counts that began at nought might be the same by accident.</summary>
    private long _published = Random.Shared.NextInt64(1L << 48);

    /// <summary>How many listen now.</summary>
    public int Count => _subscriptions.Count;

    public long Published => Interlocked.Read(ref _published);

    public void Publish(Change change)
    {
        Interlocked.Increment(ref _published);
        foreach (var subscription in _subscriptions)
        {
            try
            {
                subscription.Deliver(change);
            }
            catch (Exception exception)
            {
                log.LogError(exception, "A listener failed on {Change}", change.GetType().Name);
            }
        }
    }

    public IDisposable Subscribe<TChange>(Action<TChange> onChange) where TChange : Change
    {
        var subscription = new Subscription(this, change =>
        {
            if (change is TChange wanted)
            {
                onChange(wanted);
            }
        });
        ImmutableInterlocked.Update(ref _subscriptions, list => list.Add(subscription));
        return subscription;
    }

    private sealed class Subscription(ChangeFeed feed, Action<Change> deliver) : IDisposable
    {
        public void Deliver(Change change) => deliver(change);

        public void Dispose() => ImmutableInterlocked.Update(ref feed._subscriptions, list => list.Remove(this));
    }
}
