using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using MudBlazor;

namespace Diaspora.Web.Payments.Admin;

/// <summary>Money that came by hand: who, how much, and which months of whom it pays.</summary>
public sealed partial class RecordPage
{
    private static readonly PaymentMethod[] Methods = [PaymentMethod.Manual, PaymentMethod.KaspiTransfer, PaymentMethod.KaspiQr, PaymentMethod.Other];

    private readonly DividedSum divided = new(suggestsSum: true);
    private IReadOnlyList<Period> gone = [];
    private FormProblems? problems;
    private Problem? refusal;
    private Problem? notFound;
    private bool busy;
    private bool showProblem;

    [Inject] private RecordingService Recording { get; set; } = default!;

    [Inject] private MemberService Members { get; set; } = default!;

    [Inject] private CurrentActor Actor { get; set; } = default!;

    [Inject] private ISnackbar Snackbar { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private IJSRuntime Browser { get; set; } = default!;

    [Inject] private Wording Words { get; set; } = default!;

    /// <summary>The member to begin with, by number.</summary>
    [SupplyParameterFromQuery(Name = "member")] public string? Number { get; set; }

    /// <summary>Kept over a circuit that was suspended: all of it is something the cashier typed.</summary>
    [PersistentState] public RecordDraft? Draft { get; set; }

    /// <summary>As read while prerendering; a circuit that comes back reads anew.</summary>
    [PersistentState(RestoreBehavior = RestoreBehavior.SkipLastSnapshot)] public List<PayableMember>? Kept { get; set; }

    protected override async Task OnInitializedAsync()
    {
        try
        {
            if (Draft is null)
            {
                Draft = new RecordDraft { Form = { ReceivedOn = Words.Today } };
                await BeginAsync();
            }
            else
            {
                await RestoreAsync(Draft);
            }
        }
        catch (DomainException refused)
        {
            notFound = refused.Problem;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (showProblem)
        {
            showProblem = false;
            await Browser.InvokeVoidAsync("portal.showProblem");
        }
    }

    private async Task BeginAsync()
    {
        var number = string.Concat((Number ?? "").Where(char.IsAsciiDigit));
        if (number.Length == 0)
        {
            return;
        }

        var found = await Members.PageAsync(await Actor.GetAsync(), new MemberFilter(number));
        var person = found.Items.FirstOrDefault(row => row.Person.Number == number)?.Person ?? throw new DomainException(Domain.Kernel.Problems.NotFound);
        await AddAsync(person.Id);
        Kept = Carried.Of(RendererInfo, divided.Parts.Select(part => part.Member).ToList());
    }

    private async Task RestoreAsync(RecordDraft draft)
    {
        foreach (var id in draft.Members)
        {
            divided.Add(Kept?.Find(member => member.Id == id) ?? await ReadAsync(id));
        }

        if (draft.SumText is { } text)
        {
            divided.Typed = TengeText.Parse(text);
        }

        divided.PaidBy(draft.Form.PayerId);
        divided.Restore(draft.Form);
        Changed();
    }

    private async Task AddAsync(Guid memberId)
    {
        try
        {
            notFound = null;
            divided.Add(await ReadAsync(memberId));
            Changed();
        }
        catch (DomainException refused)
        {
            notFound = refused.Problem;
        }
    }

    private async Task<PayableMember> ReadAsync(Guid memberId) => await Recording.PayableAsync(await Actor.GetAsync(), memberId);

    /// <summary>Writes what is chosen into the draft. Keeps only those problems beside the fields that still apply.</summary>
    private void Changed()
    {
        (refusal, gone) = (null, []);
        divided.Fill(Draft!.Form);
        problems = problems is null ? null : new RecordPaymentFormValidator().Examine(Draft.Form);
        Draft.Form.PayerId = divided.Payer?.Member.Id ?? Guid.Empty;
        Draft.Members = [.. divided.Parts.Select(part => part.Member.Id)];
    }

    private bool Concerns(PaymentsChanged change) => divided.Parts.Any(part => change.MemberIds.Contains(part.Member.Id));

    /// <summary>A month may have been paid meanwhile. Our own payment is announced as well; the page is on its way out then.</summary>
    private Task ReadAgainAsync() => busy ? Task.CompletedTask : ReloadAsync();

    private async Task ReloadAsync()
    {
        try
        {
            var before = divided.Chosen;
            foreach (var part in divided.Parts.ToList())
            {
                divided.Refresh(await ReadAsync(part.Member.Id));
            }

            if (before.Except(divided.Chosen).Select(month => month.Period).ToList() is { Count: > 0 } lost)
            {
                var said = refusal;
                Changed();
                (gone, refusal) = (lost, said);
            }
        }
        catch (DomainException refused)
        {
            refusal = refused.Problem;
        }
    }

    private async Task SaveAsync()
    {
        if (busy)
        {
            return;
        }

        Changed();
        busy = true;
        try
        {
            var id = await Recording.RecordAsync(await Actor.GetAsync(), Draft!.Form);
            Snackbar.Add(L["Recorded"].Value, Severity.Normal);
            Navigation.NavigateTo(Urls.AttachTo(id));
            return;
        }
        catch (FormException refused)
        {
            problems = refused.Problems;
        }
        catch (DomainException refused)
        {
            refusal = refused.Problem;
            if (refused.Problem.Code == Domain.Kernel.Problems.FormUsed)
            {
                // The form was saved already, and the answer was lost on the way. What is typed now is another payment.
                Draft!.Form.Id = Guid.CreateVersion7();
            }

            await ReloadAsync();
        }

        (busy, showProblem) = (false, true);
    }
}
