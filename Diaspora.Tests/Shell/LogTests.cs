using System.Text.Json;
using Diaspora.Data;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Diaspora.Tests.Shell;

/// <summary>What a real portal writes into its log while people use it.</summary>
public sealed class LogTests
{
    private const string NewName = "Гасанзаде Рустамхан";
    private const string NewPhone = "7025550199";
    private const string NewEmail = "rustamkhan@example.kz";

    private readonly PortalLog _log = new();

    [Fact]
    public async Task Use_ThePortal_LeavesLinesOfRequestsAndNothingOfAnybody()
    {
        string[] personal;
        using (var portal = _log.Start(Environments.Development))
        {
            await UseAsync(portal);
            await portal.TrailWrittenAsync();
            personal = await PersonalAsync(portal);
        }

        var lines = _log.Lines;
        var text = _log.Text;
        Assert.Equal([], personal.Where(one => text.Contains(one, StringComparison.OrdinalIgnoreCase)));
        Assert.True(lines.Any(line => Is(line, "POST", "/auth/login", 302)), text);
        Assert.Contains(lines, line => Is(line, "GET", "/admin/members", 200));

        // Shown instead is a page that is got; asked for was a post.
        Assert.Contains(lines, line => Is(line, "POST", "/auth/register", 400));
        Assert.DoesNotContain(lines, line => Is(line, "GET", "/auth/register", 400));
        Assert.All(lines.Where(line => line.TryGetProperty("RequestMethod", out _)), line => Assert.NotEmpty(line.GetProperty("RequestId").GetString()!));
    }

    [Fact]
    public void Start_ThePortal_SaysWhatRunsWhere()
    {
        string folder;
        Uri address;
        using (var portal = _log.Start(Environments.Development))
        {
            (folder, address) = (portal.Folder, portal.Address);
        }

        var line = Assert.Single(_log.Lines, line => line.TryGetProperty("Storage", out _));
        Assert.Equal(
            ("Development", "Sqlite", folder, true),
            (line.GetProperty("Environment").GetString(), line.GetProperty("Database").GetString(), line.GetProperty("Storage").GetString(), line.GetProperty("Addresses").GetString()!.Contains($":{address.Port}", StringComparison.Ordinal)));
        Assert.NotEmpty(line.GetProperty("Version").GetString()!);
    }

    private static bool Is(JsonElement line, string method, string path, int status) =>
        line.TryGetProperty("RequestMethod", out var asked) && asked.GetString() == method && line.GetProperty("RequestPath").GetString() == path && line.GetProperty("StatusCode").GetInt32() == status;

    /// <summary>Somebody registers, guesses, signs in, pays; an admin looks people up by name; forms come without what they need.</summary>
    private static async Task UseAsync(PortalHost portal)
    {
        using var stranger = new Visitor(portal);
        await stranger.SendAsync("/auth/register", ("Form.FullName", NewName), ("Form.Phone", $"+{NewPhone}"), ("Form.Email", NewEmail), ("Form.Password", "верблюд пьёт чай"), ("Form.Consent", "true"));
        await stranger.SendAsync(("/auth/register", []), ("Form.FullName", NewName), ("Form.Phone", $"+{NewPhone}"));
        await stranger.SendAsync("/auth/login", ("Form.Phone", PortalHost.Debtor.Phone), ("Form.Password", "не тот пароль"));
        using var member = new Visitor(portal);
        await member.SendAsync("/auth/login", ("Form.Phone", PortalHost.Debtor.Phone), ("Form.Password", PortalHost.Debtor.Password));
        foreach (var path in (string[])["/cabinet", "/cabinet/pay", "/cabinet/payments", "/cabinet/profile"])
        {
            using var page = await member.GetAsync(path);
            page.EnsureSuccessStatusCode();
        }

        using var admin = new Visitor(portal);
        await admin.SendAsync("/auth/login", ("Form.Phone", PortalHost.Admin.Phone), ("Form.Password", PortalHost.Admin.Password));
        foreach (var path in (string[])["/admin/members?q=Алиев", $"/admin/members?q={Uri.EscapeDataString(PortalHost.Debtor.Phone)}", "/admin/payments", "/admin/audit", "/admin/members/export.csv", "/admin/health"])
        {
            using var page = await admin.GetAsync(path);
            page.EnsureSuccessStatusCode();
        }
    }

    /// <summary>Names, phones and mail of everybody there is.</summary>
    private static async Task<string[]> PersonalAsync(PortalHost portal)
    {
        await using var context = portal.Services.GetRequiredService<IContextFactory>().Create();
        var people = await context.Everybody.Select(member => new { member.FullName, member.Phone, member.Email }).ToListAsync(TestContext.Current.CancellationToken);
        Assert.True(people.Count > 100);
        return
        [
            .. people.SelectMany(one => one.FullName.Split(' ')).Where(word => word.Length > 3).Concat(NewName.Split(' ')).Distinct(),
            .. people.Select(one => one.Phone.Value.TrimStart('+')[1..]).Append(NewPhone[1..]),
            .. people.Select(one => one.Email).OfType<string>().Where(mail => mail.Length > 0).Append(NewEmail),
        ];
    }
}
