namespace Diaspora.Domain.Notifications;

/// <summary>Asked in the transaction that claims a message, for what may be untrue by then. A message whose cause nobody asks about always holds.</summary>
public interface IMessageCheck
{
    Cause Cause { get; }

    /// <returns>False where what it says holds no more: it is withdrawn.</returns>
    Task<bool> HoldsAsync(IWork work, Message message, CancellationToken cancel = default);
}
