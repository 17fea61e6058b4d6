using System.Globalization;
using Bunit;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;
using Diaspora.Web.Payments.Admin.Decide;
using Diaspora.Web.Payments.Admin.Intent;
using Diaspora.Web.Payments.Admin.Queue;
using Diaspora.Web.Shared;
using Diaspora.Web.Shared.Refusals;
using Diaspora.Web.Shell;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using static Diaspora.Tests.Payments.MoneySetup;

namespace Diaspora.Tests.Payments;

/// <summary>What the page of one intent says of money that was recorded by hand.</summary>
public sealed class IntentPartsTests : IAsyncLifetime
{
    private readonly (CultureInfo, CultureInfo) culture = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private readonly BunitContext context = new() { JSInterop = { Mode = JSRuntimeMode.Loose } };
    private readonly TestDatabase database = new();
    private Actor cashier = null!;
    private Actor payer = null!;

    public async ValueTask InitializeAsync()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");
        await database.InitializeAsync();
        cashier = await database.AddCashierAsync();
        payer = await database.AddAsync("Рзаева Гюнель", joinedOn: "2026-01-05");
        context.Services.AddLocalization().AddLogging().AddMudServices();
        context.Services.AddSingleton<TimeProvider>(database.Clock).AddSingleton(database.Rules.Zone).AddSingleton(database.Get<ModerationService>()).AddSingleton(database.Get<RecordingService>())
            .AddScoped<CurrentActor>().AddScoped<Wording>().AddScoped<ProblemWords>().AddScoped<QueueWords>().AddScoped<QueueCells>().AddMetricsOfPortal().AddScoped<Decisions>();
        context.AddAuthorization();
    }

    public async ValueTask DisposeAsync()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = culture;
        await context.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Record_ForTwoMembers_NamesThePayerBesideTheirOwnMonthToo()
    {
        var brother = await database.AddAsync("Рзаев Эльчин", joinedOn: "2026-01-05");
        var row = await RowAsync(Cash(payer, 4000, [.. payer.Of("2026-01"), .. brother.Of("2026-01")]));
        Assert.Equal(["Рзаев Эльчин", "Рзаева Гюнель"], context.Render<IntentMonths>(it => it.Add(page => page.Row, row)).FindAll(".t + .cap").Select(name => name.TextContent).Order());

        // Alone it needs no name: the page is about the payer.
        var own = await RowAsync(Cash(payer, 4000, payer.Of("2026-02", "2026-03")));
        Assert.Empty(context.Render<IntentMonths>(it => it.Add(page => page.Row, own)).FindAll(".t + .cap"));
    }

    [Fact]
    public async Task Record_Cash_SaysSo_AndAnImportSaysWhereItIsFrom()
    {
        var row = await RowAsync(Cash(payer, 2000, payer.Of("2026-01")));
        Assert.Equal("Наличные", Method(row));
        Assert.Equal("Перевод", Method(row with { Method = PaymentMethod.KaspiTransfer }));

        // An import knows no day on which the money came.
        Assert.Equal("Из таблицы", Method(row with { ReceivedOn = null }));
    }

    [Fact]
    public async Task Row_WithATag_ShowsItsCodeToo_AndWhatIsDecidedDoesNotWait()
    {
        var decided = await RowAsync(Cash(payer, 2000, payer.Of("2026-01")));
        var pending = decided with { Months = [.. decided.Months.Select(month => month with { Status = PaymentStatus.Pending })] };
        Assert.Equal((1, 1, "0 сек"), Shown(pending));
        Assert.Equal((0, 1, "—"), Shown(decided));
    }

    private (int Tags, int Codes, string Age) Shown(PaymentRow row)
    {
        var shown = context.Render<QueueTable>(it => it
            .Add(table => table.List, new QueueList(new PaymentFilter(Status: null), [row])).Add(table => table.Now, row.CreatedAt)
            .Add(table => table.Query, new PaymentQuery(new PaymentFilter(Status: null))).Add(table => table.IsBusy, _ => false));
        return (shown.FindAll(".tag").Count, shown.FindAll(".code").Count, shown.Find("td.age").TextContent.Replace('\u00A0', ' '));
    }

    private string Method(PaymentRow row) =>
        context.Render<IntentFacts>(it => it.Add(page => page.Row, row)).FindAll(".kv").Single(line => line.QuerySelector("dt")!.TextContent == "Способ").QuerySelector("dd")!.TextContent;

    private async Task<PaymentRow> RowAsync(RecordPaymentForm form) =>
        (await database.Get<ModerationService>().IntentAsync(cashier, await database.RecordAsync(cashier, form))).Row;
}
