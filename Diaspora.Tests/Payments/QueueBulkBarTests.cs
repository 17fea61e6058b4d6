using System.Globalization;
using Bunit;
using Diaspora.Domain.Payments;
using Diaspora.Web.Payments.Admin.Queue;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;

namespace Diaspora.Tests.Payments;

/// <summary>The bar of several at once comes over the list, where a thumb may just be.</summary>
public sealed class QueueBulkBarTests : IAsyncDisposable
{
    private static readonly DateTime Now = new(2026, 5, 9, 9, 50, 0, DateTimeKind.Utc);
    private readonly (CultureInfo, CultureInfo) culture = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private readonly FakeTimeProvider clock = new(Now);
    private readonly BunitContext context = new() { JSInterop = { Mode = JSRuntimeMode.Loose } };
    private int confirmed;

    public QueueBulkBarTests()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");
        context.Services.AddLocalization().AddLogging().AddMudServices();
        context.Services.AddSingleton<TimeProvider>(clock);
    }

    public async ValueTask DisposeAsync()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = culture;
        await context.DisposeAsync();
    }

    /// <param name="presses">Of a pointer one or more, of a key none.</param>
    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(1, 700, 1)]
    [InlineData(0, 0, 1)]
    public async Task Confirm_RightAfterTheBarCame_IsDoneForAKeyAndNotForASecondTap(long presses, int after, int done)
    {
        var bar = context.Render<QueueBulkBar>(With());
        bar.Render(With(Row("Алиев Рашад")));
        clock.Advance(TimeSpan.FromMilliseconds(after));
        await bar.Find("[data-bulk-confirm]").ClickAsync(new MouseEventArgs { Detail = presses });
        Assert.Equal(done, confirmed);
    }

    private Action<ComponentParameterCollectionBuilder<QueueBulkBar>> With(params PaymentRow[] rows) => it => it.Add(bar => bar.Rows, rows).Add(bar => bar.OnConfirm, () => confirmed++);

    private static PaymentRow Row(string name) => new(
        Guid.NewGuid(), "512734", Guid.NewGuid(), name, "+77015550142", "Алматы", [new PaymentMonth(new Period(2026, 5), new Money(2000), PaymentStatus.Pending)],
        PaymentMethod.KaspiTransfer, Now.AddHours(-1), Now.AddHours(-1), [], null, null, null);
}
