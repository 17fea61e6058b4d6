using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Merging;
using Diaspora.Web.Members.Admin.List;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Diaspora.Web.Members.Admin.Actions;

/// <summary>What an admin does to a member from the list, with the dialogs and snackbars that go with it.</summary>
public sealed class MemberActions(
    MemberService members, MemberEditService editing, DuplicateService duplicates, AccountService accounts, CurrentActor actor, IDialogService dialogs, ISnackbar snackbar,
    NavigationManager navigation, Press press, IStringLocalizer<MemberListTexts> texts)
{
    private const int LinkMilliseconds = 15_000;

    private readonly Press _asking = new();

    /// <summary>Asks for the reason, then blocks. What is refused stays in the dialog, with the reason.</summary>
    /// <returns>Whether anything was done.</returns>
    public async Task<bool> BlockAsync(MemberPerson person)
    {
        var answer = await _asking.AskAsync(() => dialogs.ShowAsync<BlockMemberDialog>(texts["BlockTitle"], new DialogParameters<BlockMemberDialog>
        {
            { it => it.FullName, person.FullName },
            { it => it.Number, person.Number },
            { it => it.Submit, async form => await members.BlockAsync(await actor.GetAsync(), person.Id, form) },
        }));
        if (answer is null)
        {
            return false;
        }

        snackbar.Add(texts["Blocked", person.FullName].Value, Severity.Normal);
        return true;
    }

    /// <summary>Asks what the person is to be, then appoints them. What is refused stays in the dialog.</summary>
    /// <returns>Whether anything was done.</returns>
    public async Task<bool> AppointAsync(MemberPerson person)
    {
        var role = person.Role;
        var answer = await _asking.AskAsync(() => dialogs.ShowAsync<AppointMemberDialog>(texts["AppointTitle"], new DialogParameters<AppointMemberDialog>
        {
            { it => it.FullName, person.FullName },
            { it => it.Number, person.Number },
            { it => it.Role, person.Role },
            {
                it => it.Submit, async form =>
                {
                    await members.AppointAsync(await actor.GetAsync(), person.Id, form);
                    role = form.Role;
                }
            },
        }));
        if (answer is null)
        {
            return false;
        }

        snackbar.Add(texts["Appointed", person.FullName, texts[$"Role{role}"]].Value, Severity.Normal);
        return true;
    }

    public Task UnblockAsync(MemberPerson person) => DoAsync(async by =>
    {
        await members.UnblockAsync(by, person.Id);
        snackbar.Add(texts["Unblocked", person.FullName].Value, Severity.Normal);
    });

    /// <summary>Makes a one-time link and shows it once; the portal cannot show it again.</summary>
    public Task CreateLinkAsync(MemberPerson person) => CreateLinkAsync(person.Id, person.FullName);

    private Task CreateLinkAsync(Guid memberId, string fullName) => DoAsync(async by =>
    {
        var token = await accounts.CreateLinkAsync(by, memberId);
        var link = navigation.ToAbsoluteUri(Urls.ResetWith(memberId, token)).ToString();
        await dialogs.ShowAsync<SignInLinkDialog>(
            texts["LinkTitle"],
            new DialogParameters<SignInLinkDialog> { { it => it.FullName, fullName }, { it => it.Link, link } },
            new DialogOptions { BackdropClick = false });
    });

    /// <summary>Asks for the new member's data, then offers their one-time link.</summary>
    /// <param name="current">The month of joining to begin with.</param>
    /// <returns>Whether anybody was added.</returns>
    public async Task<bool> AddAsync(Period? current)
    {
        (Guid Id, string FullName)? added = null;
        var answer = await _asking.AskAsync(() => dialogs.ShowAsync<AddMemberDialog>(
            texts["AddTitle"],
            new DialogParameters<AddMemberDialog>
            {
                { it => it.JoinedIn, current },
                { it => it.FindAlike, async form => await duplicates.AlikeAsync(await actor.GetAsync(), form.FullName, form.Phone) },
                { it => it.Submit, async form => added = (await editing.AddAsync(await actor.GetAsync(), form), PersonName.Tidy(form.FullName)) },
            },
            new DialogOptions { BackdropClick = false }));
        if (answer is null || added is not { } member)
        {
            return false;
        }

        snackbar.Add(texts["Added", member.FullName].Value, Severity.Normal, options =>
        {
            options.RequireInteraction = false;
            options.VisibleStateDuration = LinkMilliseconds;
            options.Action = texts["CreateLink"];
            options.OnClick = _ => CreateLinkAsync(member.Id, member.FullName);
        });
        return true;
    }

    /// <summary>Notes that a prepared message was opened. WhatsApp opens whatever comes of it, so each press counts, however fast they follow.</summary>
    public Task RemindAsync(MemberPerson person) => press.TryAsync(async () => await editing.RemindAsync(await actor.GetAsync(), person.Id));

    /// <summary>A list of prepared messages, one for each member.</summary>
    public Task RemindManyAsync(IReadOnlyList<MemberRow> rows, Func<MemberRow, Task> remind) => _asking.AskAsync(() => dialogs.ShowAsync<ReminderDialog>(
        texts["RemindMany"],
        new DialogParameters<ReminderDialog> { { it => it.Rows, rows }, { it => it.Remind, remind } },
        new DialogOptions { MaxWidth = MaxWidth.Small, FullWidth = true, BackdropClick = false }));

    private Task DoAsync(Func<Actor, Task> act) => press.DoAsync(async () => await act(await actor.GetAsync()));
}
