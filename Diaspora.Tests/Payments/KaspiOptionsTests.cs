using Diaspora.Web.Payments;

namespace Diaspora.Tests.Payments;

public sealed class KaspiOptionsTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("https://pay.kaspi.kz/pay/abc123", true)]
    [InlineData("https://kaspi.kz/pay/Diaspora?service_id=1", true)]
    [InlineData("http://pay.kaspi.kz/pay/abc123", false)]
    [InlineData("https://pay.kaspi.kz.example.org/pay/abc", false)]
    [InlineData("https://pay.kaspi.kz@example.org/pay/abc", false)]
    [InlineData("https://user@pay.kaspi.kz/pay/abc", false)]
    [InlineData("https://pay.kaspi.kz:8443/pay/abc", false)]
    [InlineData("https://pay.kaspi.kz/pay/", false)]
    [InlineData("https://pay.kaspi.kz/login", false)]
    [InlineData("javascript:alert(1)", false)]
    public void Check_Link_TakesOnlyPagesOfPayingAtKaspi(string? link, bool isGood) => Assert.Equal(isGood, new KaspiOptions { Link = link }.HasGoodLink);
}
