using Diaspora.Domain.Members;
using Diaspora.Domain.Overview;
using Diaspora.Web.Members.Admin.Card;
using Diaspora.Web.Shell;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Diaspora.Web.Members.Admin.Actions;

/// <summary>What staff change of a member's months and notes, with the dialogs and snackbars that go with it. Each tells whether it was done.</summary>
public sealed class OwedMonthsActions(
    OwedMonthsService ledger, MemberCardService cards, CurrentActor actor, IDialogService dialogs, ISnackbar snackbar, ProblemWords problems, IStringLocalizer<CardTexts> texts)
{
    private readonly Press _press = new(snackbar, problems);

    /// <param name="first">The month the dialog begins with.</param>
    public Task<bool> ExemptAsync(MemberPerson person, Period first) => AddAsync(
        person, first, isExemption: true, async form => await ledger.ExemptAsync(await actor.GetAsync(), person.Id, form));

    /// <inheritdoc cref="ExemptAsync"/>
    public Task<bool> SuspendAsync(MemberPerson person, Period first) => AddAsync(
        person, first, isExemption: false, async form => await ledger.SuspendAsync(await actor.GetAsync(), person.Id, form));

    /// <summary>Asks once for months and reason, then suspends each member. One message that stays names those for whom it was refused.</summary>
    /// <returns>Who is suspended now; nothing when it was thought better of.</returns>
    public async Task<IReadOnlyList<Guid>?> SuspendManyAsync(IReadOnlyList<MemberPerson> people, Period first)
    {
        List<Guid> done = [];
        List<string> refused = [];
        var isDone = await AskAsync(
            texts["SuspendTitle"],
            new DialogParameters<IntervalDialog>
            {
                { it => it.FullName, texts["PeopleCount", people.Count].Value },
                { it => it.About, string.Join(' ', people.Select(person => person.Number)) },
                { it => it.IsExemption, false },
                { it => it.From, first },
                { it => it.Submit, form => SuspendEachAsync(people, form, done, refused) },
            },
            done: null);
        if (!isDone)
        {
            return null;
        }

        snackbar.Add(texts["SuspendedCount", done.Count, people.Count].Value, Severity.Normal);
        if (refused.Count > 0)
        {
            snackbar.Add(string.Join(" · ", refused), Severity.Error, options =>
            {
                options.RequireInteraction = true;
                options.ShowCloseIcon = true;
            });
        }

        return done;
    }

    private async Task SuspendEachAsync(IReadOnlyList<MemberPerson> people, MonthIntervalForm form, List<Guid> done, List<string> refused)
    {
        // A wrong form is wrong for all members, and waiting months are asked about once. So both are told in the dialog before anybody is suspended.
        await RequireAcceptedAsync(people, form);
        foreach (var person in people)
        {
            // One refusal does not stop the others, also when a month was paid since the question. One message then names all that were refused.
            var each = new Press();
            if (await each.TryAsync(async () => await ledger.SuspendAsync(await actor.GetAsync(), person.Id, form)))
            {
                done.Add(person.Id);
            }
            else
            {
                refused.Add(texts["NotSuspended", person.FullName, problems.Of(each.Sentence!)].Value);
            }
        }
    }

    public Task<bool> EndAsync(MemberPerson person, IntervalRow interval) => AskAsync(
        texts["EndTitle"],
        new DialogParameters<EndIntervalDialog>
        {
            { it => it.Row, interval },
            { it => it.Submit, async form => await ledger.EndAsync(await actor.GetAsync(), person.Id, interval.Id, form) },
        },
        texts["Ended", person.FullName]);

    /// <param name="joined">What it is now.</param>
    public Task<bool> MoveJoiningAsync(MemberPerson person, Period? joined) => AskAsync(
        texts["JoiningTitle"],
        new DialogParameters<JoiningDialog>
        {
            { it => it.FullName, person.FullName },
            { it => it.About, person.Number },
            { it => it.Month, joined },
            { it => it.Submit, async form => await ledger.MoveJoiningAsync(await actor.GetAsync(), person.Id, form) },
        },
        texts["JoiningMoved", person.FullName]);

    /// <summary>Asks once, then removes it; the log keeps its text.</summary>
    public async Task<bool> RemoveNoteAsync(NoteRow note)
    {
        if (!await AskAsync(texts["RemoveTitle"], new DialogParameters<RemoveNoteDialog> { { it => it.Text, note.Text } }, done: null))
        {
            return false;
        }

        await _press.DoAsync(async () => await cards.RemoveNoteAsync(await actor.GetAsync(), note.Id));
        return true;
    }

    /// <summary>Asks about all of them at once, before the first is changed; the ledger itself refuses what is not accepted.</summary>
    /// <exception cref="FormException">The form is wrong; or payments of these months wait for check, and nobody said of these that this is known.</exception>
    private async Task RequireAcceptedAsync(IReadOnlyList<MemberPerson> people, MonthIntervalForm form)
    {
        var waiting = await ledger.WaitingAsync(await actor.GetAsync(), [.. people.Select(person => person.Id)], form);
        if (!waiting.All(form.Accepts))
        {
            (form.Seen, form.IsAccepted) = (waiting, false);
            throw new FormException(nameof(form.IsAccepted), Problems.IntervalMonthsWaiting, waiting);
        }
    }

    private Task<bool> AddAsync(MemberPerson person, Period first, bool isExemption, Func<MonthIntervalForm, Task> submit) => AskAsync(
        texts[isExemption ? "ExemptTitle" : "SuspendTitle"],
        new DialogParameters<IntervalDialog>
        {
            { it => it.FullName, person.FullName },
            { it => it.About, person.Number },
            { it => it.IsExemption, isExemption },
            { it => it.From, first },
            {
                it => it.Submit, async form =>
                {
                    await RequireAcceptedAsync([person], form);
                    try
                    {
                        await submit(form);
                    }
                    catch (FormException refusal) when (refusal.Problems[nameof(form.IsAccepted)] is not null)
                    {
                        // Paid between the question and the answer: it is asked anew, with what is there now.
                        await RequireAcceptedAsync([person], form);
                        throw;
                    }
                }
            },
        },
        texts[isExemption ? "Exempted" : "Suspended", person.FullName]);

    private async Task<bool> AskAsync<TDialog>(string title, DialogParameters<TDialog> parameters, string? done) where TDialog : Microsoft.AspNetCore.Components.IComponent
    {
        if (await _press.AskAsync(() => dialogs.ShowAsync<TDialog>(title, parameters)) is null)
        {
            return false;
        }

        if (done is not null)
        {
            snackbar.Add(done, Severity.Normal);
        }

        return true;
    }
}
