using System.Net;
using Diaspora.Tests.Hosting;

namespace Diaspora.Tests.Accounts;

/// <summary>Whoever registers is told of everything at once, and not of the next thing after each try.</summary>
public sealed class RegisterProblemsTests(PortalHost portal)
{
    [Fact]
    public async Task Register_TakenPhoneWeakPasswordAndNoConsent_TellsAllThree()
    {
        using var visitor = new Visitor(portal);
        var answer = await visitor.SendAsync("/auth/register", ("Form.FullName", "Алиев"), ("Form.Phone", PortalHost.Debtor.Phone), ("Form.Password", "qwerty12345"));

        foreach (var sentence in (string[])["Этот номер уже зарегистрирован", "Такой пароль подбирают первым", "Без согласия", "Нужны и фамилия, и имя"])
        {
            Assert.Contains(sentence, answer.Page, StringComparison.Ordinal);
        }
    }

    /// <summary>A number that the association knows from a list looks like a free one until the form is right.</summary>
    [Fact]
    public async Task Register_FreePhoneAndNoConsent_SaysNothingOfThePhone()
    {
        using var visitor = new Visitor(portal);
        var answer = await visitor.SendAsync("/auth/register", ("Form.FullName", "Алиев Рашад"), ("Form.Phone", "+7 702 999 00 17"), ("Form.Password", "xəzər-dənizi-7"));

        Assert.Contains("Без согласия", answer.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("зарегистрирован.", answer.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/auth/register")]
    [InlineData("/auth/login")]
    [InlineData("/admin/login")]
    public async Task Send_AForeignNumberAsDialledAtHome_SaysToBeginWithThePlus(string page)
    {
        using var visitor = new Visitor(portal);
        Assert.Contains("Начните с + и кода страны", (await visitor.SendAsync(page, ("Form.Phone", "0532 123 45 67"))).Page, StringComparison.Ordinal);
    }

    /// <summary>No page sends such a form; somebody else may.</summary>
    [Theory]
    [InlineData("/auth/register")]
    [InlineData("/auth/login")]
    public async Task Send_AFormWithoutItsFields_IsToldWhatIsMissing(string page)
    {
        using var visitor = new Visitor(portal);
        var answer = await visitor.SendAsync(page);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("Напишите номер телефона", answer.Page, StringComparison.Ordinal);
    }
}
