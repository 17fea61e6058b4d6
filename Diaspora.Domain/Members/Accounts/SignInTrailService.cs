namespace Diaspora.Domain.Members.Accounts;

/// <summary>Guessing at many phones was noticed: the admins' pages say so.</summary>
public sealed record GuessingSeen : Change;

/// <summary>Writes into the log what the door has noted.</summary>
public sealed class SignInTrailService(IStore store, SignInTrail trail)
{
    private int _isWriting;

    /// <summary>Writes what waits, in one commit; the background task's verb. What could not be written waits for the next time.</summary>
    public async Task WriteAsync(CancellationToken cancel = default)
    {
        // One at a time: what two would take is the same.
        if (Interlocked.Exchange(ref _isWriting, 1) == 1)
        {
            return;
        }

        try
        {
            await WriteAsync(trail.Waiting(), cancel);
        }
        finally
        {
            Volatile.Write(ref _isWriting, 0);
        }
    }

    private async Task WriteAsync(IReadOnlyList<SignInTrace> traces, CancellationToken cancel)
    {
        if (traces.Count == 0)
        {
            return;
        }

        await store.WriteAsync(work =>
        {
            foreach (var trace in traces)
            {
                work.Audit.Add(trace.ToEntry());
            }

            if (traces.Any(trace => trace.Action == AuditAction.GuessingNoticed))
            {
                work.Announce(new GuessingSeen());
            }

            return Task.FromResult(true);
        }, cancel);
        trail.Written(traces.Count);
    }
}
