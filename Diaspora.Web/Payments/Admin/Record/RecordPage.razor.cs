using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Web.Shared;
using Diaspora.Web.Shared.Fields;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using MudBlazor;

namespace Diaspora.Web.Payments.Admin.Record;

/// <summary>Money that came by hand: who, how much, and which months of whom it pays.</summary>
public sealed partial class RecordPage
{
    private static readonly PaymentMethod[] Methods = [PaymentMethod.Manual, PaymentMethod.KaspiTransfer, PaymentMethod.KaspiQr, PaymentMethod.Other];

    private readonly DividedSum divided = new(suggestsSum: true);
    private readonly Press press = new();
    private readonly Reading reading = new();
    private readonly Reading finding = new();
    private IReadOnlyList<Period> gone = [];
    private Func<object, string, IEnumerable<string>> rules = default!;
    private ReceivedFields? fields;
    private bool showProblem;

    [Inject] private RecordingService Recording { get; set; } = default!;

    [Inject] private MemberService Members { get; set; } = default!;

    [Inject] private CurrentActor Actor { get; set; } = default!;

    [Inject] private ISnackbar Snackbar { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private IJSRuntime Browser { get; set; } = default!;

    [Inject] private Wording Words { get; set; } = default!;

    [Inject] private FormRules Rules { get; set; } = default!;

    /// <summary>The member to begin with, by number.</summary>
    [SupplyParameterFromQuery(Name = "member")] public string? Number { get; set => field = value.Visible(); }

    /// <summary>Who and which months were chosen, and how the rest was: kept in the address, so a reload and Back find it.</summary>
    [SupplyParameterFromQuery(Name = "for")] private string? Chosen { get; set => field = value.Visible(); }

    [SupplyParameterFromQuery(Name = "payer")] private string? Payer { get; set => field = value.Visible(); }

    [SupplyParameterFromQuery(Name = "method")] private string? Method { get; set => field = value.Visible(); }

    [SupplyParameterFromQuery(Name = "credits")] private string? Credits { get; set => field = value.Visible(); }

    /// <summary>Kept over a circuit that was suspended: all of it is something the cashier typed.</summary>
    [PersistentState] public RecordDraft? Draft { get; set; }

    /// <summary>As read while prerendering; a circuit that comes back reads anew.</summary>
    [PersistentState(RestoreBehavior = RestoreBehavior.SkipLastSnapshot)] public List<PayableMember>? Kept { get; set; }

    protected override void OnInitialized() => rules = Rules.Of(new RecordPaymentFormValidator());

    protected override Task OnInitializedAsync() => finding.ReadAsync(async () =>
    {
        if (Draft is null && RecordDraft.Of(Chosen, Payer, Method, Credits) is { } chosen)
        {
            Draft = chosen;
            Draft.Form.ReceivedOn = Words.Today;
            await RestoreAsync(Draft);
        }
        else if (Draft is null)
        {
            Draft = new RecordDraft { Form = { ReceivedOn = Words.Today } };
            await BeginAsync();
        }
        else
        {
            await RestoreAsync(Draft);
        }
    });

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
        var person = found.Items.FirstOrDefault(row => row.Person.Number == number)?.Person ?? throw new DomainException(Problems.NotFound);
        await FindAsync(person.Id);
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

    private Task AddAsync(Guid memberId) => finding.ReadAsync(() => FindAsync(memberId));

    private async Task FindAsync(Guid memberId)
    {
        divided.Add(await ReadAsync(memberId));
        Changed();
    }

    private async Task<PayableMember> ReadAsync(Guid memberId) => await Recording.PayableAsync(await Actor.GetAsync(), memberId);

    private void Changed()
    {
        gone = [];
        press.Forget();
        reading.Forget();
        Fill();
    }

    /// <summary>Writes what is chosen into the draft. Keeps only those problems beside the fields that still apply.</summary>
    private void Fill()
    {
        divided.Fill(Draft!.Form);
        press.Recheck(() => new RecordPaymentFormValidator().Examine(Draft.Form));
        Draft.Form.PayerId = divided.Payer?.Member.Id ?? Guid.Empty;
        Draft.Members = [.. divided.Parts.Select(part => part.Member.Id)];
        KeepChoice();
    }

    private void KeepChoice()
    {
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        var form = Draft!.Form;
        Browser.KeepInAddress(Urls.NewPayment, new()
        {
            ["member"] = null,
            ["for"] = Draft.Members.Count == 0 ? null : Draft.Choice,
            ["payer"] = form.PayerId == Draft.Members.FirstOrDefault() ? null : form.PayerId.ToString("N"),
            ["method"] = form.Method == PaymentMethod.Manual ? null : form.Method.ToString(),
            ["credits"] = form.Credits.Count == 0 ? null : string.Join('.', form.Credits.Select(id => id.ToString("N"))),
        });
    }

    private string NameOf(PaymentMethod method) =>
        method == PaymentMethod.Manual ? L["Cash"] : method == PaymentMethod.Other ? L["OtherMethod"] : Statuses.NameOf(method);

    private bool Concerns(PaymentsChanged change) => divided.Parts.Any(part => change.MemberIds.Contains(part.Member.Id));

    /// <summary>A month may have been paid meanwhile. Our own payment is announced as well; the page is on its way out then.</summary>
    private Task ReadAgainAsync() => press.IsBusy ? Task.CompletedTask : ReloadAsync();

    private Task ReloadAsync() => reading.ReadAsync(async () =>
    {
        var before = divided.Chosen;
        foreach (var part in divided.Parts.ToList())
        {
            divided.Refresh(await ReadAsync(part.Member.Id));
        }

        if (before.Except(divided.Chosen).Select(month => month.Period).ToList() is { Count: > 0 } lost)
        {
            gone = lost;
            Fill();
        }
    });

    private async Task SaveAsync()
    {
        if (press.IsBusy)
        {
            return;
        }

        await fields!.TakeAsync();
        Changed();
        showProblem = !await press.DoAsync(RecordAsync, BeginAnewAsync);
    }

    private async Task RecordAsync()
    {
        var id = await Recording.RecordAsync(await Actor.GetAsync(), Draft!.Form);
        Snackbar.Add(L["Recorded"].Value, Severity.Normal);
        press.Leave();
        Navigation.NavigateTo(Urls.AttachTo(id));
    }

    private Task BeginAnewAsync(Problem refusal)
    {
        if (refusal.Code == Problems.FormUsed)
        {
            // The form was saved already, and the answer was lost on the way. What is typed now is another payment.
            Draft!.Form.Id = Guid.CreateVersion7();
        }

        return ReloadAsync();
    }
}
