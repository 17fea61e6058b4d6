using System.Globalization;
using System.Security.Claims;
using Bunit;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Storage;
using Diaspora.Web.Dues;
using Diaspora.Web.Notifications;
using Diaspora.Web.Notifications.Admin;
using Diaspora.Web.Shared;
using Diaspora.Web.Shared.Fields;
using Diaspora.Web.Shared.Refusals;
using Diaspora.Web.Shell;
using Diaspora.Web.Shell.Guard;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MudBlazor.Services;

namespace Diaspora.Tests.Notifications;

/// <summary>The pages on which an admin edits what messages say, over a real file.</summary>
public sealed class MessagePageTests : IAsyncLifetime
{
    private readonly (CultureInfo Culture, CultureInfo Ui) before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private readonly BunitContext context = new();
    private readonly TestDatabase database = new();
    private Actor admin = null!;

    public MessagePageTests() => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        admin = await database.AddAdminAsync();
        context.Services.AddMudServices();
        context.Services.AddLocalization().AddLogging().AddSingleton<TimeProvider>(database.Clock).AddSingleton(database.Rules.Zone).AddSingleton(database.Settings).AddSingleton<IChangeFeed>(database.Feed)
            .AddSingleton(database.Get<CurrentMessageTexts>()).AddSingleton(database.Get<MessageTextService>()).AddSingleton(Options.Create(new SiteOptions { BaseUrl = "https://portal.example.kz" }))
            .AddScoped<CurrentActor>().AddSingleton<Wording>().AddScoped<ProblemWords>().AddScoped<FormRules>().AddSingleton<PeriodWords>().AddMessageWriter();
        context.JSInterop.Mode = JSRuntimeMode.Loose;
        context.AddBunitPersistentComponentState();
        context.AddAuthorization().SetAuthorized("admin").SetClaims(new Claim(ClaimTypes.NameIdentifier, admin.MemberId!.Value.ToString()));
        context.SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", isInteractive: true));
    }

    public async ValueTask DisposeAsync()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        await context.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public void Type_AText_ShowsWhatAMemberWouldReadAndHowLongItIs()
    {
        var page = Open("Reminder", "Mail");
        Assert.Contains("Напоминаем о членском взносе: февраль и март. К оплате 4 000 ₸.", Example(page, "ru"), StringComparison.Ordinal);
        Assert.Contains("https://portal.example.kz/cabinet/pay", Example(page, "ru"), StringComparison.Ordinal);
        Assert.Contains("ақпан және наурыз", Example(page, "kk"), StringComparison.Ordinal);

        Type(page, "text-ru", "{имя}, ждём {сумма}");
        page.WaitForAssertion(() => Assert.EndsWith("Рашад, ждём 4 000 ₸", Example(page, "ru"), StringComparison.Ordinal));
        Assert.Equal("Знаков вместе с подставленным: 19", Plain(page.Find("#length-ru").TextContent));
        Assert.Contains("Подставится само: {имя}, {месяцы}, {сумма}, {ссылка}, {портал}", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Save_AWrongWord_SaysSoBesideItAndKeepsWhatWasTyped()
    {
        var page = Open("Reminder", "Push");
        Type(page, "title-ru", "Взнос");
        Type(page, "text-ru", "Ждём {сумма}");
        page.FindAll("form")[0].Submit();

        page.WaitForAssertion(() => Assert.Equal("Слово «сумма» здесь не подставляется. Здесь можно: имя, месяцы, портал", Plain(page.Find("#text-ru-problem").TextContent)));
        Assert.Equal("Взнос", page.Find("#title-ru").GetAttribute("value"));
        Assert.NotEqual("Взнос", database.Get<CurrentMessageTexts>().Of(new MessageTextKey(Cause.Reminder, Channel.Push, "ru")).Title);
    }

    [Fact]
    public void SaveAndRestore_AText_IsSentAndThenThePortalsOwnAgain()
    {
        var page = Open("Reminder", "Push");
        var (key, own) = (new MessageTextKey(Cause.Reminder, Channel.Push, "ru"), page.Find("#title-ru").GetAttribute("value")!);
        Assert.Empty(Restores(page));
        Type(page, "title-ru", "Взнос");
        page.FindAll("form")[0].Submit();
        page.WaitForAssertion(() => Assert.Contains("Изменил(а) Нигяр Керимова, сегодня, 12:00.", Plain(page.Markup), StringComparison.Ordinal));
        Assert.Equal("Взнос", database.Get<CurrentMessageTexts>().Of(key).Title);

        Restores(page).Single().Click();
        Assert.Equal((own, "Взнос"), (page.Find("#title-ru").GetAttribute("value"), database.Get<CurrentMessageTexts>().Of(key).Title));
        Assert.Contains("вернутся, когда вы сохраните", page.Markup, StringComparison.Ordinal);
        page.FindAll("form")[0].Submit();
        page.WaitForAssertion(() => Assert.Equal(own, database.Get<CurrentMessageTexts>().Of(key).Title));
        page.WaitForAssertion(() => Assert.Empty(Restores(page)));
    }

    [Fact]
    public async Task Save_WhatAColleagueChangedToo_OffersBoth()
    {
        var page = Open("Reminder", "Push");
        Type(page, "title-ru", "Взнос");
        var theirs = EditMessageTextForm.Of((await database.Get<MessageTextService>().DetailsAsync(admin, Cause.Reminder, Channel.Push))[0]);
        theirs.Title = "Ваш взнос";
        await database.Get<MessageTextService>().EditAsync(admin, theirs);

        page.FindAll("form")[0].Submit();
        page.WaitForAssertion(() => Assert.Contains("Теперь в нём: Ваш взнос", Plain(page.Find(".conflict").TextContent), StringComparison.Ordinal));
        page.FindAll(".conflict button")[1].Click();
        Assert.Equal("Ваш взнос", page.Find("#title-ru").GetAttribute("value"));
    }

    [Fact]
    public void Type_ForSms_CountsPartsOfWhatIsSent()
    {
        var details = new MessageTextDetails(new MessageTextKey(Cause.Reminder, Channel.Sms, "ru"), new MessageWording("Взнос", "{имя}"), new MessageWording("Взнос", "{имя}"), null, null);
        var card = context.Render<MessageTextCard>(parameters => parameters.Add(one => one.Details, details));
        Assert.Equal("Знаков вместе с подставленным: 5 · 1 часть SMS", Plain(card.Find("#length-ru").TextContent));
        card.Find("#text-ru").Input(new string('я', 71));
        card.Find("#text-ru").Blur();
        card.WaitForAssertion(() => Assert.Equal("Знаков вместе с подставленным: 71 · 2 части SMS", Plain(card.Find("#length-ru").TextContent)));
    }

    [Theory]
    [InlineData("Reminder", "Fax")]
    [InlineData("20", "1")]
    [InlineData("Reminder", "WhatsApp")]
    public void Open_ATextThatThereIsNot_IsNotFound(string cause, string channel)
    {
        var found = true;
        context.Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().OnNotFound += (_, _) => found = false;
        context.Render<MessagePage>(parameters => parameters.Add(one => one.CauseName, cause).Add(one => one.ChannelName, channel));
        Assert.False(found);
    }

    [Fact]
    public async Task List_AfterAnEdit_SaysWhichOneIsNotThePortals()
    {
        var page = context.Render<MessagesPage>();
        page.WaitForElement("h2");
        Assert.Equal(["Участникам", "Кассирам и администраторам"], page.FindAll("h2").Select(title => title.TextContent.Trim()));
        Assert.Empty(page.FindAll(".cap"));
        Assert.Contains(page.FindAll("a"), link => link.GetAttribute("href") == "/admin/messages/ClaimsWaiting/Push");

        var form = EditMessageTextForm.Of((await database.Get<MessageTextService>().DetailsAsync(admin, Cause.Reminder, Channel.Mail))[1]);
        form.Title = "Жарна";
        await database.Get<MessageTextService>().EditAsync(admin, form);
        page.WaitForAssertion(() => Assert.Single(page.FindAll(".cap")));
    }

    private static IEnumerable<AngleSharp.Dom.IElement> Restores(IRenderedComponent<MessagePage> page) => page.FindAll("button").Where(button => button.TextContent.Contains("Вернуть прежний текст", StringComparison.Ordinal));

    private static string Example(IRenderedComponent<MessagePage> page, string language) => Plain(page.Find($"#example-{language} blockquote").TextContent);

    private IRenderedComponent<MessagePage> Open(string cause, string channel)
    {
        var page = context.Render<MessagePage>(parameters => parameters.Add(one => one.CauseName, cause).Add(one => one.ChannelName, channel));
        page.WaitForElement("form");
        return page;
    }

    private static void Type(IRenderedComponent<MessagePage> page, string id, string text)
    {
        page.Find($"#{id}").Input(text);
        page.Find($"#{id}").Blur();
        page.WaitForAssertion(() => Assert.Contains(text.Split('{')[0], Plain(page.Find($"#example-{id[^2..]}").TextContent), StringComparison.Ordinal));
    }

    private static string Plain(string text) => text.Replace('\u00A0', ' ').Trim();
}
