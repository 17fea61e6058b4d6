using Diaspora.Data.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Diaspora.Data;

/// <summary>
/// What a verb has asked the server to commit. When the connection breaks at that moment nobody knows whether it did, and repeating the verb would book twice: so the log
/// is asked first. A verb that leaves no entry there changes nothing that may not be done twice.
/// </summary>
internal sealed class SentCommit<TOutcome>
{
    private AuditEntry? _entry;
    private TOutcome _outcome = default!;

    /// <param name="entry">The last entry of the verb; missing where it leaves none.</param>
    public void Note(AuditEntry? entry, TOutcome outcome) => (_entry, _outcome) = (entry, outcome);

    /// <summary>An attempt begins: nothing was sent yet.</summary>
    public void Begin() => _entry = null;

    public async Task<ExecutionResult<TOutcome>> VerifyAsync(IContextFactory contexts, CancellationToken cancel)
    {
        if (_entry is null)
        {
            return new ExecutionResult<TOutcome>(false, _outcome);
        }

        await using var context = contexts.Create();
        await using var transaction = await context.Database.BeginTransactionAsync(cancel);

        // The server may still be at it. Whoever wrote to the log holds its tail until the end, so we wait for that, and read afterwards what has become of it.
        await context.AuditTails.ExecuteUpdateAsync(tail => tail.SetProperty(row => row.Last, row => row.Last), cancel);
        return new ExecutionResult<TOutcome>(await new AuditRepository(context).HasAsync(_entry, cancel), _outcome);
    }
}
