namespace Diaspora.Data.Payments;

/// <summary>A bounded amount of memory that many share: who needs more than is free waits, in the order of coming.</summary>
internal sealed class Room : IDisposable
{
    /// <summary>Counted in pieces: a semaphore gives one at a time.</summary>
    private const long PieceBytes = 8 * 1024 * 1024;

    private readonly SemaphoreSlim _door = new(1);
    private readonly SemaphoreSlim _pieces;
    private readonly int _all;

    public Room(long bytes)
    {
        _all = PiecesOf(bytes);
        _pieces = new SemaphoreSlim(_all);
    }

    /// <returns>Give it back to leave.</returns>
    public async Task<IDisposable> EnterAsync(long bytes, CancellationToken cancel)
    {
        var wanted = Math.Min(_all, PiecesOf(bytes));
        var taken = 0;

        // One at the door at a time: two that each held half would wait for each other.
        await _door.WaitAsync(cancel);
        try
        {
            for (; taken < wanted; taken++)
            {
                await _pieces.WaitAsync(cancel);
            }

            return new Stay(_pieces, taken);
        }
        catch when (taken > 0)
        {
            _pieces.Release(taken);
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
        _pieces.Dispose();
    }

    private static int PiecesOf(long bytes) => (int)Math.Max(1, (bytes + PieceBytes - 1) / PieceBytes);

    private sealed class Stay(SemaphoreSlim pieces, int count) : IDisposable
    {
        private int _left = count;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 0) is > 0 and var given)
            {
                pieces.Release(given);
            }
        }
    }
}
