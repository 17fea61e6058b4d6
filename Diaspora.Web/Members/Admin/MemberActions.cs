using Diaspora.Domain;
using Diaspora.Domain.Accounts;
using Diaspora.Domain.Members;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Diaspora.Web.Members.Admin;

/// <summary>What an admin does to a member from the list, with the dialogs and snackbars that go with it.</summary>
public sealed class MemberActions(
    MemberService members, AccountService accounts, CurrentActor actor, IDialogService dialogs, ISnackbar snackbar,
    NavigationManager navigation, ProblemWords problems, IStringLocalizer<MemberListTexts> texts)
{
    private bool _busy;

    /// <returns>Whether anything was done.</returns>
    public async Task<bool> BlockAsync(MemberPerson person)
    {
        var dialog = await dialogs.ShowAsync<BlockMemberDialog>(texts["BlockTitle"], new DialogParameters<BlockMemberDialog> { { it => it.FullName, person.FullName } });
        if (await dialog.Result is not { Canceled: false, Data: string reason })
        {
            return false;
        }

        await DoAsync(async by =>
        {
            await members.BlockAsync(by, person.Id, new BlockMemberForm { Reason = reason });
            snackbar.Add(texts["Blocked", person.FullName].Value, Severity.Normal);
        });
        return true;
    }

    /// <summary>Asks what the person is to be, then appoints them.</summary>
    /// <returns>Whether anything was done.</returns>
    public async Task<bool> AppointAsync(MemberPerson person)
    {
        var dialog = await dialogs.ShowAsync<AppointMemberDialog>(
            texts["AppointTitle"],
            new DialogParameters<AppointMemberDialog> { { it => it.FullName, person.FullName }, { it => it.Role, person.Role } });
        if (await dialog.Result is not { Canceled: false, Data: Role role })
        {
            return false;
        }

        await DoAsync(async by =>
        {
            await members.AppointAsync(by, person.Id, new AppointMemberForm { Role = role });
            snackbar.Add(texts["Appointed", person.FullName, texts[$"Role{role}"]].Value, Severity.Normal);
        });
        return true;
    }

    public Task UnblockAsync(MemberPerson person) => DoAsync(async by =>
    {
        await members.UnblockAsync(by, person.Id);
        snackbar.Add(texts["Unblocked", person.FullName].Value, Severity.Normal);
    });

    /// <summary>Makes a one-time link and shows it once; the portal cannot show it again.</summary>
    public Task CreateLinkAsync(MemberPerson person) => DoAsync(async by =>
    {
        var token = await accounts.CreateLinkAsync(by, person.Id);
        var link = navigation.ToAbsoluteUri(Urls.ResetWith(person.Id, token)).ToString();
        await dialogs.ShowAsync<SignInLinkDialog>(
            texts["LinkTitle"],
            new DialogParameters<SignInLinkDialog> { { it => it.FullName, person.FullName }, { it => it.Link, link } },
            new DialogOptions { BackdropClick = false });
    });

    private async Task DoAsync(Func<Actor, Task> act)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            await act(await actor.GetAsync());
        }
        catch (DomainException refusal)
        {
            snackbar.Add(problems.Of(refusal.Problem), Severity.Error, options =>
            {
                options.RequireInteraction = true;
                options.ShowCloseIcon = true;
            });
        }
        finally
        {
            _busy = false;
        }
    }
}
