using Diaspora.Domain.Members;
using Diaspora.Web.Shared.Live;

namespace Diaspora.Web.Members.Admin.List;

/// <summary>The line that is edited, and what the list shows of an edit: one row is read, and one's own announcement is not listened to.</summary>
public sealed partial class MembersPage
{
    private readonly CancellationTokenSource gone = new();
    private bool isCounting;

    /// <summary>One line at a time: another one that is open is left as it was.</summary>
    private Task EditAsync(ListedMember line) => Press.TryAsync(async () => editing = await MemberEditing.FieldsAsync(await Actor.GetAsync(), line.Id));

    /// <summary>Another line may have been opened since this one was sent.</summary>
    private void Close(Guid memberId, bool isSaved)
    {
        justSaved = isSaved ? memberId : null;
        if (editing?.Id == memberId)
        {
            EndEdit();
        }
    }

    private void EndEdit()
    {
        editing = null;
    }

    /// <summary>Saved, or taken back. What may have moved the line is read with the whole page, as it is what the page is asked for.</summary>
    private async Task ReadEditedAsync(Guid memberId, IReadOnlyCollection<MemberField> fields)
    {
        var line = lines.Find(line => line.Id == memberId);
        if (line is null || reading.IsOnItsWay || fields.Any(Moves) || await RowOfAsync(memberId) is not { } row)
        {
            await ReadPageAsync();
        }
        else
        {
            Show(line, row);
            lines = [.. lines];
        }

        if (fields.Any(field => field is MemberField.City or MemberField.JoinedIn))
        {
            _ = CountSoonAsync();
        }

        StateHasChanged();
    }

    /// <summary>Another's change: drawn once, when it is read.</summary>
    private async Task ReadQuietlyAsync()
    {
        await ReadAgainAsync();
        StateHasChanged();
    }

    private async Task<MemberRow?> RowOfAsync(Guid memberId)
    {
        MemberRow? row = null;
        await reading.ReadAsync(async () => await Members.RowAsync(await Actor.GetAsync(), filter, memberId), found => row = found);
        return row;
    }

    private bool Moves(MemberField field) => field switch
    {
        MemberField.FullName => filter.Sort == MemberSort.Name,
        MemberField.City => filter.Sort == MemberSort.City,
        MemberField.JoinedIn => true,
        _ => false,
    };

    private async Task CountSoonAsync()
    {
        if (isCounting)
        {
            return;
        }

        isCounting = true;
        try
        {
            await Task.Delay(CountsAfter, Clock, gone.Token);
            isCounting = false;
            await CountAsync();
            StateHasChanged();
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }
}
