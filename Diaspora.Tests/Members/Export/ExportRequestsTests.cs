using System.Net;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Screens;
using Xunit;

namespace Diaspora.Tests.Members.Export;

/// <summary>The files as a browser asks for them.</summary>
public sealed class ExportRequestsTests(PortalHost portal)
{
    [Theory]
    [InlineData("/admin/members/export.csv", "text/csv", "uchastniki-")]
    [InlineData("/admin/members/export.csv?q=aliyev&segment=new&months=no", "text/csv", "uchastniki-")]
    [InlineData("/admin/members/export.xlsx?q=aliyev", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "uchastniki-")]
    [InlineData("/admin/members/payments.csv?q=aliyev", "text/csv", "platezhi-")]
    public async Task Ask_AsACashier_ComesAsAFileThatNobodyKeeps(string address, string type, string name)
    {
        using var cashier = await SignedInAsync("/admin/login", PortalHost.Cashier);

        using var answer = await cashier.GetAsync(address);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith(name, answer.Content.Headers.ContentDisposition?.FileName, StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.True((await answer.Content.ReadAsByteArrayAsync()).Length > 100);
    }

    [Fact]
    public async Task Ask_AsAMember_IsRefused()
    {
        using var member = await SignedInAsync("/auth/login", PortalHost.Debtor);
        using var answer = await member.GetAsync("/admin/members/export.csv");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Send_TickedMembers_AsAForm_ComesAsTheirFile_AndNotWithoutItsToken()
    {
        using var cashier = await SignedInAsync("/admin/login", PortalHost.Cashier);
        var (_, hidden) = await cashier.FormAsync("/admin/members");
        var id = await ExampleData.IdOfDebtorAsync(portal);

        var answer = await cashier.SendAsync(("/admin/members/export.csv", hidden), ("id", id.ToString()));
        var forged = await cashier.SendAsync(("/admin/members/export.csv", []), ("id", id.ToString()));
        var broken = await cashier.SendAsync(("/admin/members/export.csv", hidden), ("id", "не номер"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(2, answer.Page.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (forged.Status, broken.Status));
    }

    private async Task<Visitor> SignedInAsync(string page, Data.Demo.DemoAccount who)
    {
        var visitor = new Visitor(portal);
        await visitor.SendAsync(page, ("Form.Phone", who.Phone), ("Form.Password", who.Password));
        return visitor;
    }
}
