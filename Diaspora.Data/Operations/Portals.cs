using System.Data;
using System.Globalization;
using System.Text.RegularExpressions;
using Diaspora.Domain.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Diaspora.Data.Operations;

/// <summary>Which portals run over this database. Each has a row and says every few seconds that it is there; without a way to tell each other what they commit there may be only one.</summary>
public sealed partial class Portals(IContextFactory contexts, TaskTurns turns, TimeProvider clock, ILogger<Portals> log)
{
    /// <summary>How often a portal says that it is there.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>A portal that was silent for so long is dead.</summary>
    public static readonly TimeSpan DeadAfter = TimeSpan.FromSeconds(30);

    /// <summary>By so much the clock of another machine may be ahead. A row from further ahead was left by a clock that was wrong.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    private DateTime _startedAt;
    private bool _isShared;

    /// <summary>This portal, until it stops.</summary>
    public Guid Own => turns.Portal;

    /// <summary>Machine and process, as others read it.</summary>
    public string Name { get; init; } = NameOf(Environment.MachineName, Environment.ProcessId);

    public static string NameOf(string machine, int process)
    {
        var end = string.Create(CultureInfo.InvariantCulture, $" (process {process})");
        return machine[..Math.Min(machine.Length, PortalInstance.NameLength - end.Length)] + end;
    }

    /// <summary>Before anything is changed in a database that another portal works with. One that no portal has been in yet is nobody's.</summary>
    /// <exception cref="StartRefusedException">Another portal is there, and several may not be.</exception>
    public async Task RequireRoomAsync(bool isShared, CancellationToken cancel = default)
    {
        await using var context = contexts.Create();
        if (isShared || (context.Database.IsSqlite() && !File.Exists(context.Database.GetDbConnection().DataSource)))
        {
            return;
        }

        if ((await context.Database.GetAppliedMigrationsAsync(cancel)).Any(migration => migration.EndsWith("_Operations", StringComparison.Ordinal)))
        {
            Refuse((await SeenAsync(context, cancel)).Living);
        }
    }

