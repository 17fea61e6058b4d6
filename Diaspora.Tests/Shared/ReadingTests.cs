using Diaspora.Web.Shared.Live;
using Diaspora.Web.Shared.Refusals;
using Xunit;

namespace Diaspora.Tests.Shared;

public sealed class ReadingTests
{
    private static readonly Func<Task> Refused = () => throw new DomainException(Problems.NotAllowed);
    private static readonly Func<Task> Missing = () => throw new DomainException(Problems.NotFound);

    [Fact]
    public async Task Read_Refused_SaysSoUntilItSucceeds()
    {
        var reading = new Reading();
        Assert.False(await reading.ReadAsync(Refused));
        Assert.Equal(Problems.NotAllowed, reading.Refusal?.Code);

        Assert.True(await reading.ReadAsync(() => Task.CompletedTask));
        Assert.Null(reading.Refusal);
    }

    [Fact]
    public async Task Read_WhatIsNotThere_IsAnsweredByThePageWhereItHasAnAnswer()
    {
        var reading = new Reading();
        var missed = 0;
        Assert.False(await reading.ReadAsync(Missing, () => missed++));
        Assert.Equal((1, null), (missed, reading.Refusal));

        Assert.False(await reading.ReadAsync(Missing));
        Assert.Equal(Problems.NotFound, reading.Refusal?.Code);
    }

    [Fact]
    public async Task Read_OvertakenByALaterOne_DoesNotUnsayItsRefusal()
    {
        var reading = new Reading();
        var slow = new TaskCompletionSource();
        var first = reading.ReadAsync(() => slow.Task);
        await reading.ReadAsync(Refused);
        slow.SetResult();

        Assert.True(await first);
        Assert.Equal(Problems.NotAllowed, reading.Refusal?.Code);
    }

    /// <summary>An older reading that ended last put a saved line of the members' list back as it was before its edit.</summary>
    [Fact]
    public async Task Read_OvertakenByALaterOne_IsNotShown()
    {
        var reading = new Reading();
        var slow = new TaskCompletionSource<string>();
        List<string> shown = [];
        var first = reading.ReadAsync(() => slow.Task, shown.Add);
        await reading.ReadAsync(() => Task.FromResult("new"), shown.Add);
        slow.SetResult("old");
        await first;

        Assert.Equal(["new"], shown);
    }

    /// <summary>What reads only a part asks first: it would overtake the whole, which was then shown by nobody.</summary>
    [Fact]
    public async Task Read_UntilAllHaveEnded_IsOnItsWay()
    {
        var reading = new Reading();
        var (one, two) = (new TaskCompletionSource(), new TaskCompletionSource());
        var both = new[] { reading.ReadAsync(() => one.Task), reading.ReadAsync(() => two.Task) };
        two.SetResult();
        await both[1];
        Assert.True(reading.IsOnItsWay);

        one.SetException(new DomainException(Problems.NotAllowed));
        await both[0];
        Assert.False(reading.IsOnItsWay);
        await Assert.ThrowsAsync<TimeoutException>(() => reading.ReadAsync(() => throw new TimeoutException()));
        Assert.False(reading.IsOnItsWay);
    }

    [Fact]
    public async Task Read_AFault_PassesThrough() =>
        await Assert.ThrowsAsync<TimeoutException>(() => new Reading().ReadAsync(() => throw new TimeoutException()));
}
