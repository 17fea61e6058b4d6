using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Rights;

/// <summary>Asking that one's data be deleted, and what an admin answers. The admin deletes by hand: that it was done is what is noted here.</summary>
public sealed class DeletionService(IStore store, CurrentSettings settings, TimeProvider clock)
{
    private const int Most = 500;

    /// <summary>One's own requests, the newest first.</summary>
    public Task<IReadOnlyList<OwnDeletion>> OwnAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync(async work => await work.OwnDeletionsAsync((await work.RequireAsync(actor, Permission.Member, cancel)).Id, cancel), cancel);

    /// <summary>Asks. Said twice it is one request: while one waits, nothing is added.</summary>
    public Task AskAsync(Actor actor, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            var member = await work.RequireAsync(actor, Permission.Member, cancel);
            if ((await work.Deletions.OfMemberAsync(member.Id, cancel)).Any(request => request.State == DeletionState.Open))
            {
                return false;
            }

            var request = new DeletionRequest(member.Id, settings.Rules.DayOf(Now), Now);
            work.Deletions.Add(request);
            Record(work, actor, AuditAction.DeletionAsked, request, null, new { request.DueOn });
            return true;
        }, cancel);

    /// <exception cref="DomainException">It is answered already, or somebody else's.</exception>
    public Task WithdrawAsync(Actor actor, Guid requestId, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            var member = await work.RequireAsync(actor, Permission.Member, cancel);
            var request = (await work.Deletions.OfMemberAsync(member.Id, cancel)).FirstOrDefault(own => own.Id == requestId) ?? throw new DomainException(Problems.NotFound);
            request.Withdraw(Now);
            Record(work, actor, AuditAction.DeletionWithdrawn, request, new { deletion = DeletionState.Open }, new { deletion = request.State });
            return true;
        }, cancel);

    /// <summary>Who waits for an answer; whose deadline comes first is first.</summary>
    public Task<IReadOnlyList<DeletionRow>> OpenAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            return await work.Deletions.OpenAsync(Most, cancel);
        }, cancel);

    /// <exception cref="DomainException">It is answered or withdrawn already.</exception>
    public Task CompleteAsync(Actor actor, Guid requestId, CancellationToken cancel = default) =>
        AnswerAsync(actor, requestId, AuditAction.DeletionDone, (request, by) => request.Complete(by, Now), request => new { deletion = request.State }, cancel);

    /// <exception cref="FormException">No reason is given.</exception>
    /// <exception cref="DomainException">It is answered or withdrawn already.</exception>
    public Task RefuseAsync(Actor actor, Guid requestId, RefuseDeletionForm form, CancellationToken cancel = default)
    {
        new RefuseDeletionFormValidator().Ensure(form);
        return AnswerAsync(actor, requestId, AuditAction.DeletionRefused, (request, by) => request.Refuse(by, form.Reason, Now), request => new { deletion = request.State, request.Reason }, cancel);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private Task AnswerAsync(Actor actor, Guid requestId, AuditAction action, Action<DeletionRequest, Guid> answer, Func<DeletionRequest, object> told, CancellationToken cancel) =>
        store.WriteAsync(async work =>
        {
            var admin = await work.RequireAsync(actor, Permission.Admin, cancel);
            var request = await work.Deletions.FindAsync(requestId, cancel) ?? throw new DomainException(Problems.NotFound);
            answer(request, admin.Id);
            Record(work, actor, action, request, new { deletion = DeletionState.Open }, told(request));
            return true;
        }, cancel);

    private void Record(IWork work, Actor actor, AuditAction action, DeletionRequest request, object? before, object after)
    {
        work.Audit.Add(new AuditEntry(actor, action, nameof(Member), request.MemberId, request.MemberId, before, after, Now));
        work.Announce(new MemberChanged(request.MemberId));
    }
}

internal static class OwnDeletions
{
    public static async Task<IReadOnlyList<OwnDeletion>> OwnDeletionsAsync(this IWork work, Guid memberId, CancellationToken cancel) =>
        [.. (await work.Deletions.OfMemberAsync(memberId, cancel)).Select(request => new OwnDeletion(request.Id, request.AskedAt, request.DueOn, request.State, request.EndedAt, request.Reason))];
}
