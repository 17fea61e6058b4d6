using System.Net;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Microsoft.Extensions.Hosting;

namespace Diaspora.Tests.Rights;

/// <summary>Over HTTP: what whoever has yet to agree can reach.</summary>
public sealed class ConsentRequestsTests
{
    private const string Question = "Нужно ваше согласие";

    [Fact]
    public async Task Open_BeforeAgreeing_AsksOrLeadsToTheQuestion()
    {
        using var portal = PortalHost.Start(Environments.Development, ("Consent:Version", "2026-12"));
        using var member = new Visitor(portal);
        await member.SendAsync("/auth/login", ("Form.Phone", PortalHost.Debtor.Phone), ("Form.Password", PortalHost.Debtor.Password));
        Assert.Contains(Question, await member.ReadAsync("/cabinet"), StringComparison.Ordinal);
        Assert.DoesNotContain("Салам", await member.ReadAsync("/cabinet"), StringComparison.Ordinal);
        Assert.Contains(Question, await member.ReadAsync("/cabinet/pay"), StringComparison.Ordinal);
        Assert.Contains(Question, await member.ReadAsync("/cabinet/consent"), StringComparison.Ordinal);
        Assert.DoesNotContain(Question, await member.ReadAsync("/cabinet/data"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await member.GetAsync("/cabinet/data.json")).StatusCode);

        foreach (var plain in (string[])["/cabinet/password", "/cabinet/payments/paper.pdf?year=2026", "/CABINET/PASSWORD"])
        {
            using var answer = await member.GetAsync(plain);
            Assert.Equal((HttpStatusCode.SeeOther, "/cabinet"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        }

        using var sent = await member.PostAsync(("/cabinet/pay/start", []), ("months", "2026-01"));
        Assert.Equal((HttpStatusCode.SeeOther, "/cabinet"), (sent.StatusCode, sent.Headers.Location?.ToString()));

        using var cashier = new Visitor(portal);
        await cashier.SendAsync("/auth/login", ("Form.Phone", PortalHost.Cashier.Phone), ("Form.Password", PortalHost.Cashier.Password));
        Assert.DoesNotContain(Question, await cashier.ReadAsync("/cabinet"), StringComparison.Ordinal);
    }
}