    /// <summary>Takes a place among the portals, and those of the dead away.</summary>
    /// <param name="isShared">Whether they can tell each other what they commit.</param>
    /// <exception cref="StartRefusedException">Another portal is there, and several may not be: a sentence that names it.</exception>
    public async Task EnterAsync(bool isShared, CancellationToken cancel = default)
    {
        (_startedAt, _isShared) = (Now, isShared);
        await using var context = contexts.Create();
        await context.Database.CreateExecutionStrategy().ExecuteAsync(cancel, async token =>
        {
            // Two that start at the same moment: one of them finds the other.
            context.ChangeTracker.Clear();
            await using var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.Serializable, token);
            var (living, dead) = await SeenAsync(context, token);
            if (!isShared)
            {
                Refuse(living);
            }

            await BuryAsync(context, dead, token);
            await ComeAsync(context, token);
            await transaction.CommitAsync(token);
        });
    }

    /// <summary>Says that this portal is there, and takes away those that are not any more.</summary>
    public async Task BeatAsync(CancellationToken cancel = default)
    {
        await using var context = contexts.Create();
        var now = Now;
        if (await context.Instances.Where(portal => portal.Id == Own).ExecuteUpdateAsync(set => set.SetProperty(portal => portal.SeenAt, now), cancel) == 0)
        {
            // Another one took us for dead, because this machine stood still, or a backup was brought back.
            await ComeAsync(context, cancel);
        }

        var (living, dead) = await SeenAsync(context, cancel);
        await BuryAsync(context, dead, cancel);
        if (!_isShared && living.Count > 0)
        {
            log.LogError("{Portal} works with this database too, and neither sees what the other commits: stop one of them, or set Redis:ConnectionString for both", living[0].Name);
        }
    }

    /// <summary>At a clean stop.</summary>
    public async Task LeaveAsync(CancellationToken cancel = default)
    {
        await using var context = contexts.Create();
        await BuryAsync(context, [Own], cancel);
    }

    /// <summary>The other portals that are alive.</summary>
    public async Task<IReadOnlyList<PortalInstance>> OthersAsync(CancellationToken cancel = default)
    {
        await using var context = contexts.Create();
        return (await SeenAsync(context, cancel)).Living;
    }

    /// <summary>Which database it is.</summary>
    public async Task<Guid> DatabaseAsync(CancellationToken cancel = default)
    {
        await using var context = contexts.Create();
        return await context.Marks.Select(mark => mark.DatabaseId).SingleOrDefaultAsync(cancel);
    }

    /// <summary>The name of a portal that was there after this time, UTC; for who asks from outside of any portal.</summary>
    internal static Task<string?> LivingAsync(DiasporaDbContext context, DateTime since, CancellationToken cancel) =>
        context.Instances.AsNoTracking().Where(portal => portal.SeenAt > since).Select(portal => portal.Name).OrderBy(name => name).FirstOrDefaultAsync(cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private static void Refuse(IReadOnlyList<PortalInstance> living)
    {
        if (living.Count > 0)
        {
            var other = living[0];
            throw new StartRefusedException(string.Create(CultureInfo.InvariantCulture,
                $"Another portal works with this database: {other.Name}, since {other.StartedAt:yyyy-MM-dd HH:mm:ss} UTC. Stop that one, or set Redis:ConnectionString for both, so that each is told what the other commits. If it was killed, wait {DeadAfter.TotalSeconds:0} s and start again."));
        }
    }

    private async Task ComeAsync(DiasporaDbContext context, CancellationToken cancel)
    {
        context.Instances.Add(new PortalInstance { Id = Own, Name = Name, StartedAt = _startedAt, SeenAt = Now });
        await context.SaveChangesAsync(cancel);
    }

    /// <summary>The rows of these go, and what tasks they had in hand is free.</summary>
    private static async Task BuryAsync(DiasporaDbContext context, Guid[] dead, CancellationToken cancel)
    {
        if (dead.Length > 0)
        {
            await context.TaskRuns.Where(run => run.HeldBy != null && dead.Contains(run.HeldBy.Value))
                .ExecuteUpdateAsync(set => set.SetProperty(run => run.HeldBy, (Guid?)null).SetProperty(run => run.HeldUntil, (DateTime?)null), cancel);
            await context.Instances.Where(portal => dead.Contains(portal.Id)).ExecuteDeleteAsync(cancel);
        }
    }

    /// <summary>The others: those that are alive, the oldest first, and those that are not.</summary>
    private async Task<(IReadOnlyList<PortalInstance> Living, Guid[] Dead)> SeenAsync(DiasporaDbContext context, CancellationToken cancel)
    {
        var now = Now;
        var others = await context.Instances.AsNoTracking().Where(portal => portal.Id != Own).OrderBy(portal => portal.StartedAt).ToListAsync(cancel);
        var living = others.ToLookup(portal => portal.SeenAt > now - DeadAfter && portal.SeenAt < now + Ahead && !IsDeadHere(portal));
        return ([.. living[true]], [.. living[false].Select(portal => portal.Id)]);
    }

    /// <summary>
    /// Whether it ran on this machine, in a process that is no more. In a container every portal has the same number: the one that has ours ran here before us.
    /// </summary>
    private bool IsDeadHere(PortalInstance portal)
    {
        var (own, other) = (Named().Match(Name), Named().Match(portal.Name));
        if (!own.Success || !other.Success || own.Groups["machine"].Value != other.Groups["machine"].Value || !int.TryParse(other.Groups["process"].Value, CultureInfo.InvariantCulture, out var id))
        {
            return false;
        }

        return own.Groups["process"].Value == other.Groups["process"].Value || !Lives(id);
    }

    private static bool Lives(int id)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (Exception fault) when (fault is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            // It is there, and not ours to look at.
            return true;
        }
    }

    [GeneratedRegex(@"^(?<machine>.+) \(process (?<process>\d+)\)$")]
    private static partial Regex Named();
}
