namespace Diaspora.Domain.Kaspi;

/// <summary>How long text is kept as it came from outside, in days.</summary>
/// <param name="Lines">Lines of statements and calls of the bank: proof of the books.</param>
/// <param name="Calls">Bodies of aggregators' calls, once they are worked off.</param>
public sealed record RawTextLimits(int Lines, int Calls);

/// <summary>Empties what came from outside word for word when it is old. By what it was read to be, and by the hashes that make it known again, nothing is booked twice afterwards either.</summary>
public sealed class RawTextService(IStore store, TimeProvider clock)
{
    /// <summary>The background task's.</summary>
    /// <returns>How many pieces were emptied.</returns>
    public Task<int> ForgetAsync(RawTextLimits limits, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            return await work.Kaspi.ForgetRawAsync(now.AddDays(-limits.Lines), cancel) + await work.Invoices.ForgetBodiesAsync(now.AddDays(-limits.Calls), cancel);
        }, cancel);
}
