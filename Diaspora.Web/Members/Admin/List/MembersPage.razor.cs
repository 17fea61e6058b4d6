using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Overview;
using Diaspora.Web.Members.Admin.Actions;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.JSInterop;

namespace Diaspora.Web.Members.Admin.List;

/// <summary>The list an admin lives in: filtered and sorted by its address, edited a line at a time.</summary>
public sealed partial class MembersPage : IDisposable
{
    private static readonly TimeSpan Throttle = TimeSpan.FromSeconds(2);

    private readonly Reading reading = new();
    private readonly Reading counting = new();
    private MemberFilter filter = new();
    private bool isAdmin;
    private bool read;
    private Page<MemberRow>? list;
    private MemberListFacts? facts;
    private MemberFields? editing;
    private Guid? justSaved;
    private Guid? focused;

    [Inject] private CurrentActor Actor { get; set; } = default!;

    [Inject] private IAuthorizationService Authorization { get; set; } = default!;

    [Inject] private AuthenticationStateProvider Authentication { get; set; } = default!;

    [Inject] private MemberService Members { get; set; } = default!;

    [Inject] private WatchService Watch { get; set; } = default!;

    [Inject] private MemberEditService MemberEditing { get; set; } = default!;

    [Inject] private MemberActions Actions { get; set; } = default!;

    [Inject] private OwedMonthsActions Months { get; set; } = default!;

    [Inject] private Press Press { get; set; } = default!;

    [Inject] private IJSRuntime Browser { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [PersistentState(RestoreBehavior = RestoreBehavior.SkipLastSnapshot)] public Page<MemberRow>? Kept { get; set; }

    [PersistentState(RestoreBehavior = RestoreBehavior.SkipLastSnapshot)] public MemberListFacts? KeptFacts { get; set; }

    public void Dispose() => Navigation.LocationChanged -= OnLocationChanged;

    protected override async Task OnInitializedAsync()
    {
        var user = (await Authentication.GetAuthenticationStateAsync()).User;
        isAdmin = (await Authorization.AuthorizeAsync(user, "Admin")).Succeeded;
        Navigation.LocationChanged += OnLocationChanged;
        (list, facts, read) = (Kept, KeptFacts, true);
        filter = FilterOf(Navigation.Uri);
        if (list is null)
        {
            await ReadAgainAsync();
        }

        await TickAgainAsync();
    }

    private void OnLocationChanged(object? sender, Microsoft.AspNetCore.Components.Routing.LocationChangedEventArgs change)
    {
        if (Navigation.ToBaseRelativePath(change.Location).Split('?')[0] == Urls.AdminMembers.TrimStart('/') && FilterOf(change.Location) is var wanted && wanted != filter && read)
        {
            var isOtherPage = wanted.Number != filter.Number;
            (filter, editing, focused) = (wanted, null, null);
            _ = InvokeAsync(async () =>
            {
                await ReadPageAsync();
                KeepTicks();
                StateHasChanged();
                if (isOtherPage)
                {
                    await Browser.InvokeVoidAsync("scrollTo", 0, 0);
                }
            });
        }
    }

    private MemberFilter FilterOf(string address) => MemberQuery.Parse(QueryHelpers.ParseQuery(Navigation.ToAbsoluteUri(address).Query));

    /// <summary>Something was changed: reads the page and the counts of the filters again.</summary>
    private async Task ReadAgainAsync()
    {
        await ReadPageAsync();
        if (reading.Refusal is not null)
        {
            return;
        }

        await counting.ReadAsync(
            async () => await Watch.MemberFactsAsync(await Actor.GetAsync()),
            read =>
            {
                facts = read;
                KeptFacts = Carried.Of(RendererInfo, read);
            });
    }

    /// <summary>Another filter, order or page: reads the page again, but not what the filters offer.</summary>
    private Task ReadPageAsync() => reading.ReadAsync(
        async () => await Watch.MembersAsync(await Actor.GetAsync(), filter),
        page =>
        {
            list = page;
            Kept = Carried.Of(RendererInfo, page);
            foreach (var row in page.Items.Where(row => selected.ContainsKey(row.Person.Id)))
            {
                selected[row.Person.Id] = row;
            }
        });

    private async Task DoAsync((MemberRow Row, MemberAction Action) wanted)
    {
        var (row, person) = (wanted.Row, wanted.Row.Person);
        focused = null;
        switch (wanted.Action)
        {
            case MemberAction.Edit:
                await EditAsync(person);
                break;
            case MemberAction.Remind:
                await RemindAsync(row);
                break;
            case MemberAction.Exempt:
                await AfterAsync(Months.ExemptAsync(person, facts!.Month));
                break;
            case MemberAction.Suspend:
                await AfterAsync(Months.SuspendAsync(person, facts!.Month));
                break;
            case MemberAction.Appoint:
                await AfterAsync(Actions.AppointAsync(person));
                break;
            case MemberAction.Link:
                await Actions.CreateLinkAsync(person);
                break;
            case MemberAction.Block:
                await AfterAsync(Actions.BlockAsync(person));
                break;
            case MemberAction.Unblock:
                await Actions.UnblockAsync(person);
                await ReadAgainAsync();
                break;
        }
    }

    /// <summary>One line at a time: another one that is open is left as it was.</summary>
    private Task EditAsync(MemberPerson person) => Press.TryAsync(async () => editing = await MemberEditing.FieldsAsync(await Actor.GetAsync(), person.Id));

    private async Task CloseAsync(MemberRow row, bool isSaved)
    {
        (editing, focused, justSaved) = (null, row.Person.Id, isSaved ? row.Person.Id : null);
        if (isSaved)
        {
            await ReadAgainAsync();
        }
    }

    private async Task AddAsync()
    {
        if (await Actions.AddAsync(facts?.Month))
        {
            await ReadAgainAsync();
        }
    }

    /// <summary>Without a debt only the chat was opened, and nobody was reminded of anything.</summary>
    private async Task RemindAsync(MemberRow row)
    {
        if (row.Owed.Count > 0)
        {
            await Actions.RemindAsync(row.Person);
        }
    }

    private Task RemindSelectedAsync() => Actions.RemindManyAsync([.. selected.Values], RemindAsync);

    private async Task SuspendSelectedAsync()
    {
        if (await Months.SuspendManyAsync([.. selected.Values.Select(row => row.Person)], facts!.Month) is { } done)
        {
            // Whom it was refused for stay ticked.
            done.ToList().ForEach(id => selected.Remove(id));
            KeepTicks();
            await ReadAgainAsync();
        }
    }

    /// <summary>Shows one's own change at once, without waiting for the change feed.</summary>
    private async Task AfterAsync(Task<bool> act)
    {
        if (await act)
        {
            await ReadAgainAsync();
        }
    }
}
