using System.Net;
using Diaspora.Tests.Hosting;

namespace Diaspora.Tests.Accounts;

/// <summary>The pages for strangers as a browser without scripts sees them.</summary>
public sealed class SignInPagesTests(PortalHost portal) : IDisposable
{
    private const string Secret = "верблюд пьёт чай";
    private static int s_lastPhone = 1000 + Random.Shared.Next(1000);

    private readonly Visitor _visitor = new(portal);

    public void Dispose() => _visitor.Dispose();

    [Fact]
    public async Task Register_WithEverythingRight_LeadsToTheCabinetSignedIn()
    {
        var answer = await RegisterAsync(NewPhone());

        Assert.Equal((HttpStatusCode.Redirect, "/cabinet"), (answer.Status, answer.Location?[^8..]));
        Assert.Equal(HttpStatusCode.OK, (await _visitor.GetAsync("/cabinet")).StatusCode);
    }

    [Fact]
    public async Task Register_WithWrongFields_KeepsWhatWasTypedExceptThePassword()
    {
        var answer = await _visitor.SendAsync("/auth/register", ("Form.FullName", "Велиев"), ("Form.Phone", "+7 701 555 01"), ("Form.Password", "12345"), ("Form.City", "Қызылорда"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("Проверьте четыре поля", answer.Page, StringComparison.Ordinal);
        Assert.Contains("Не хватает двух цифр. Пример: +7 701 555 01 42", answer.Page, StringComparison.Ordinal);
        Assert.Contains("Слишком короткий: 5 символов из 8", answer.Page, StringComparison.Ordinal);
        Assert.Contains("Без согласия мы не можем создать кабинет", answer.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"Велиев\"", answer.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"Қызылорда\"", answer.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("12345\"", answer.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_PhoneOfSomeoneElse_OffersSignInAndHelp()
    {
        var answer = await RegisterAsync(PortalHost.Debtor.Phone);

        Assert.Contains("Этот номер уже зарегистрирован. <a href=\"/auth/login\">Войти?</a>", answer.Page, StringComparison.Ordinal);
        Assert.Contains("href=\"/auth/forgot\"", answer.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_TheSameFormTwice_SignsInBothTimes()
    {
        var phone = NewPhone();
        var form = await _visitor.FormAsync("/auth/register");
        using var other = new Visitor(portal);
        var again = await other.FormAsync("/auth/register");

        var answers = await Task.WhenAll(_visitor.SendAsync(form, Fields(phone)), other.SendAsync(again, Fields(phone)));

        Assert.All(answers, answer => Assert.EndsWith("/cabinet", answer.Location, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Register_SentAgainFromAnOldTab_LeadsOnInsteadOfFailing()
    {
        var form = await _visitor.FormAsync("/auth/register");
        var phone = NewPhone();
        await _visitor.SendAsync(form, Fields(phone));

        var again = await _visitor.SendAsync(form, Fields(phone));

        Assert.Equal((HttpStatusCode.Redirect, "/cabinet"), (again.Status, again.Location));
    }

    [Fact]
    public async Task SignIn_UnknownPhoneAndWrongPassword_ReadTheSame()
    {
        var unknown = await SignInAsync(_visitor, NewPhone(), "wrong password");
        var known = await SignInAsync(_visitor, (await RegisteredAsync()).Phone, "wrong password");

        Assert.Equal(Note(unknown.Page), Note(known.Page));
        Assert.Contains("Осталось 4 попытки, затем пауза 1 минута", known.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_TooManyWrongPasswords_PausesStrangersButNotTheOwnersDevice()
    {
        var (owner, phone) = await RegisteredAsync();
        await SignOutAsync(owner);
        Answer last = null!;
        for (var attempt = 0; attempt < 6; attempt++)
            last = await SignInAsync(_visitor, phone, "wrong password");

        Assert.Equal(HttpStatusCode.TooManyRequests, last.Status);
        Assert.Contains("Слишком много попыток", last.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await SignInAsync(_visitor, phone, Secret)).Status);
        Assert.EndsWith("/cabinet", (await SignInAsync(owner, phone, Secret)).Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/cabinet/payments", "/cabinet/payments")]
    [InlineData("https://evil.example/", "/cabinet")]
    [InlineData("//evil.example", "/cabinet")]
    [InlineData("/\\evil.example", "/cabinet")]
    [InlineData("/auth/logout", "/cabinet")]
    [InlineData("/admin/payments", "/cabinet")]
    public async Task SignIn_OfAMember_LeadsOnlyToAPageOfTheirs(string returnUrl, string expected)
    {
        var (owner, phone) = await RegisteredAsync();
        await SignOutAsync(owner);

        var answer = await SignInAsync(owner, phone, Secret, $"/auth/login?returnUrl={Uri.EscapeDataString(returnUrl)}");

        Assert.Equal(expected, new Uri(portal.Address, answer.Location).PathAndQuery);
        Assert.Equal(portal.Address.Host, new Uri(portal.Address, answer.Location).Host);
    }

    [Fact]
    public async Task SignIn_OfStaff_LeadsToTheQueue()
    {
        var answer = await SignInAsync(_visitor, PortalHost.Cashier.Phone, PortalHost.Cashier.Password, "/admin/login");

        Assert.EndsWith("/admin/payments", answer.Location, StringComparison.Ordinal);
        Assert.Equal("/admin/payments", (await _visitor.GetAsync("/auth/login")).Headers.Location?.ToString());
    }

    [Fact]
    public async Task SignOut_WithoutTheTokenOfTheForm_IsRefused()
    {
        var (owner, _) = await RegisteredAsync();

        var answer = await owner.SendAsync(("/auth/logout", []));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/cabinet")).StatusCode);
    }

    [Fact]
    public async Task Reset_WithASpentLink_SaysSoBeforeTheForm()
    {
        var page = await _visitor.ReadAsync($"/auth/reset?member={Guid.NewGuid()}&token=abc");

        Assert.Contains("Ссылка уже использована или устарела", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", page, StringComparison.Ordinal);
    }

    private static string Note(string page) => page[page.IndexOf("role=\"alert\"", StringComparison.Ordinal)..page.IndexOf("<form", StringComparison.Ordinal)];

    private static string NewPhone() => $"+7 702 888 {Interlocked.Increment(ref s_lastPhone)}";

    private static (string, string)[] Fields(string phone) =>
        [("Form.FullName", "Гасанов Рустам"), ("Form.Phone", phone), ("Form.Password", Secret), ("Form.Consent", "true")];

    private Task<Answer> RegisterAsync(string phone) => _visitor.SendAsync("/auth/register", Fields(phone));

    private async Task<(Visitor Owner, string Phone)> RegisteredAsync()
    {
        var (owner, phone) = (new Visitor(portal), NewPhone());
        var answer = await owner.SendAsync("/auth/register", Fields(phone));
        Assert.EndsWith("/cabinet", answer.Location, StringComparison.Ordinal);
        return (owner, phone);
    }

    private static Task<Answer> SignInAsync(Visitor visitor, string phone, string password, string path = "/auth/login") =>
        visitor.SendAsync(path, ("Form.Phone", phone), ("Form.Password", password));

    private static async Task SignOutAsync(Visitor visitor)
    {
        var answer = await visitor.SendAsync("/cabinet");
        Assert.Equal("/", answer.Location);
    }
}
