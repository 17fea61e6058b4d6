using Diaspora.Domain.Operations;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Operations;

/// <summary>Of several portals over one database one runs a task: whoever takes its turn first, until it is given back or the portal is dead.</summary>
public sealed class TaskTurns(IContextFactory contexts, TimeProvider clock)
{
    /// <summary>By so much the clocks of two machines may differ.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>This portal, until it stops.</summary>
    public Guid Portal { get; } = Guid.NewGuid();

    /// <param name="name">The task's own, at most <see cref="TaskRun.NameLength"/> letters.</param>
    /// <param name="hold">For how long the turn is ours if we die over it, the same each time; taken again, it is prolonged. A portal that is known to be dead loses it at once.</param>
    /// <returns>False while another portal has it.</returns>
    public async Task<bool> TakeAsync(string name, TimeSpan hold, CancellationToken cancel = default)
    {
        await using var context = contexts.Create();
        var now = clock.GetUtcNow().UtcDateTime;
        var until = now + hold;
        if (await TakeAsync(context, name, now, until, cancel))
        {
            return true;
        }

        if (await context.TaskRuns.AnyAsync(run => run.Name == name, cancel))
        {
            return false;
        }

        try
        {
            context.TaskRuns.Add(new TaskRun { Name = name, HeldBy = Portal, HeldUntil = until });
            await context.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateException)
        {
            // Another portal has made the row at the same moment, and has the turn; or nothing can be written, which the next time tells.
            return false;
        }
    }

    /// <param name="ranAt">When it ran, UTC; none where it did not come through, so that it is tried again.</param>
    public async Task GiveBackAsync(string name, DateTime? ranAt, CancellationToken cancel = default)
    {
        await using var context = contexts.Create();
        await context.TaskRuns.Where(run => run.Name == name && run.HeldBy == Portal).ExecuteUpdateAsync(
            set => set.SetProperty(run => run.HeldBy, (Guid?)null).SetProperty(run => run.HeldUntil, (DateTime?)null).SetProperty(run => run.LastRunAt, run => ranAt ?? run.LastRunAt), cancel);
    }

    /// <summary>Runs a task if no other portal has it in hand, and gives the turn back.</summary>
    /// <returns>False while another portal has it.</returns>
    public async Task<bool> RunAsync(string name, TimeSpan hold, Func<CancellationToken, Task> task, CancellationToken cancel = default)
    {
        if (!await TakeAsync(name, hold, cancel))
        {
            return false;
        }

        DateTime? ranAt = null;
        try
        {
            await task(cancel);
            ranAt = clock.GetUtcNow().UtcDateTime;
        }
        finally
        {
            // Also when the portal stops over it: the next one need not wait until the turn runs out.
            await GiveBackAsync(name, ranAt, CancellationToken.None);
        }

        return true;
    }

    /// <summary>Notes that it ran, and keeps the turn.</summary>
    /// <param name="ranAt">UTC.</param>
    public async Task NoteAsync(string name, DateTime ranAt, CancellationToken cancel = default)
    {
        await using var context = contexts.Create();
        await context.TaskRuns.Where(run => run.Name == name && run.HeldBy == Portal).ExecuteUpdateAsync(set => set.SetProperty(run => run.LastRunAt, ranAt), cancel);
    }

    /// <summary>As if they had never run.</summary>
    public async Task ForgetAsync(string[] names, CancellationToken cancel = default)
    {
        await using var context = contexts.Create();
        await context.TaskRuns.Where(run => names.Contains(run.Name)).ExecuteDeleteAsync(cancel);
    }

    /// <returns>UTC; none when it never ran to its end.</returns>
    public async Task<DateTime?> LastRunAsync(string name, CancellationToken cancel = default)
    {
        await using var context = contexts.Create();
        return await context.TaskRuns.Where(run => run.Name == name).Select(run => run.LastRunAt).SingleOrDefaultAsync(cancel);
    }

    /// <summary>Held for longer than anybody holds it: whoever took it had a clock that was ahead, and would have it for ever.</summary>
    private async Task<bool> TakeAsync(DiasporaDbContext context, string name, DateTime now, DateTime until, CancellationToken cancel)
    {
        var atMost = until + Skew;
        return await context.TaskRuns.Where(run => run.Name == name && (run.HeldBy == null || run.HeldBy == Portal || run.HeldUntil < now || run.HeldUntil > atMost))
            .ExecuteUpdateAsync(set => set.SetProperty(run => run.HeldBy, Portal).SetProperty(run => run.HeldUntil, until), cancel) == 1;
    }
}
