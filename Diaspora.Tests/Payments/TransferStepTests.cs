using System.Globalization;
using Bunit;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Dues;
using Diaspora.Web.Dues;
using Diaspora.Web.Payments.Cabinet.Intent;
using Diaspora.Web.Shared;
using Diaspora.Web.Shared.Refusals;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;

namespace Diaspora.Tests.Payments;

/// <summary>The instruction leads by one main button at a time.</summary>
public sealed class TransferStepTests : IAsyncLifetime
{
    private const string Main = "mud-button-filled-primary";
    private readonly (CultureInfo Culture, CultureInfo Ui) _before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private readonly BunitContext _context = new() { JSInterop = { Mode = JSRuntimeMode.Loose } };
    private readonly CurrentSettings _settings = new();

    public ValueTask InitializeAsync()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");
        Use(new KaspiRequisites("Лейла И.", "+7 700 000 00 00", "https://pay.kaspi.kz/pay/abc", null));
        _context.Services.AddLocalization().AddLogging().AddMudServices();
        _context.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(MemberStory.Utc("2026-05-08"))).AddSingleton(_settings).AddSingleton(Rules.Zone);
        _context.Services.AddScoped<Wording>().AddScoped<ProblemWords>().AddScoped<PeriodWords>().AddScoped<IntentWords>();
        _context.AddBunitPersistentComponentState();
        _context.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        _context.ComponentFactories.AddStub<AntiforgeryToken>();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _before;
        await _context.DisposeAsync();
    }

    [Fact]
    public async Task Lead_StepByStep_MakesOneButtonTheMainOne()
    {
        var step = Show(Details());
        Assert.Equal((true, false, false), Mains(step));

        await step.Find(".ways a").ClickAsync(new());
        Assert.Equal((false, true, false), Mains(step));

        step.Render(it => it.Add(page => page.Details, Details(new ReceiptRow(Guid.NewGuid(), "чек.pdf", ReceiptRules.Pdf, 1000))));
        Assert.Equal((false, false, true), Mains(step));
    }

    [Fact]
    public void Lead_WithoutALink_BeginsWithTheReceipt()
    {
        Use(new KaspiRequisites("Лейла И.", "+7 700 000 00 00", null, null));
        Assert.Equal((false, true, false), Mains(Show(Details())));
    }

    [Fact]
    public void Show_Recipient_LetsTheNumberBeCopiedWithoutItsSpaces()
    {
        var step = Show(Details());
        Assert.Equal(["4000", "482915", "+77000000000"], step.FindAll("button[data-copy]").Select(button => button.GetAttribute("data-copy")));
        Assert.Contains("Получатель: Лейла И.", step.Markup.Replace("<b>", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    /// <summary>A receipt is a claim: the page says so at once, and does not threaten to close the payment.</summary>
    [Fact]
    public void Show_ReceiptAttached_SaysThatTheCashierHasIt()
    {
        var step = Show(Details());
        Assert.DoesNotContain("Чек у кассира", step.Markup, StringComparison.Ordinal);
        Assert.Contains("закроется сама", step.Markup, StringComparison.Ordinal);
        step.Render(it => it.Add(page => page.Details, Details(new ReceiptRow(Guid.NewGuid(), "чек.pdf", ReceiptRules.Pdf, 1000))));
        Assert.Contains("Чек у кассира", step.Find("[role=status].mud-alert").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("закроется сама", step.Markup, StringComparison.Ordinal);
    }

    private static Domain.Dues.DuesRules Rules => MemberStory.Joined("2026-01-05").Rules;

    private void Use(KaspiRequisites kaspi) => _settings.Use(new SettingsSnapshot(Rules) { Kaspi = kaspi });

    private IRenderedComponent<TransferStep> Show(IntentDetails details) => _context.Render<TransferStep>(it => it.Add(page => page.Details, details));

    private static (bool Kaspi, bool Receipt, bool Claim) Mains(IRenderedComponent<TransferStep> step) =>
        (step.FindAll($".ways a.{Main}").Count > 0, step.FindAll("label.up.is-main").Count > 0, step.Find(".dock button").ClassList.Contains(Main));

    private static IntentDetails Details(params ReceiptRow[] receipts) => new(
        new PaymentRow(
            Guid.NewGuid(), "482915", Guid.NewGuid(), "Мамедова Айгюн", "+77010000101", null,
            [.. ((string[])["2026-04", "2026-05"]).Select(month => new PaymentMonth(Period.Parse(month), MemberStory.Fee, PaymentStatus.Pending))],
            PaymentMethod.KaspiTransfer, MemberStory.Utc("2026-05-08"), receipts.Length == 0 ? null : MemberStory.Utc("2026-05-08"), receipts, null, null, null),
        new DateOnly(2026, 5, 22));
}
