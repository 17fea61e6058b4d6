using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace Diaspora.Web.Members.Admin.Card;

/// <summary>All that staff know of one member, and every verb at hand.</summary>
public sealed partial class MemberPage
{
    private static readonly TimeSpan Throttle = TimeSpan.FromSeconds(1);

    private readonly Reading reading = new();
    private MemberCardDetails? details;
    private MemberNotes? notes;
    private bool isAdmin;
    private string? shown;

    [Parameter] public string Number { get; set; } = "";

    [PersistentState(RestoreBehavior = RestoreBehavior.SkipLastSnapshot)] public MemberCardDetails? Kept { get; set; }

    private MemberPerson Person => details!.Card.Person;

    /// <summary>Else staff who pay no dues.</summary>
    private bool HasMonths => details!.Tiles.Count > 0;

    protected override async Task OnInitializedAsync()
    {
        var user = (await Authentication.GetAuthenticationStateAsync()).User;
        isAdmin = (await Authorization.AuthorizeAsync(user, "Admin")).Succeeded;
    }

    protected override async Task OnParametersSetAsync()
    {
        if (shown == Number)
        {
            return;
        }

        details = shown is null ? Kept : null;
        shown = Number;
        if (details is null)
        {
            await ReadAsync();
        }
    }

    private bool Concerns(MemberChanged change) => details?.Card.Person.Id == change.MemberId;

    private bool Touches(PaymentsChanged change) => details is { } known && change.MemberIds.Contains(known.Card.Person.Id);

    private Task ReadAsync() => reading.ReadAsync(
        async () => await Cards.CardAsync(await Actor.GetAsync(), Number),
        read =>
        {
            details = read;
            Kept = Carried.Of(RendererInfo, read);
        },
        Navigation.NotFound);

    private async Task WriteAsync()
    {
        if (notes is not null)
        {
            await notes.FocusAsync();
        }
    }

    private async Task WriteNoteAsync(WriteNoteForm form)
    {
        await Cards.WriteNoteAsync(await Actor.GetAsync(), Person.Id, form);
        await ReadAsync();
    }

    private Task RemoveNoteAsync(NoteRow note) => AfterAsync(Months.RemoveNoteAsync(note));

    private Task ExemptAsync() => AfterAsync(Months.ExemptAsync(Person, details!.Current));

    private Task SuspendAsync() => AfterAsync(Months.SuspendAsync(Person, details!.Current));

    private Task MoveJoiningAsync() => AfterAsync(Months.MoveJoiningAsync(Person, details!.JoinedIn));

    private Task EndAsync(IntervalRow interval) => AfterAsync(Months.EndAsync(Person, interval));

    private Task RefundAsync(HistoryRow row) => AfterAsync(Refunds.RefundAsync(row.IntentId, row.PaymentId, Person.FullName, row.Period, row.Amount));

    private Task ReturnAsync(CreditRow row) => AfterAsync(Refunds.ReturnCreditAsync(row));

    private Task AppointAsync() => AfterAsync(Actions.AppointAsync(Person));

    private Task BlockAsync() => AfterAsync(Actions.BlockAsync(Person));

    private async Task UnblockAsync()
    {
        await Actions.UnblockAsync(Person);
        await ReadAsync();
    }

    /// <summary>Shows one's own change at once, without waiting for the change feed.</summary>
    private async Task AfterAsync(Task<bool> act)
    {
        if (await act)
        {
            await ReadAsync();
        }
    }
}
