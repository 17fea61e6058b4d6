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

    private bool AreAllTicked => lines.Count > 0 && lines.TrueForAll(line => selected.ContainsKey(line.Id));

    /// <summary>For js/members.js, which ticks the boxes of the lines.</summary>
    private string Shown => string.Join(' ', lines.Where(line => selected.ContainsKey(line.Id)).Select(line => line.Id));

    private void Tick((Guid MemberId, bool IsOn) box)
    {
        if (lines.Find(line => line.Id == box.MemberId) is { } line)
        {
            Tick(line, box.IsOn);
            KeepTicks();
        }
    }

    private void TickPage(bool isOn)
    {
        lines.ForEach(line => Tick(line, isOn));
        KeepTicks();
    }

    private void Tick(ListedMember line, bool isOn)
    {
        if (isOn)
        {
            selected[line.Id] = line.Row;
        }
        else
        {
            selected.Remove(line.Id);
        }
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
        List<MemberRow> rows = [.. lines.Select(line => line.Row).Where(row => numbers.Remove(row.Person.Number))];
        rows.AddRange(numbers.Count == 0 ? [] : await Members.RowsAsync(await Actor.GetAsync(), [.. numbers]));
        rows.ForEach(row => selected[row.Person.Id] = row);
    });

    private void KeepTicks()
    {
        var ticked = selected.Count == 0 ? null : string.Join('.', selected.Values.Take(MemberService.MostRows).Select(row => row.Person.Number));
        Browser.KeepInAddress(Urls.AdminMembers, new() { ["ticked"] = ticked });
    }
}
