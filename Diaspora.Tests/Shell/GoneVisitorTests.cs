using Diaspora.Web.Shell.Guard;
using Microsoft.AspNetCore.Http;

namespace Diaspora.Tests.Shell;

/// <summary>Every page that is closed says so with a request that nobody waits for, and many a request is given up while its session is looked up. None of that is an error of the portal.</summary>
public sealed class GoneVisitorTests
{
    [Theory]
    [InlineData(typeof(TaskCanceledException))]
    [InlineData(typeof(IOException))]
    public async Task Ask_AndGoBeforeTheAnswer_IsNoError(Type fault)
    {
        var context = new DefaultHttpContext { RequestAborted = new CancellationToken(canceled: true) };
        await new ReadableRequests(_ => throw (Exception)Activator.CreateInstance(fault)!).InvokeAsync(context);
        Assert.Equal(StatusCodes.Status499ClientClosedRequest, context.Response.StatusCode);
    }

    [Fact]
    public async Task Fault_WhileSomebodyWaits_IsStillAnError() =>
        await Assert.ThrowsAsync<TaskCanceledException>(() => new ReadableRequests(_ => throw new TaskCanceledException()).InvokeAsync(new DefaultHttpContext()));
}
