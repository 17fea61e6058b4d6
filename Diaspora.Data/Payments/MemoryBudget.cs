namespace Diaspora.Data.Payments;

/// <summary>
/// A bounded amount of memory for two pictures at a time; more would wait for the processor anyway.
/// A picture that needs more than half has it alone. When it is full, the others wait in the order they came.
/// </summary>
internal sealed class MemoryBudget(long bytes) : IDisposable
{
    private const int Places = 2;

    private readonly SemaphoreSlim _door = new(1);
    private readonly SemaphoreSlim _places = new(Places);

    /// <returns>Dispose of it to give the memory back.</returns>
    public async Task<IDisposable> ReserveAsync(long needed, CancellationToken cancel)
    {
        var wanted = needed > bytes / Places ? Places : 1;
        var taken = 0;

        // Only one reserves at a time. Two that each held half would wait for each other for ever.
        await _door.WaitAsync(cancel);
        try
        {
            for (; taken < wanted; taken++)
            {
                await _places.WaitAsync(cancel);
            }

            return new Share(_places, taken);
        }
        catch when (taken > 0)
        {
            _places.Release(taken);
            throw;
        }
        finally
        {
            _door.Release();
        }
    }

    public void Dispose()
    {
        _door.Dispose();
        _places.Dispose();
    }

    private sealed class Share(SemaphoreSlim places, int count) : IDisposable
    {
        private int _left = count;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 0) is > 0 and var given)
            {
                places.Release(given);
            }
        }
    }
}
