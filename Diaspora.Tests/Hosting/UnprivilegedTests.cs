using System.Net;
using Diaspora.Tests.Accounts;

namespace Diaspora.Tests.Hosting;

/// <summary>What the image promises, where no engine runs it: the portal needs no right, and nothing of its program is written.</summary>
[Collection(typeof(OfPublishedPortal))]
public sealed class UnprivilegedTests(PublishedPortal portal)
{
    [Fact]
    public async Task Run_AsNobodyFromAFolderItCannotWrite_ServesAndWritesIntoItsStorageAlone()
    {
        Assert.SkipWhen(portal.WithRightsBecause is not null, $"The portal ran with the rights of the tests. {portal.WithRightsBecause}");
        var cancel = TestContext.Current.CancellationToken;

        var about = (await File.ReadAllLinesAsync($"/proc/{portal.ProcessId}/status", cancel)).Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim());
        Assert.Equal(string.Join('\t', Enumerable.Repeat(Unprivileged.User, 4)), about["Uid"]);
        Assert.Equal("", about["Groups"]);
        Assert.Equal("0000000000000000", about["CapBnd"]);
        Assert.Equal("1", about["NoNewPrivs"]);
        var (refused, _) = await Unprivileged.RunAsync(Unprivileged.Start("touch", Path.Combine(portal.Folder, "Diaspora.Web.dll")));
        Assert.NotEqual(0, refused);

        using var admin = new Visitor(portal.Address);
        using var health = await admin.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        var answer = await admin.SendAsync("/auth/login", ("Form.Phone", PublishedPortal.Admin.Phone), ("Form.Password", PublishedPortal.Admin.Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        using var page = await admin.GetAsync("/admin/members");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);

        // The database and the keys its cookies are sealed with.
        Assert.True(File.Exists(Path.Combine(portal.Data, "diaspora.db")));
        Assert.NotEmpty(Directory.EnumerateFiles(portal.Data, "key-*.xml", SearchOption.AllDirectories));
    }
}
