using Diaspora.Domain.Access;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Rights;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Members;

internal sealed class DashboardRepository(DiasporaDbContext context, IRegistrationRepository registrations) : IDashboardRepository
{
    /// <summary>So many are a team.</summary>
    private const int Two = 2;

    public async Task<WaitingWork> WaitingAsync(bool forAdmin, DateOnly today, CancellationToken cancel = default)
    {
        var waiting = await context.AuditTails.Select(_ => new
        {
            Lines = context.Evidence.Count(evidence => evidence.State == EvidenceState.Open),
            Statements = context.Statements.Count(statement => statement.BookedAt == null && statement.UndoneAt == null),
            Imports = context.Imports.Count(batch => batch.BookedAt == null && batch.UndoneAt == null),
            Deletions = context.DeletionRequests.Count(request => request.State == DeletionState.Open),
            LateDeletions = context.DeletionRequests.Count(request => request.State == DeletionState.Open && request.DueOn < today),
        }).SingleAsync(cancel);
        return forAdmin
            ? new WaitingWork(waiting.Lines, waiting.Statements, waiting.Imports, await registrations.CountAsync(cancel), waiting.Deletions, waiting.LateDeletions)
            : new WaitingWork(waiting.Lines, waiting.Statements, 0, 0, 0, 0);
    }

    /// <summary>Asks whether, not how many: among a hundred thousand members that is told by the first ones.</summary>
    public Task<SetupFacts> SetupAsync(CancellationToken cancel = default) => context.AuditTails.Select(_ => new SetupFacts(
        context.Members.Any(member => member.Role == Role.Member && member.JoinedOn != null),
        context.Members.Where(member => (member.Role == Role.Cashier || member.Role == Role.Admin) && member.BlockedAt == null).OrderBy(member => member.Id).Take(Two).Count() == Two,
        context.Intents.Any(),
        context.Settings.Any(settings => settings.UpdatedBy != null))).SingleAsync(cancel);
}
