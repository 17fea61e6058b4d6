namespace Diaspora.Domain.Overview;

/// <summary>What waits for somebody besides the queue.</summary>
/// <param name="Lines">Money that came with a statement or a call of the bank's, and that nobody has placed.</param>
/// <param name="Statements">Handed in and not booked.</param>
/// <param name="Imports">Lists of members that are handed in and not booked; for admins.</param>
/// <param name="Registrations">Who asks to be let in; for admins.</param>
/// <param name="Deletions">Who asks that their data be deleted; for admins.</param>
/// <param name="LateDeletions">Those of them whose deadline is past.</param>
public sealed record WaitingWork(int Lines, int Statements, int Imports, int Registrations, int Deletions, int LateDeletions);

/// <summary>What tells how far the association is set up.</summary>
/// <param name="HasMembers">Somebody who is not staff has dues.</param>
/// <param name="HasTeam">More than one person may decide on payments.</param>
/// <param name="HasPayments">Somebody has paid, or set out to.</param>
/// <param name="IsEdited">An admin has saved the settings: they are not just what the portal began with.</param>
public sealed record SetupFacts(bool HasMembers, bool HasTeam, bool HasPayments, bool IsEdited);

public interface IDashboardRepository
{
    /// <param name="forAdmin">Whether what only admins decide is counted too.</param>
    /// <param name="today">The association's day.</param>
    Task<WaitingWork> WaitingAsync(bool forAdmin, DateOnly today, CancellationToken cancel = default);

    Task<SetupFacts> SetupAsync(CancellationToken cancel = default);
}

public static class OverviewRepositories
{
    extension(IWork work)
    {
        public IDashboardRepository Dashboard => work.Repository<IDashboardRepository>();
    }
}
