using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Overview;

/// <summary>
/// What the open pages of staff ask when something changed, and all that the members' list reads. Each asks for its own reader, whose right is looked at each time and
/// is at most ten seconds old; what is read is the same for all of the same right, is read once, and is kept two seconds at most.
/// </summary>
public sealed class WatchService(IStore store, HeldRights rights, SharedAnswers answers, CurrentSettings settings, TimeProvider clock)
{
    /// <summary>One row, to patch the queue with; missing when there is no such intent.</summary>
    public async Task<(PaymentRow? Row, QueueFigures Figures)> RowAsync(Actor actor, Guid intentId, CancellationToken cancel = default)
    {
        await rights.RequireAsync(actor, Permission.Cashier, cancel);
        return (await ReadAsync(("row", intentId), Permission.Cashier, work => work.Payments.RowAsync(intentId, settings.Rules, Now, CancellationToken.None)), await FiguresAsync());
    }

    /// <summary>Several rows, to patch the queue with after a burst; those that are not there any more are left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, PaymentRow>> RowsAsync(Actor actor, IReadOnlyList<Guid> intentIds, CancellationToken cancel = default)
    {
        await rights.RequireAsync(actor, Permission.Cashier, cancel);
        var rows = await ReadAsync(("rows", string.Join(' ', intentIds)), Permission.Cashier, work => work.Payments.RowsAsync(intentIds, settings.Rules, Now, CancellationToken.None));
        return rows.ToDictionary(row => row.IntentId);
    }

    /// <summary>The figures above the queue, without <see cref="QueueFigures.Attention"/>.</summary>
    public async Task<QueueFigures> QueueFiguresAsync(Actor actor, CancellationToken cancel = default)
    {
        await rights.RequireAsync(actor, Permission.Cashier, cancel);
        return await FiguresAsync();
    }

    /// <summary>How many of the open intents should be looked at twice: all of them are read for it.</summary>
    public async Task<int> AttentionAsync(Actor actor, CancellationToken cancel = default)
    {
        await rights.RequireAsync(actor, Permission.Cashier, cancel);
        return (await FiguresAsync()).Open == 0 ? 0 : await ReadAsync("attention", Permission.Cashier, work => work.Payments.AttentionAsync(settings.Rules, Now, CancellationToken.None));
    }

    /// <summary>How many intents wait; the badge of the navigation.</summary>
    public async Task<int> WaitingAsync(Actor actor, CancellationToken cancel = default)
    {
        await rights.RequireAsync(actor, Permission.Cashier, cancel);
        return (await FiguresAsync()).Waiting;
    }

    /// <summary>As <see cref="MemberService.PageAsync"/>, and how many each segment has of what the filter leaves.</summary>
    public async Task<MemberPage> MembersAsync(Actor actor, MemberFilter filter, CancellationToken cancel = default)
    {
        await rights.RequireAsync(actor, Permission.Cashier, cancel);
        return await ReadAsync(("members", filter), Permission.Cashier, work => MemberService.ListAsync(work, filter, settings.Rules, Now, CancellationToken.None));
    }

    /// <summary>As <see cref="MemberService.ListFactsAsync"/>.</summary>
    public async Task<MemberListFacts> MemberFactsAsync(Actor actor, CancellationToken cancel = default)
    {
        // Only admins are told who asks to be let in.
        var right = (await rights.RequireAsync(actor, Permission.Cashier, cancel)).May(Permission.Admin) ? Permission.Admin : Permission.Cashier;
        return await ReadAsync("facts", right, work => MemberService.ListFactsAsync(work, right, settings.Rules.PeriodOf(Now), CancellationToken.None));
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private Task<QueueFigures> FiguresAsync() => ReadAsync("figures", Permission.Cashier, work => work.FiguresAsync(settings.Rules, Now, CancellationToken.None));

    /// <summary>Read for all, so nobody's leaving cancels it. What is true of today is another question tomorrow.</summary>
    private Task<T> ReadAsync<T>(object what, Permission right, Func<IWork, Task<T>> read) =>
        answers.ReadAsync((what, right, settings.Rules.DayOf(Now)), () => store.ReadAsync(read, CancellationToken.None));
}
