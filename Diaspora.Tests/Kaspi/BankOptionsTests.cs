using Diaspora.Web.Kaspi.Biller;
using Diaspora.Web.Kaspi.Invoices;

namespace Diaspora.Tests.Kaspi;

/// <summary>What is refused at the start: whoever may say that money came is named with care.</summary>
public sealed class BankOptionsTests
{
    [Theory]
    [InlineData("194.187.247.152", null)]
    [InlineData("194.187.247.0/24", null)]
    [InlineData("0.0.0.0/0", "neither an IP address nor a network")]
    [InlineData("kaspi.kz", "neither an IP address nor a network")]
    [InlineData("127.0.0.1", "this machine")]
    [InlineData("::1", "this machine")]
    [InlineData("172.18.0.2", "a web server in front")]
    [InlineData("172.18.0.0/16", "a web server in front")]
    [InlineData("10.7.0.9", "a web server in front")]
    [InlineData("64.0.0.0/2", "this machine")]
    public void Name_AnAddress_IsTheBanksAlone(string address, string? fault)
    {
        var faults = new BillerOptions { Addresses = [address] }.Faults(["172.18.0.2", "10.7.0.0/16"], isDevelopment: false).ToList();
        Assert.True(fault is null ? faults.Count == 0 : Assert.Single(faults).Contains(fault, StringComparison.Ordinal), string.Join('\n', faults));
    }

    [Theory]
    [InlineData("json", null, null, 0)]
    [InlineData("XML", "Diaspora", "4957", 0)]
    [InlineData("yaml", null, null, 1)]
    [InlineData("json", "Diaspora", null, 1)]
    [InlineData("json", "a/../b", "1", 1)]
    public void Name_FormatAndPage_AreOnesThatCanBe(string format, string? service, string? field, int faults) =>
        Assert.Equal(faults, new BillerOptions { Format = format, Service = service, Field = field }.Faults([], isDevelopment: false).Count());

    [Fact]
    public void Link_OfTheService_HasTheNumberFilledIn()
    {
        var biller = new BillerOptions { Enabled = true, Service = "Diaspora", Field = "4957" };
        Assert.Equal("https://kaspi.kz/pay/Diaspora?4957=10040001&started_from=QR", biller.LinkOf("10040001"));
        biller.Enabled = false;
        Assert.Null(biller.LinkOf("10040001"));
    }

    [Theory]
    [InlineData("key", "secret", "https://api.apipay.kz/api/v1", 0)]
    [InlineData(null, null, "https://api.apipay.kz/api/v1", 0)]
    [InlineData("key", null, "https://api.apipay.kz/api/v1", 1)]
    [InlineData("key", "secret", "http://api.apipay.kz/api/v1", 1)]
    public void Name_AnAggregator_NeedsBothSecretsAndAClosedLine(string? key, string? secret, string address, int faults) =>
        Assert.Equal(faults, new ApiPayOptions { ApiKey = key, WebhookSecret = secret, Address = address }.Faults().Count());
}
