using Diaspora.Domain.Members;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace Diaspora.Web.Members.Admin.List;

/// <summary>Who is ticked. It stays over filters and pages, and in the address, so a reload and Back find it.</summary>
public sealed partial class MembersPage
{
    private readonly Dictionary<Guid, MemberRow> selected = [];

    /// <summary>Their numbers, with points between.</summary>
    [SupplyParameterFromQuery(Name = "ticked")] private string? Ticked { get; set => field = value.Visible(); }

    private bool AreAllSelected => list is { Items.Count: > 0 } && list.Items.All(row => selected.ContainsKey(row.Person.Id));

    private void Select(MemberRow row)
    {
        focused = null;
        if (!selected.Remove(row.Person.Id))
        {
            selected[row.Person.Id] = row;
        }

        KeepTicks();
    }

    private void SelectPage()
    {
        var all = AreAllSelected;
        foreach (var row in list!.Items)
        {
            selected.Remove(row.Person.Id);
            if (!all)
            {
                selected[row.Person.Id] = row;
            }
        }

        KeepTicks();
    }

    private void ClearTicks()
    {
        selected.Clear();
        KeepTicks();
    }

    /// <summary>Those of another page are looked up; whoever is gone meanwhile is not ticked any more.</summary>
    private Task TickAgainAsync() => Ticked is null ? Task.CompletedTask : reading.ReadAsync(async () =>
    {
        var numbers = Ticked.Split('.').ToHashSet();
        List<MemberRow> rows = [.. list?.Items.Where(row => numbers.Remove(row.Person.Number)) ?? []];
        rows.AddRange(numbers.Count == 0 ? [] : await Members.RowsAsync(await Actor.GetAsync(), [.. numbers]));
        rows.ForEach(row => selected[row.Person.Id] = row);
    });

    private void KeepTicks()
    {
        var ticked = selected.Count == 0 ? null : string.Join('.', selected.Values.Take(MemberService.MostRows).Select(row => row.Person.Number));
        Browser.KeepInAddress(Urls.AdminMembers, new() { ["ticked"] = ticked });
    }
}
