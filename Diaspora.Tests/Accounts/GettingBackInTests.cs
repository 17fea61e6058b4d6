using System.Net;
using System.Text.RegularExpressions;
using Diaspora.Domain.Members;
using Diaspora.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Diaspora.Tests.Accounts;

/// <summary>A portal that sends mail.</summary>
public sealed class PortalWithMail : IDisposable
{
    public PortalWithMail() => Portal = PortalHost.Start(
        Environments.Production,
        ("Admin:Phone", "+7 701 000 09 09"), ("Admin:Password", "верблюд пьёт чай"), ("Admin:FullName", "Алиева Лейла"),
        ("Association:WhatsApp", "8 701 000 00 00"),
        ("Smtp:Host", "127.0.0.1"), ("Smtp:Port", Letters.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("Smtp:UseTls", "false"), ("Smtp:From", "salam@example.kz"),
        ("Site:BaseUrl", "https://portal.example.kz"));

    public PortalHost Portal { get; }

    internal LetterBox Letters { get; } = new();

    public void Dispose()
    {
        Portal.Dispose();
        Letters.Dispose();
    }
}

public sealed partial class GettingBackInTests(PortalWithMail mail) : IClassFixture<PortalWithMail>, IDisposable
{
    private const string OldSecret = "верблюд пьёт чай";
    private const string NewSecret = "гранат упал в море";

    private readonly Visitor _visitor = new(mail.Portal);

    public void Dispose() => _visitor.Dispose();

    [Fact]
    public async Task Forgot_WithAnAddress_SendsALinkThatWorksOnceInTheMembersLanguage()
    {
        using var member = new Visitor(mail.Portal);
        await member.GetAsync("/lang/kk?to=/auth/register");
        await RegisterAsync(member, "+7 702 777 00 01", "aygun@example.kz");
        await _visitor.SendAsync("/auth/forgot", ("Form.Phone", "8 702 777 00 01"));

        var letter = await mail.Letters.TakeAsync();
        Assert.Equal("aygun@example.kz", letter.To.Mailboxes.Single().Address);
        Assert.Equal("Кабинетке жаңа құпиясөз", letter.Subject);
        var link = new Uri(Link().Match(letter.TextBody!).Value);
        Assert.Equal("portal.example.kz", link.Host);

        var answer = await _visitor.SendAsync(link.PathAndQuery, ("Form.Password", NewSecret));
        Assert.EndsWith("/cabinet", answer.Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _visitor.GetAsync("/cabinet")).StatusCode);

        using var stranger = new Visitor(mail.Portal);
        Assert.Contains("Ссылка уже использована", await stranger.ReadAsync(link.PathAndQuery), StringComparison.Ordinal);
        Assert.EndsWith("/cabinet", (await SignInAsync(stranger, "+7 702 777 00 01", NewSecret)).Location, StringComparison.Ordinal);

        // The portal speaks to her in her language, whatever this browser spoke before.
        Assert.Contains("lang=\"kk\"", await stranger.ReadAsync("/about"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forgot_KnownAndUnknownPhones_AreAnsweredTheSame()
    {
        await RegisterAsync(new Visitor(mail.Portal), "+7 702 777 00 02", "");

        var known = await _visitor.SendAsync("/auth/forgot", ("Form.Phone", "+7 702 777 00 02"));
        var unknown = await _visitor.SendAsync("/auth/forgot", ("Form.Phone", "+7 702 777 99 99"));

        Assert.Equal((known.Status, known.Location), (unknown.Status, unknown.Location));
        var page = await _visitor.ReadAsync(new Uri(mail.Portal.Address, known.Location).PathAndQuery);
        Assert.Contains("Если этот номер зарегистрирован и в кабинете указан e-mail, письмо уже в пути", page, StringComparison.Ordinal);
        Assert.Contains("https://wa.me/77010000000", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_OfABlockedMember_SaysWhyNotAndOnlyToWhoKnowsThePassword()
    {
        const string phone = "+7 702 777 00 03";
        await RegisterAsync(new Visitor(mail.Portal), phone, "");
        await BlockAsync(phone);

        Assert.Contains("Кабинет заблокирован", (await SignInAsync(_visitor, phone, OldSecret)).Page, StringComparison.Ordinal);
        Assert.Contains("Телефон или пароль не подходят", (await SignInAsync(_visitor, phone, NewSecret)).Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_AFloodFromOneAddress_IsRefusedAndKeepsWhatWasTyped()
    {
        using var portal = PortalHost.Start(Environments.Production, ("Limits:RegisterPerAddress", "1"));
        using var visitor = new Visitor(portal);
        await visitor.SendAsync("/auth/register", ("Form.FullName", "Велиев"));

        var answer = await visitor.SendAsync("/auth/register", ("Form.FullName", "Велиев Тимур"));

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.Contains("Слишком много попыток", answer.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"Велиев Тимур\"", answer.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_ALinkToALanguage_ChangesThisBrowserAndNotTheProfile()
    {
        const string phone = "+7 702 777 00 04";
        using var member = new Visitor(mail.Portal);
        await RegisterAsync(member, phone, "");
        await member.GetAsync("/lang/kk?to=/cabinet");
        Assert.Contains("lang=\"kk\"", await member.ReadAsync("/about"), StringComparison.Ordinal);

        await SignInAsync(_visitor, phone, OldSecret);

        Assert.Contains("lang=\"ru\"", await _visitor.ReadAsync("/about"), StringComparison.Ordinal);
    }

    private async Task BlockAsync(string phone)
    {
        await using var scope = mail.Portal.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IStore>();
        var (admin, member) = await store.ReadAsync(async work =>
            (await work.Members.IdOfAsync(PhoneNumber.Parse("+7 701 000 09 09")), await work.Members.IdOfAsync(PhoneNumber.Parse(phone))));
        await scope.ServiceProvider.GetRequiredService<MemberService>().BlockAsync(new Actor(admin, null, null), member!.Value, new BlockMemberForm { Reason = "Двойная запись" });
    }

    private static async Task RegisterAsync(Visitor visitor, string phone, string email)
    {
        var answer = await visitor.SendAsync(
            "/auth/register", ("Form.FullName", "Мамедова Айгюн"), ("Form.Phone", phone), ("Form.Password", OldSecret), ("Form.Email", email), ("Form.Consent", "true"));
        Assert.EndsWith("/cabinet", answer.Location, StringComparison.Ordinal);
    }

    private static Task<Answer> SignInAsync(Visitor visitor, string phone, string password) =>
        visitor.SendAsync("/auth/login", ("Form.Phone", phone), ("Form.Password", password));

    [GeneratedRegex(@"https://\S+")]
    private static partial Regex Link();
}
