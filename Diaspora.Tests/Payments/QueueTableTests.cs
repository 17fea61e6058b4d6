using System.Globalization;
using Bunit;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Dues;
using Diaspora.Web.Payments.Admin.Queue;
using Diaspora.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace Diaspora.Tests.Payments;

/// <summary>A change costs the row it is in. Fifty rows that are drawn for each change would be most of what an open queue costs.</summary>
public sealed class QueueTableTests : IAsyncDisposable
{
    private static readonly DateTime Now = new(2026, 5, 9, 9, 50, 0, DateTimeKind.Utc);
    private static readonly PaymentQuery Query = new(new PaymentFilter());
    private readonly (CultureInfo, CultureInfo) culture = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private readonly BunitContext context = new() { JSInterop = { Mode = JSRuntimeMode.Loose } };
    private readonly QueueList list = new(Query.Filter, [Row("Алиев Рашад"), Row("Керимова Нигяр"), Row("Рзаева Гюнель")]);

    public QueueTableTests()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");
        context.Services.AddLocalization().AddLogging().AddMudServices();
        context.Services.AddSingleton(TimeProvider.System).AddSingleton(MemberStory.Joined("2026-01-05").Rules.Zone).AddScoped<Wording>().AddScoped<QueueWords>().AddScoped<QueueCells>();
    }

    public async ValueTask DisposeAsync()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = culture;
        await context.DisposeAsync();
    }

    [Fact]
    public void Change_InOneRow_DrawsThatRowAndNeitherAnotherNorTheTable()
    {
        var table = Shown();
        var second = list.Items[1].Row;

        list.Apply(second.IntentId, second with { City = "Астана" }, Now);
        table.Render(Parameters());

        Assert.Contains("Астана", table.FindAll(".q-row")[1].TextContent, StringComparison.Ordinal);
        Assert.Equal([1, 2, 1], table.FindComponents<PaymentQueueRow>().Select(row => row.RenderCount));
        Assert.All(table.FindComponents<MudTh>(), head => Assert.Equal(1, head.RenderCount));
    }

    [Fact]
    public void Decide_OneRow_TakesItAwayAndDrawsNoOther()
    {
        var table = Shown();
        var first = list.Items[0].Row;

        list.Apply(first.IntentId, first with { Months = [.. first.Months.Select(month => month with { Status = PaymentStatus.Confirmed })] }, Now);
        table.Render(Parameters());

        Assert.Equal(["Керимова Нигяр", "Рзаева Гюнель"], table.FindAll(".q-row .name").Select(name => name.TextContent));
        Assert.Equal([1, 1], table.FindComponents<PaymentQueueRow>().Select(row => row.RenderCount));
    }

    [Fact]
    public void Busy_OneRow_SaysSoOnItsButtonsOnly()
    {
        var table = Shown();
        var second = list.Items[1].Row.IntentId;

        table.Render(Parameters(busy: second));

        Assert.Equal([second.ToString()], table.FindAll("[data-intent]:has([aria-disabled=true])").Select(cell => cell.GetAttribute("data-intent")));
    }

    private IRenderedComponent<QueueTable> Shown() => context.Render<QueueTable>(Parameters());

    private Action<ComponentParameterCollectionBuilder<QueueTable>> Parameters(Guid? busy = null) => it => it
        .Add(table => table.List, list).Add(table => table.Now, Now).Add(table => table.Query, Query).Add(table => table.IsBusy, id => id == busy);

    private static PaymentRow Row(string name) => new(
        Guid.NewGuid(), "512734", Guid.NewGuid(), name, "+77015550142", "Алматы", [new PaymentMonth(new Period(2026, 5), new Money(2000), PaymentStatus.Pending)],
        PaymentMethod.KaspiTransfer, Now.AddHours(-1), Now.AddHours(-1), [], null, null, null);
}
