using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Diaspora.Tests.Hosting;

namespace Diaspora.Tests.Kaspi;

/// <summary>The bank's address over HTTP: it always gets a body with 200, and nobody else gets anything.</summary>
public sealed class BillerRequestsTests(BankPortal bank, ProxiedPortal proxied, PortalHost portal)
{
    private const int Requests = 400;
    private const int Seed = 20_261_128;

    private static readonly string[] Odd =
        ["", "%20", "0", "-1", "1e9", "1000000000", "0.001", "2000.00", "%EF%BC%92%EF%BC%90", "%00", "%", "%zz", "%ff%fe", "%0d%0aX:%20y", "%27", "%22", "%3Cx%3E", "&&", "null", "12345678", "%D3%99", "%F0%9F%92%B0", "20260230000000", "99999999999999999999", new('9', 4000)];

    [Fact]
    public async Task Check_AndPay_AreAnsweredInJson()
    {
        var account = await bank.NumberOfAsync("+77010000101");
        var check = await AskAsync($"?command=check&account={account}&sum=200.00");
        Assert.Equal(("", 0, "Участник"), (check.GetProperty("txn_id").GetString(), check.GetProperty("result").GetInt32(), check.GetProperty("fields").GetProperty("field1").GetProperty("@name").GetString()));

        var paid = await TextAsync($"?command=pay&txn_id=555&txn_date=20261128101500&account={account}&sum=2000.00");
        Assert.Equal(0, JsonDocument.Parse(paid).RootElement.GetProperty("result").GetInt32());
        Assert.Equal(paid, await TextAsync("?command=pay&txn_id=555&account=1&sum=1"));
        Assert.Equal(1, await bank.EvidenceAsync("555"));
    }

    [Theory]
    [InlineData("", 5)]
    [InlineData("?command=refund&txn_id=1", 5)]
    [InlineData("?command=check&account=12345678", 1)]
    [InlineData("?command=check", 1)]
    [InlineData("?command=pay&txn_id=901&sum=2000.00", 5)]
    [InlineData("?command=pay&txn_id=902&account=12345678&sum=2000.00", 1)]
    [InlineData("?command=pay&account={0}&sum=2000.00", 5)]
    [InlineData("?command=pay&txn_id=1234567890123456789&account={0}&sum=2000.00", 5)]
    [InlineData("?command=pay&txn_id=903&account={0}&sum=0", 5)]
    [InlineData("?command=pay&txn_id=903&account={0}&sum=-2000", 5)]
    [InlineData("?command=pay&txn_id=903&account={0}&sum=1000000000", 5)]
    [InlineData("?command=pay&txn_id=903&txn_id=904&account={0}&sum=2000", 5)]
    public async Task Ask_WhatCannotBe_IsAnsweredByTheProtocol(string query, int result)
    {
        var account = await bank.NumberOfAsync("+77010000101");
        Assert.Equal(result, (await AskAsync(query.Replace("{0}", account, StringComparison.Ordinal))).GetProperty("result").GetInt32());
        Assert.Equal(0, await bank.EvidenceAsync("903"));
    }

    /// <summary>Calls that no bank makes, from a fixed seed; <c>DIASPORA_FUZZ=long</c> makes fifty times as many.</summary>
    [Fact]
    public async Task Ask_Anything_IsAnsweredWith200AndABody()
    {
        var random = new Random(Seed);
        var account = await bank.NumberOfAsync("+77010000102");
        var count = Environment.GetEnvironmentVariable("DIASPORA_FUZZ") == "long" ? Requests * 50 : Requests;
        for (var number = 0; number < count; number++)
        {
            var query = string.Concat(
                from name in (string[])["command", "txn_id", "txn_date", "account", "sum", "prv_txn"]
                where random.Next(6) > 0
                let value = random.Next(3) == 0 ? Odd[random.Next(Odd.Length)] : name switch { "command" => random.Next(2) == 0 ? "check" : "pay", "txn_id" => $"{7000 + random.Next(50)}", "txn_date" => "20261128101500", "account" => account, "sum" => "1.00", _ => "1" }
                select $"&{name}={value}");
            Assert.InRange((await AskAsync("?" + query)).GetProperty("result").GetInt32(), 0, 5);
        }
    }

    [Theory]
    [InlineData(ProxiedPortal.Bank, HttpStatusCode.OK)]
    [InlineData("203.0.113.6", HttpStatusCode.Forbidden)]
    [InlineData(ProxiedPortal.Bank + ", 203.0.113.6", HttpStatusCode.Forbidden)]
    [InlineData("203.0.113.6, " + ProxiedPortal.Bank, HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.Forbidden)]
    [InlineData("nonsense", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Forbidden)]
    public async Task Ask_FromAnAddress_OnlyTheOneTheWebServerInFrontVouchesForCounts(string? forwarded, HttpStatusCode status)
    {
        using var visitor = new ProxiedVisitor(proxied);
        using var answer = await visitor.SendAsync(HttpMethod.Get, "/kaspi/biller?command=check&account=12345678", null, forwarded is null ? [] : [("X-Forwarded-For", forwarded)]);
        Assert.Equal(status, answer.StatusCode);
        var body = await answer.Content.ReadAsStringAsync();
        if (status == HttpStatusCode.OK)
        {
            Assert.Equal("application/xml", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal("1", XDocument.Parse(body).Root!.Element("result")!.Value);
        }
        else
        {
            Assert.Equal("Forbidden", body);
        }
    }

    [Fact]
    public async Task Ask_WhereThereIsNoContract_FindsNothing()
    {
        using var client = new HttpClient { BaseAddress = portal.Address };
        using var answer = await client.GetAsync("/kaspi/biller?command=check&account=12345678");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<JsonElement> AskAsync(string query) => JsonDocument.Parse(await TextAsync(query)).RootElement;

    private async Task<string> TextAsync(string query)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(bank.Portal.Address.GetLeftPart(UriPartial.Authority) + "/kaspi/biller" + query, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode}: {query}");
        return await answer.Content.ReadAsStringAsync();
    }
}
