using System.Globalization;
using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Merging;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Reminding;
using Diaspora.Tests.Notifications;
using Diaspora.Tests.Storage;
using Diaspora.Web.Dues;
using Diaspora.Web.Members.Admin.Actions;
using Diaspora.Web.Notifications;
using Diaspora.Web.Notifications.Admin;
using Diaspora.Web.Notifications.Cabinet;
using Diaspora.Web.Reminding;
using Diaspora.Web.Reminding.Admin;
using Diaspora.Web.Shared;
using Diaspora.Web.Shared.Fields;
using Diaspora.Web.Shared.Live;
using Diaspora.Web.Shared.Refusals;
using Diaspora.Web.Shell;
using Diaspora.Web.Shell.Guard;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MudBlazor.Services;

namespace Diaspora.Tests.Reminding;

/// <summary>Pages about reminders and channels, over a real file.</summary>
public sealed class RemindersPageTests : IAsyncLifetime
{
    private readonly (CultureInfo Culture, CultureInfo Ui) before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private readonly BunitContext context = new();
    private readonly TestDatabase database = new();
    private BunitAuthorizationContext signedIn = null!;
    private Actor admin = null!;
    private Actor member = null!;

    public RemindersPageTests() => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        database.Get<OutboxRules>().Use([Channel.Mail, Channel.Sms], TimeSpan.Zero, (_, _, _, _, _) => 1850);
        admin = await database.AddAdminAsync();
        member = await database.AddAsync("Алиев Рашад");
        database.Clock.SetUtcNow(TestDatabase.Noon(2026, 3, 9));
        context.Services.AddMudServices();
        context.Services.AddLocalization().AddLogging().AddSingleton<TimeProvider>(database.Clock).AddSingleton(database.Rules.Zone).AddSingleton(database.Settings).AddSingleton<IChangeFeed>(database.Feed)
            .AddSingleton(database.Get<ReminderService>()).AddSingleton(database.Get<ChannelService>()).AddSingleton(database.Get<ChannelConsentService>()).AddSingleton(database.Get<MemberService>())
            .AddSingleton(database.Get<MemberEditService>()).AddSingleton(database.Get<DuplicateService>()).AddSingleton(database.Get<AccountService>())
            .AddSingleton(Options.Create(new SiteOptions { BaseUrl = "https://portal.example.kz" })).AddMessageWriter().AddScoped<ReminderWords>().AddScoped<MemberActions>().AddScoped<Press>()
            .AddScoped<CurrentActor>().AddSingleton<Wording>().AddScoped<ProblemWords>().AddScoped<FormRules>().AddSingleton<PeriodWords>();
        context.Services.AddSingleton<IMessageChannel>(new Quiet(Channel.Sms, true)).AddSingleton<IMessageChannel>(new Quiet(Channel.WhatsApp, false));
        signedIn = context.AddAuthorization();
        context.JSInterop.Mode = JSRuntimeMode.Loose;
        context.AddBunitPersistentComponentState();
        context.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    public async ValueTask DisposeAsync()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        await context.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Open_TheDayBeforeTheDeadline_SaysWhoGetsWhatByWhatAndForHowMuch()
    {
        await database.Get<ChannelConsentService>().AgreeAsync(member, Channel.Sms, new ConsentWords("1", "согласен"));
        var other = await database.AddAsync("Гасанов Рустам");
        await database.GiveMailAsync(other, "rustam@example.kz");
        await database.AddAsync("Мамедова Лейла");
        var page = Open<RemindersPage>(admin);

        page.WaitForAssertion(() => Assert.Contains("Завтра, 10 марта", Plain(page.Markup), StringComparison.Ordinal));
        Assert.Contains("Каналы по порядку: e-mail, SMS. В этом месяце потрачено 0 ₸ из 0 ₸.", Plain(page.Markup), StringComparison.Ordinal);
        Assert.Contains("1 сообщение · стоимость 0 ₸", Plain(page.Find("#forecast-title").ParentElement!.TextContent), StringComparison.Ordinal);
        Assert.Contains("2 участникам портал написать не может", Plain(page.Markup), StringComparison.Ordinal);

        // With something to spend, and short messages first.
        await page.Find("#ceiling").ChangeAsync(new ChangeEventArgs { Value = "20" });
        await page.Find("[aria-label='Выше: SMS']").ClickAsync(new());
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("2 сообщения · стоимость 18,50 ₸", Plain(page.Find("#forecast-title").ParentElement!.TextContent), StringComparison.Ordinal));
        Assert.Contains("Каналы по порядку: SMS, e-mail. В этом месяце потрачено 0 ₸ из 20 ₸.", Plain(page.Markup), StringComparison.Ordinal);
        Assert.Contains("Взнос ждёт оплаты", Plain(page.Markup), StringComparison.Ordinal);
        Assert.Contains("1 участнику портал написать не может", Plain(page.Markup), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Try_ByAChannel_TellsWhatCameOfItWhenItIsKnown()
    {
        var card = Open<ChannelsCard>(admin);
        Assert.Equal("SMS Включён 18,50 ₸ за часть (70 букв), только с согласия", Plain(card.Find("[data-channel=Sms] div").TextContent));
        Assert.Contains("Чтобы включить, задайте в настройках сервера: Notifications:Key", Plain(card.Find("[data-channel=WhatsApp]").TextContent), StringComparison.Ordinal);
        Assert.Empty(card.FindAll("[data-channel=WhatsApp] button"));

        await card.Find("[data-channel=Sms] button").ClickAsync(new());
        card.WaitForAssertion(() => Assert.Contains("отправляем", card.Find("[role=status]").TextContent, StringComparison.Ordinal));
        await database.SendAsync(_ => new Delivery(DeliveryOutcome.Later, "sms code 8"));
        card.WaitForAssertion(() => Assert.Contains("не ушло (sms code 8), пробуем ещё", card.Find("[role=status]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Agree_AndTakeItBack_IsAPressEach()
    {
        var consents = Open<PaidConsents>(member);
        await consents.Find("[data-consent=Sms] button").ClickAsync(new());
        consents.WaitForAssertion(() => Assert.Contains("Согласие дано", consents.Find("[data-consent=Sms]").TextContent, StringComparison.Ordinal));
        await using (var read = database.Context())
        {
            var kept = Assert.Single(read.Set<ChannelConsent>().ToList());
            Assert.Equal(ChannelsTexts.ConsentVersion, kept.Version);
            Assert.StartsWith("Я согласен(на) получать SMS", kept.Text, StringComparison.Ordinal);
        }

        await consents.Find("[data-consent=Sms] button").ClickAsync(new());
        consents.WaitForAssertion(() => Assert.DoesNotContain("Согласие дано", consents.Markup, StringComparison.Ordinal));
    }

    private IRenderedComponent<TComponent> Open<TComponent>(Actor who) where TComponent : IComponent
    {
        signedIn.SetAuthorized("somebody").SetClaims(new Claim(ClaimTypes.NameIdentifier, who.MemberId!.Value.ToString()));
        return context.Render<TComponent>();
    }

    private static string Plain(string text) => string.Join(' ', text.Replace('\u00A0', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private sealed class Quiet(Channel channel, bool isOpen) : IMessageChannel
    {
        public Channel Channel => channel;

        public bool IsOpen => isOpen;

        public IReadOnlyList<string> Missing => isOpen ? [] : ["Notifications:Key"];

        public long PriceTiyn => 1850;

        public Task<Delivery> SendAsync(Guid id, Recipient to, WrittenMessage written, CancellationToken cancel) => Task.FromResult(Delivery.Taken);
    }
}
