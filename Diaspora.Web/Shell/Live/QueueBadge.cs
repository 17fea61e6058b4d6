namespace Diaspora.Web.Shell.Live;

/// <summary>How many payments wait for the cashier. Whoever knows sets it; the navigation shows it.</summary>
public sealed class QueueBadge
{
    public int? Count { get; private set; }

    public event Action? Changed;

    public void Set(int count)
    {
        if (count == Count)
            return;

        Count = count;
        Changed?.Invoke();
    }
}
