using System.Net;
using System.Text.RegularExpressions;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;

namespace Diaspora.Tests.Reports;

/// <summary>The reports as a browser asks for them.</summary>
public sealed partial class ReportRequestsTests(PortalHost portal)
{
    private const string Sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    [Theory]
    [InlineData("/admin/reports/month.csv?month=2026-01", "text/csv", "itogi-2026-01.csv")]
    [InlineData("/admin/reports/month.xlsx?month=2026-01", Sheet, "itogi-2026-01.xlsx")]
    [InlineData("/admin/reports/year.csv?year=2026", "text/csv", "god-2026.csv")]
    [InlineData("/admin/reports/year.xlsx?year=2026", Sheet, "god-2026.xlsx")]
    [InlineData("/admin/reports/matrix.csv?year=2026", "text/csv", "mesyatsy-2026.csv")]
    [InlineData("/admin/reports/matrix.xlsx?year=2026&ticket=8f6a2f5e-0000-0000-0000-000000000001", Sheet, "mesyatsy-2026.xlsx")]
    [InlineData("/admin/reports/debtors.csv", "text/csv", "dolzhniki-")]
    [InlineData("/admin/reports/debtors.xlsx", Sheet, "dolzhniki-")]
    [InlineData("/admin/reports/csv?month=2026-01", "text/csv", "vznosy-2026-01.csv")]
    public async Task Ask_AsACashier_ComesAsAFileThatNobodyKeeps(string address, string type, string name)
    {
        using var cashier = await SignedInAsync("/admin/login", PortalHost.Cashier);
        using var answer = await cashier.GetAsync(address);
        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.StartsWith(name, answer.Content.Headers.ContentDisposition?.FileName, StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Theory]
    [InlineData("/admin/reports/month.csv")]
    [InlineData("/admin/reports/month.csv?month=1999-12")]
    [InlineData("/admin/reports/month.xlsx?month=9999-12")]
    [InlineData("/admin/reports/year.csv?year=0")]
    [InlineData("/admin/reports/matrix.xlsx?year=20266")]
    public async Task Ask_ForAMonthThatIsNone_IsRefused(string address)
    {
        using var cashier = await SignedInAsync("/admin/login", PortalHost.Cashier);
        Assert.Equal(HttpStatusCode.BadRequest, (await cashier.GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task Ask_AsAMember_IsRefused()
    {
        using var member = await SignedInAsync("/auth/login", PortalHost.Debtor);
        foreach (var address in (string[])["/admin/reports", "/admin/reports/matrix", "/admin/reports/list", "/admin/reports/matrix.csv?year=2026", "/admin/reports/debtors.xlsx"])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync(address)).StatusCode);
        }
    }

    /// <summary>Whatever an address says, there is a page; a month that cannot be is the one that it is.</summary>
    [Theory]
    [InlineData("/admin/reports?month=2001-01", "За этот месяц отчёта нет")]
    [InlineData("/admin/reports?month=9999-12", "Месяц ещё открыт")]
    [InlineData("/admin/reports?month=2099-12", "Месяц ещё не наступил")]
    [InlineData("/admin/reports/matrix?year=9999&page=999999999&sort=x", "Участники по месяцам")]
    [InlineData("/admin/reports/list?of=7&month=0000-00&method=99&debt=-1&page=0", "Не оплатили")]
    [InlineData("/admin/reports/list?of=unpaid&city=Нигде", "В этом списке никого нет")]
    [InlineData("/admin/reports/list?of=debtors&debt=4", "4–6 месяцев")]
    [InlineData("/admin/reports/list?of=debtors&debt=1", "· 1 месяц<")]
    [InlineData("/admin/reports/list?of=paid&month=2001-01", "список показывает, как сейчас")]
    [InlineData("/admin/reports/list?of=debtors&debt=13", "13 месяцев и больше<")]
    public async Task Look_WhateverTheAddressSays_IsAPage(string address, string says)
    {
        using var cashier = await SignedInAsync("/admin/login", PortalHost.Cashier);
        Assert.Contains(says, await cashier.ReadAsync(address), StringComparison.Ordinal);
    }

    /// <summary>What three hundred people read in a chat: a month, sums and counts, and not one name.</summary>
    [Fact]
    public async Task Copy_TheSummary_IsSumsAndNobodysName()
    {
        using var cashier = await SignedInAsync("/admin/login", PortalHost.Cashier);
        var text = WebUtility.HtmlDecode(Copied().Match(await cashier.ReadAsync("/admin/reports")).Groups["text"].Value);
        Assert.Matches(@"^\w+\s\d{4}: собрано [\d\s]+₸ из [\d\s]+₸\. Оплатили [\d\s]+ из [\d\s]+\. Спасибо! Оплатить: http://\S+/cabinet/pay$", text);
    }

    private async Task<Visitor> SignedInAsync(string page, Data.Demo.DemoAccount who)
    {
        var visitor = new Visitor(portal);
        await visitor.SendAsync(page, ("Form.Phone", who.Phone), ("Form.Password", who.Password));
        return visitor;
    }

    [GeneratedRegex("data-copy=\"(?<text>[^\"]+)\"")]
    private static partial Regex Copied();
}
