using Diaspora.Data;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Instances;
using Diaspora.Tests.Notifications;
using Diaspora.Tests.Screens;
using Diaspora.Web.Shell.Guard;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Journeys;

/// <summary>A cashier confirms in one browser: the member's open page turns green, and a letter and a word on the phone come once, in the member's language.</summary>
[Trait("needs", "browser")]
public sealed class TellingJourneyTests(Chromium chromium)
{
    private const string Mail = "member@example.kz";

    [Fact]
    public async Task Confirm_InOneBrowser_IsToldOnceByMailAndOnThePhone()
    {
        using var mail = new MailServer();
        await using var push = await PushService.StartAsync();
        var settings = mail.Settings.Select(setting => setting.TrimStart('-').Split('=', 2)).Select(pair => (pair[0], pair[1]));
        using var portal = PortalHost.Start(Environments.Development, [.. settings, ("Notifications:Push:Services:0", push.Origin)]);

        // Known once it listens: pages live at the site's own address only.
        portal.Services.GetRequiredService<IOptions<SiteOptions>>().Value.BaseUrl = portal.Address.GetLeftPart(UriPartial.Authority);
        var intentId = await ExampleData.IntentOfDebtorAsync(portal);
        var debtor = await ReachableAsync(portal, push.Address("phone"));

        await using var phone = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var member = await phone.SignInAsync(PortalHost.Debtor, to: $"/cabinet/pay/{intentId}");
        await member.AliveAsync();
        await member.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Мен төледім" }).ClickAsync();
        await Expect(member.GetByText("Тексерілуде").First).ToBeVisibleAsync();
        await member.MarkAsync();

        await using var laptop = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var queue = await laptop.SignInAsync(PortalHost.Cashier, "/admin/login");
        await queue.AliveAsync();
        await queue.Locator($"[data-intent='{intentId}']").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Подтвердить" }).ClickAsync();
        await Expect(member.GetByText("Төленді").First).ToBeVisibleAsync();
        await member.StayedAsync();

        // All are marked as sent, so nothing is on its way any more; one of them tells of the phone that the member came with.
        var told = await EndedAsync(portal, debtor);
        Assert.All(told, message => Assert.Equal(("kk", MessageState.Sent), (message.Language, message.State)));
        Assert.Equal([Channel.Mail, Channel.Push], told.Where(message => message.Cause == Cause.PaymentConfirmed).Select(message => message.Channel).Order());
        var ids = told.Where(message => message.Channel == Channel.Mail).ToDictionary(message => $"{message.Id:N}", message => message.Cause);
        Assert.Equal(ids.Keys.Order(), mail.Letters.Select(letter => letter.MessageId!.Split('@')[0]).Order());
        var letter = mail.Letters.Single(letter => ids[letter.MessageId!.Split('@')[0]] == Cause.PaymentConfirmed);
        Assert.Equal((Mail, true), (letter.To.ToString(), letter.Subject!.StartsWith("Жарна", StringComparison.Ordinal)));
        Assert.Equal(Enumerable.Repeat("phone", told.Count(message => message.Channel == Channel.Push)), push.Asked.Select(asked => asked.Path));
    }

    /// <summary>The debtor, with an address, a phone that is told, and Kazakh.</summary>
    private static async Task<Guid> ReachableAsync(PortalHost portal, PushAddress phone)
    {
        var id = await ExampleData.IdOfAsync(portal, PortalHost.Debtor);
        await using var scope = portal.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PushDeviceService>().AddAsync(new Actor(id, "127.0.0.1", "tests"), phone);
        await using var context = scope.ServiceProvider.GetRequiredService<IContextFactory>().Create();
        Assert.Equal(1, await context.Members.Where(member => member.Id == id).ExecuteUpdateAsync(set => set.SetProperty(member => member.Email, Mail).SetProperty(member => member.Language, "kk")));
        return id;
    }

    private static async Task<IReadOnlyList<Message>> EndedAsync(PortalHost portal, Guid memberId)
    {
        IReadOnlyList<Message> told = [];
        await Until.TrueAsync(() =>
        {
            using var context = portal.Services.GetRequiredService<IContextFactory>().Create();
            told = [.. context.Set<Message>().AsNoTracking().Where(message => message.MemberId == memberId)];
            return told.Any(message => message.Cause == Cause.PaymentConfirmed) && told.All(message => message.State is not (MessageState.Waiting or MessageState.Sending));
        });
        return told;
    }
}
