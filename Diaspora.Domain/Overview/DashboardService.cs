using Diaspora.Domain.Access;
using Diaspora.Domain.Backups;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Overview;

/// <summary>What has to be done once before an association can work with the portal, in the order in which it is done.</summary>
public enum SetupStep
{
    /// <summary>Where members send their money.</summary>
    Requisites,

    /// <summary>What a month costs and when it is late.</summary>
    Deadline,
    Members,

    /// <summary>Somebody besides the one admin who can decide on payments.</summary>
    Team,

    /// <summary>There is a good copy, and it lies in a second place too.</summary>
    Backups,
}

public sealed record SetupLine(SetupStep Step, bool IsDone);

/// <summary>What staff see first.</summary>
/// <param name="Setup">All steps as long as one is left; none when all are done, and for whoever could not do them.</param>
public sealed record Dashboard(QueueFigures Figures, WaitingWork Waiting, IReadOnlyList<SetupLine> Setup);

/// <summary>What waits, the month so far, and what is left to set up. Read once for all pages of the same right, as <see cref="WatchService"/> does.</summary>
public sealed class DashboardService(IStore store, HeldRights rights, SharedAnswers answers, CurrentSettings settings, BackupPlan plan, TimeProvider clock)
{
    public async Task<Dashboard> DashboardAsync(Actor actor, CancellationToken cancel = default)
    {
        var isAdmin = (await rights.RequireAsync(actor, Permission.Cashier, cancel)).May(Permission.Admin);
        var now = clock.GetUtcNow().UtcDateTime;
        return await answers.ReadAsync(("dashboard", isAdmin, settings.Rules.DayOf(now)), () => store.ReadAsync(work => ReadAsync(work, isAdmin, now), CancellationToken.None));
    }

    private async Task<Dashboard> ReadAsync(IWork work, bool isAdmin, DateTime now)
    {
        var figures = await work.FiguresAsync(settings.Rules, now, CancellationToken.None);
        var waiting = await work.Dashboard.WaitingAsync(isAdmin, settings.Rules.DayOf(now), CancellationToken.None);
        return new Dashboard(figures, waiting, isAdmin ? await SetupAsync(work, now) : []);
    }

    private async Task<IReadOnlyList<SetupLine>> SetupAsync(IWork work, DateTime now)
    {
        var facts = await work.Dashboard.SetupAsync(CancellationToken.None);
        var backups = BackupState.Of(await work.Backups.FactsAsync(now, CancellationToken.None), plan, now);
        var kaspi = settings.Value.Kaspi;
        SetupLine[] lines =
        [
            new(SetupStep.Requisites, kaspi.Phone is not null || kaspi.Link is not null),

            // What the portal began with may be right as it is: whoever takes payments with it has agreed.
            new(SetupStep.Deadline, facts.IsEdited || facts.HasPayments),
            new(SetupStep.Members, facts.HasMembers),
            new(SetupStep.Team, facts.HasTeam),
            new(SetupStep.Backups, plan.IsDemo || (backups is { GoodAt: not null, IsCopied: true })),
        ];
        return lines.All(line => line.IsDone) ? [] : lines;
    }
}
