using System.Net.Sockets;
using Microsoft.Extensions.Hosting;

namespace Diaspora.Tests.Hosting;

/// <summary>That the line is as bad as it says: what stands on it would pass over a good one too.</summary>
public sealed class SlowLineTests(PortalHost portal)
{
    private const string Page = "/health/live";

    [Fact]
    public async Task Freeze_ThenRestore_TheAnswerComesLate()
    {
        await using var line = SlowLine.To(portal.Address, TimeSpan.Zero);
        using var client = new HttpClient { BaseAddress = line.Address };
        await client.GetStringAsync(Page, TestContext.Current.CancellationToken);
        line.Freeze();
        var answer = client.GetStringAsync(Page, TestContext.Current.CancellationToken);
        using (var straight = new HttpClient { BaseAddress = portal.Address })
        {
            await straight.GetStringAsync(Page, TestContext.Current.CancellationToken);
        }

        Assert.False(answer.IsCompleted);
        line.Restore();
        await answer;
    }

    [Fact]
    public async Task Cut_ThenRestore_IsRefusedUntilThen()
    {
        await using var line = SlowLine.To(portal.Address, TimeSpan.Zero);
        using var client = new HttpClient { BaseAddress = line.Address };
        line.Freeze();
        var frozen = client.GetStringAsync(Page, TestContext.Current.CancellationToken);
        line.Cut();
        await IsRefusedAsync(frozen);
        await IsRefusedAsync(client.GetStringAsync(Page, TestContext.Current.CancellationToken));
        line.Restore();
        await client.GetStringAsync(Page, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Restart_SameFiles_AnswersAtTheSameAddressOfTheLine()
    {
        var first = PortalHost.Start(Environments.Development);
        await using var line = SlowLine.To(first.Address, TimeSpan.Zero);
        using var client = new HttpClient { BaseAddress = line.Address };
        await client.GetStringAsync(Page, TestContext.Current.CancellationToken);
        line.Cut();
        using var second = first.Restart();
        line.Lead(second.Address);
        line.Restore();
        await client.GetStringAsync(Page, TestContext.Current.CancellationToken);
        Assert.Equal(first.Folder, second.Folder);
    }

    /// <summary>A line that is cut at the very moment it was opened is told by the client as the socket said it.</summary>
    private static async Task IsRefusedAsync(Task answer) => Assert.True(await Record.ExceptionAsync(() => answer) is HttpRequestException or SocketException);
}
