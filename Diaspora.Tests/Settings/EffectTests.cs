using System.Globalization;
using Bunit;
using Diaspora.Data.Operations;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Diaspora.Web.Payments.Cabinet.Intent;
using Diaspora.Web.Settings;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using static Diaspora.Tests.Settings.SettingsSetup;
using TestContext = Xunit.TestContext;

namespace Diaspora.Tests.Settings;

/// <summary>What people see of a change, without a restart.</summary>
public sealed class EffectTests
{
    [Fact]
    public async Task Edit_OnTheRealPortal_ShowsOnPagesThatWereReadBefore()
    {
        using var portal = PortalHost.Start(
            Environments.Production,
            ("Admin:Phone", "+7 701 000 09 08"), ("Admin:Password", "верблюд пьёт чай"), ("Admin:FullName", "Алиева Лейла"), ("Association:Email", "old@diaspora.kz"), ("Dues:Fee", "3000"));
        using var visitor = new Visitor(portal);
        Assert.Contains("old@diaspora.kz", await visitor.ReadAsync("/contacts"), StringComparison.Ordinal);
        Assert.Contains("3 000 ₸ в месяц", await visitor.ReadAsync("/rules"), StringComparison.Ordinal);
        Assert.Contains("до 10-го числа", await visitor.ReadAsync("/rules"), StringComparison.Ordinal);
        Assert.Contains("3 000 ₸ в месяц", await visitor.ReadAsync("/"), StringComparison.Ordinal);

        var service = portal.Services.GetRequiredService<SettingsService>();
        var id = await portal.Services.GetRequiredService<IStore>().ReadAsync(work => work.Members.IdOfAsync(PhoneNumber.Parse("+7 701 000 09 08")));
        var admin = new Actor(id, "127.0.0.1", "tests");
        var form = EditSettingsForm.Of(await service.SettingsAsync(admin));
        (form.Email, form.WhatsApp, form.DeadlineDay) = ("new@diaspora.kz", "8 701 555 01 42", "25");
        await service.EditAsync(admin, form);

        var contacts = await visitor.ReadAsync("/contacts");
        Assert.Contains("new@diaspora.kz", contacts, StringComparison.Ordinal);
        Assert.DoesNotContain("old@diaspora.kz", contacts, StringComparison.Ordinal);
        Assert.Contains("https://wa.me/77015550142", await visitor.ReadAsync("/auth/forgot"), StringComparison.Ordinal);
        Assert.Contains("до 25-го числа", await visitor.ReadAsync("/rules"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(SettingsChanged))]
    [InlineData(nameof(AnnouncementsMissed))]
    public async Task Listen_ToAChangeOfAnotherServer_ReadsItAnew(string said)
    {
        await using var database = await SeededAsync();
        var admin = await database.AddAdminAsync();
        var other = await database.AnotherAsync();
        var feed = new ChangeFeed(NullLogger<ChangeFeed>.Instance);
        using var listener = new SettingsListener(
            feed, other.Get<SettingsService>(), other.Settings, other.Get<TaskTurns>(), other.Get<IServiceScopeFactory>(), TimeProvider.System, NullLogger<SettingsListener>.Instance);
        await listener.StartAsync(TestContext.Current.CancellationToken);
        await database.EditAsync(admin, form => form.DeadlineDay = "20");
        Assert.Equal(10, other.Settings.Rules.DeadlineDay);

        feed.Publish(said == nameof(SettingsChanged) ? new SettingsChanged() : new AnnouncementsMissed());

        for (var waited = 0; waited < 200 && other.Settings.Rules.DeadlineDay == 10; waited++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Equal(20, other.Settings.Rules.DeadlineDay);
        await listener.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, feed.Count);
        listener.Dispose();
        Assert.Equal(0, feed.Count);
    }

    [Fact]
    public async Task Pay_AfterTheRequisitesChanged_ShowsTheNewOnes()
    {
        await using var database = await SeededAsync();
        var admin = await database.AddAdminAsync();
        var member = await database.AddAsync("Алиев Рашад");
        var intentId = await database.Get<PaymentService>().StartAsync(member, new StartPaymentForm { Periods = [new Period(2026, 3)], SeenTotal = new Money(2000) });
        var details = await database.Get<PaymentService>().IntentAsync(member, intentId);
        var culture = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");
        try
        {
            await using var context = new BunitContext();
            context.JSInterop.Mode = JSRuntimeMode.Loose;
            context.ComponentFactories.AddStub<ReceiptsBox>().AddStub<CancelButton>();
            context.Services.AddLocalization().AddLogging().AddSingleton<TimeProvider>(database.Clock).AddSingleton(database.Rules.Zone).AddSingleton(database.Settings).AddScoped<Wording>();
            context.SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", isInteractive: true));
            var step = context.Render<TransferStep>(parameters => parameters.Add(component => component.Details, details));
            Assert.Contains("Лейла И.", step.Markup, StringComparison.Ordinal);

            await database.EditAsync(admin, form =>
            {
                form.KaspiRecipient = "Самир Г.";
                form.KaspiPhone = "8 701 555 01 42";
                form.KaspiLink = "";
            });
            step.Render(parameters => parameters.Add(component => component.Details, details));

            Assert.Contains("Самир Г.", step.Markup, StringComparison.Ordinal);
            Assert.Contains("8 701 555 01 42", step.Markup, StringComparison.Ordinal);
            Assert.DoesNotContain("Лейла И.", step.Markup, StringComparison.Ordinal);
            Assert.DoesNotContain("pay.kaspi.kz", step.Markup, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentUICulture = culture;
        }
    }
}
