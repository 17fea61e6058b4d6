using Diaspora.Data.Demo;
using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using SkiaSharp;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Journeys;

/// <summary>Three owed months in one transfer, from the phone to the cashier and back. On a portal of its own: it changes what others count.</summary>
[Trait("needs", "browser")]
public sealed class DebtJourneyTests(Chromium chromium)
{
    private static readonly DemoAccount Member = new("owes three months", "+77019990003", "nar-va-alma-26");

    [Fact]
    public async Task Pay_ThreeOwedMonthsAtOnce_IsSeenConfirmedInPartAndThenWhole()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await AddDebtorAsync(portal);
        await using var laptop = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var queue = await laptop.SignInAsync(PortalHost.Cashier, "/admin/login");
        await queue.AliveAsync();
        await queue.MarkAsync();

        await using var phone = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var member = await phone.SignInAsync(Member, to: "/cabinet/pay");
        await member.AliveAsync();
        await member.GetByRole(AriaRole.Link, new PageGetByRoleOptions { NameRegex = new("^Оплатить весь долг") }).ClickAsync();
        await Expect(member.GetByText("3\u00A0×\u00A02\u00A0000\u00A0₸")).ToBeVisibleAsync();
        await member.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Создать платёж" }).ClickAsync();
        await Expect(member).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/cabinet/pay/[0-9a-f-]{36}"));
        var id = new Uri(member.Url).Segments[^1];
        await member.MarkAsync();
        await member.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "снимок.png", MimeType = "image/png", Buffer = Screenshot() });
        await Expect(member.GetByText("снимок").First).ToBeVisibleAsync();
        await member.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Я оплатил(а)" }).ClickAsync();
        await Expect(member.GetByText("На проверке").First).ToBeVisibleAsync();

        await queue.Locator($".q-row:has([data-intent='{id}']) a.name").ClickAsync();
        var panel = queue.Locator("aside.panel");
        await panel.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameRegex = new("^Подтвердить .+") }).First.ClickAsync();
        var paid = member.Locator(".summary dd").GetByText("Оплачено", new LocatorGetByTextOptions { Exact = true });
        await Expect(paid).ToHaveCountAsync(1);
        await Expect(member.GetByText("На проверке").First).ToBeVisibleAsync();

        // The row's own button: the panel's takes no press for a moment after its months changed under it.
        await queue.Locator($"[data-intent='{id}']").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Подтвердить" }).ClickAsync();
        await Expect(paid).ToHaveCountAsync(3);
        await Expect(member.GetByText("На проверке")).ToHaveCountAsync(0);
        await member.StayedAsync();
        await queue.StayedAsync();

        await member.GotoAsync("/cabinet");
        await Expect(member.Locator(".status")).Not.ToContainTextAsync("Просрочен");
    }

    /// <summary>Owes exactly three months, whatever day it is: the current one is owed only after its deadline.</summary>
    private static async Task AddDebtorAsync(PortalHost portal)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var clock = scope.ServiceProvider.GetRequiredService<TimeProvider>();
        var now = clock.GetUtcNow().UtcDateTime;
        var rules = scope.ServiceProvider.GetRequiredService<CurrentSettings>().Rules;
        var current = rules.PeriodOf(now);
        var joined = current.AddMonths(rules.DayOf(now) > rules.DeadlineOf(current) ? -2 : -3);
        var phone = PhoneNumber.Parse(Member.Phone);
        var person = new Diaspora.Domain.Members.Member(MemberNumber.FromBody(MemberNumber.Last), "Надирова Севиль", phone, Role.Member, joined.FirstDay, now);
        person.Consent(RegistrationService.ConsentVersion, now);
        var hash = await scope.ServiceProvider.GetRequiredService<IPasswords>().HashAsync(Member.Password);
        await scope.ServiceProvider.GetRequiredService<IStore>().WriteAsync(async work =>
        {
            work.Members.Add(person);
            await work.Accounts.CreateAsync(person.Id, phone, hash);
            return true;
        });
    }

    private static byte[] Screenshot()
    {
        using var picture = new SKBitmap(1080, 2340);
        picture.Erase(SKColors.WhiteSmoke);
        using var encoded = picture.Encode(SKEncodedImageFormat.Png, 100);
        return encoded.ToArray();
    }
}
