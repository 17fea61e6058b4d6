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

    /// <summary>The counts of the filters follow one's own edits so much later, once for all of them.</summary>
    private static readonly TimeSpan CountsAfter = TimeSpan.FromSeconds(5);

    private readonly Reading reading = new();
    private readonly Reading counting = new();
    private MemberFilter filter = new();
    private bool isAdmin;
    private bool read;
    private List<ListedMember> lines = [];
    private int? total;
    private MemberListFacts? facts;
    private SegmentCounts? counts;
    private MemberFields? editing;
    private Guid? justSaved;
    private string names = "";
    private MemberMenu? menu;

    [Inject] private CurrentActor Actor { get; set; } = default!;

    [Inject] private IAuthorizationService Authorization { get; set; } = default!;

    [Inject] private AuthenticationStateProvider Authentication { get; set; } = default!;

    [Inject] private MemberService Members { get; set; } = default!;

    [Inject] private WatchService Watch { get; set; } = default!;

    [Inject] private MemberEditService MemberEditing { get; set; } = default!;

    [Inject] private MemberEdits Edits { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Inject] private MemberActions Actions { get; set; } = default!;

    [Inject] private OwedMonthsActions Months { get; set; } = default!;

    [Inject] private Press Press { get; set; } = default!;

    [Inject] private IJSRuntime Browser { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [PersistentState(RestoreBehavior = RestoreBehavior.SkipLastSnapshot)] public byte[]? Kept { get; set; }

    [PersistentState(RestoreBehavior = RestoreBehavior.SkipLastSnapshot)] public MemberListFacts? KeptFacts { get; set; }

    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        Edits.Saved -= ReadEditedAsync;
        gone.Cancel();
        gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        var user = (await Authentication.GetAuthenticationStateAsync()).User;
        isAdmin = (await Authorization.AuthorizeAsync(user, "Admin")).Succeeded;
        Navigation.LocationChanged += OnLocationChanged;
        Edits.Saved += ReadEditedAsync;
        names = Cells.Names;
        (facts, read) = (KeptFacts, true);
        filter = FilterOf(Navigation.Uri);
        if (Carried.Unpacked<MemberPage>(Kept) is { } page)
        {
            Show(page);
        }
        else
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
            filter = wanted;
            EndEdit();
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

        await CountAsync();
    }

    private Task CountAsync() => counting.ReadAsync(
        async () => await Watch.MemberFactsAsync(await Actor.GetAsync()),
        read =>
        {
            facts = read;
            KeptFacts = Carried.Of(RendererInfo, read);
        });

    /// <summary>Another filter, order or page: reads the page again, but not what the filters offer.</summary>
    private Task ReadPageAsync() => reading.ReadAsync(
        async () => await Watch.MembersAsync(await Actor.GetAsync(), filter),
        page =>
        {
            Show(page);
            Kept = Carried.Packed(RendererInfo, page);
        });

    /// <summary>Who was there before keeps the line; and where all say the same as before, nothing is drawn.</summary>
    private void Show(MemberPage read)
    {
        var page = read.Rows;
        (total, counts) = (page.Total, read.Counts);
        if (lines.Select(line => line.Row).SequenceEqual(page.Items))
        {
            return;
        }

        var before = lines.ToDictionary(line => line.Id);
        lines = [.. page.Items.Select(row => before.GetValueOrDefault(row.Person.Id) ?? new ListedMember(row))];
        foreach (var (line, row) in lines.Zip(page.Items))
        {
            Show(line, row);
        }
    }

    /// <summary>A row that says the same is not drawn again.</summary>
    private void Show(ListedMember line, MemberRow row)
    {
        line.Row = line.Row == row ? line.Row : row;
        if (selected.ContainsKey(line.Id))
        {
            selected[line.Id] = line.Row;
        }
    }

    /// <summary>Pressed in a line; it may have gone meanwhile.</summary>
    private Task DoAsync((Guid MemberId, MemberAction Action) wanted) => lines.Find(line => line.Id == wanted.MemberId) is { } line ? DoAsync((line, wanted.Action)) : Task.CompletedTask;

    private Task OpenMenuAsync((Guid MemberId, double X, double Y) at) => lines.Find(line => line.Id == at.MemberId) is { } line ? menu!.OpenAsync(line, at.X, at.Y) : Task.CompletedTask;

    private async Task DoAsync((ListedMember Line, MemberAction Action) wanted)
    {
        var (row, person) = (wanted.Line.Row, wanted.Line.Row.Person);
        switch (wanted.Action)
        {
            case MemberAction.Edit:
                await EditAsync(wanted.Line);
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
