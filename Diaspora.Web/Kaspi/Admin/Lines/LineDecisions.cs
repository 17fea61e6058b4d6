using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Diaspora.Web.Payments.Admin.Decide;
using Diaspora.Web.Payments.Admin.Queue;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Diaspora.Web.Kaspi.Admin.Lines;

/// <summary>What a cashier decides of lines, with the dialogs and snackbars that go with it: the same in the list and beside a claim.</summary>
public sealed class LineDecisions(
    EvidenceService evidence, CurrentActor actor, ISnackbar snackbar, IDialogService dialogs, ProblemWords problems, LineWords words, IStringLocalizer<StatementTexts> texts,
    IStringLocalizer<QueueTexts> queue)
{
    private readonly Dictionary<Guid, Press> _presses = [];
    private readonly Press _asking = new();
    private readonly Press _sure = new(snackbar, problems);
    private readonly DecisionBar _bar = new(snackbar, queue);

    /// <summary>What «confirm all that is sure» did last, as long as it can be taken back from here.</summary>
    public SureOutcome? Last { get; private set; }

    /// <summary>A decision on this line is on its way: a second press does nothing.</summary>
    public bool IsBusy(Guid evidenceId) => _presses.GetValueOrDefault(evidenceId)?.IsBusy == true;

    public bool IsConfirmingSure => _sure.IsBusy;

    /// <summary>Takes the line for what was guessed.</summary>
    /// <returns>Whether it was done; nothing for a second press.</returns>
    public Task<bool?> ConfirmAsync(EvidenceRow row, GuessRow guess) => DoAsync(row.Id, async () => await MatchAsync(row, new MatchTarget(guess.IntentId, guess.MemberId) { Shown = guess.Shown }, guess.MemberName));

    /// <summary>Asks whose it is, and says before what would become of the money.</summary>
    public Task<bool?> FindAsync(EvidenceRow row) => AskAsync<FindMemberDialog>(row, "FindTitle", new DialogParameters<FindMemberDialog>
    {
        { it => it.Row, row },
        { it => it.Submit, (target, name) => MatchAsync(row, target, name) },
    });

    /// <summary>Asks why it is no due.</summary>
    public Task<bool?> RefuseAsync(EvidenceRow row) => AskAsync<NotDuesDialog>(row, "NotDuesTitle", new DialogParameters<NotDuesDialog>
    {
        { it => it.Row, row },
        { it => it.Submit, async form =>
            {
                await evidence.RefuseAsync(await actor.GetAsync(), row.Id, form);
                _bar.Say(texts["SaidNotDues", words.Whose(row)], async () => await ReadmitAsync(row));
            }
        },
    });

    public Task<bool?> ReadmitAsync(EvidenceRow row) => DoAsync(row.Id, async () =>
    {
        await evidence.ReadmitAsync(await actor.GetAsync(), row.Id);
        _bar.Say(texts["SaidReadmitted", words.Whose(row)], undo: null);
    });

    public Task<bool?> UndoAsync(EvidenceRow row, Guid matchId) => DoAsync(row.Id, async () =>
    {
        await evidence.UndoAsync(await actor.GetAsync(), matchId);
        _bar.Say(texts["SaidUndone", words.Whose(row)], undo: null);
    });

    /// <summary>One press for all that the matcher is sure of.</summary>
    /// <param name="seen">The lines as the page shows them.</param>
    public Task<bool> ConfirmSureAsync(Guid? statementId, IReadOnlyCollection<EvidenceRow> seen) => _sure.DoAsync(async () =>
    {
        Last = await evidence.ConfirmSureAsync(await actor.GetAsync(), statementId, seen);
        _bar.Say(Wording.Plural(texts, "SureDone", Last.Confirmed), Last.Confirmed > 0 ? UndoSureAsync : null);
    });

    /// <summary>The one undo of that press: what was decided anew since stays.</summary>
    public Task UndoSureAsync() => _sure.DoAsync(async () =>
    {
        if (Last is { } last)
        {
            var undone = await evidence.UndoAllAsync(await actor.GetAsync(), last.At);
            Last = null;
            _bar.Say(Wording.Plural(texts, "SureUndone", undone), undo: null);
        }
    });

    public void ForgetSure() => Last = null;

    private async Task MatchAsync(EvidenceRow row, MatchTarget target, string name)
    {
        var match = await evidence.MatchAsync(await actor.GetAsync(), row.Id, target);
        _bar.Say(texts["SaidMatched", name, LineWords.Sum(row.Tiyn)], async () => await UndoAsync(row, match));
    }

    private async Task<bool?> AskAsync<TDialog>(EvidenceRow row, string title, DialogParameters parameters) where TDialog : Microsoft.AspNetCore.Components.IComponent
    {
        if (IsBusy(row.Id) || _asking.IsBusy)
        {
            return null;
        }

        return await _asking.AskAsync(() => dialogs.ShowAsync<TDialog>(texts[title], parameters)) is not null ? true : null;
    }

    private async Task<bool?> DoAsync(Guid evidenceId, Func<Task> decide)
    {
        if (IsBusy(evidenceId))
        {
            return null;
        }

        return await (_presses[evidenceId] = new Press(snackbar, problems)).DoAsync(decide);
    }
}
