using System.Globalization;
using Diaspora.Domain.Payments;
using Diaspora.Web.Shell.Live;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Diaspora.Tests.Shared;

/// <summary>One reading for all who ask the same after the same change, and none that is older than what they were told.</summary>
public sealed class SharedAnswersTests
{
    private readonly ChangeFeed _feed = new(NullLogger<ChangeFeed>.Instance);
    private readonly FakeTimeProvider _clock = new();
    private readonly SharedAnswers _answers;
    private int _readings;

    public SharedAnswersTests() => _answers = new SharedAnswers(_feed, _clock);

    [Fact]
    public async Task Ask_TheSame_IsReadOnce()
    {
        Assert.All(await Task.WhenAll(AskAsync("a"), AskAsync("a"), AskAsync("a")), reading => Assert.Equal(1, reading));
        Assert.Equal(2, await AskAsync("b"));
        Assert.Equal(1, await AskAsync("a"));
    }

    [Fact]
    public async Task Ask_AfterAnAnnouncement_IsReadAnewAndNothingOlderIsKept()
    {
        Assert.Equal((1, 2), (await AskAsync("a"), await AskAsync("b")));
        Announce();
        Assert.Equal(3, await AskAsync("a"));
        Assert.Equal(1, _answers.Count);
    }

    /// <summary>Two things happen while the first is read: whoever was told of the second gets what was read after it.</summary>
    [Fact]
    public async Task Announce_WhileAReadingIsOnItsWay_TheNextOneDoesNotWaitForIt()
    {
        var first = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var early = _answers.ReadAsync("a", () => first.Task);
        Announce();
        Announce();
        Assert.Equal(1, await AskAsync("a"));
        first.SetResult(0);
        Assert.Equal(0, await early);
        Assert.Equal(1, await AskAsync("a"));
    }

    [Fact]
    public async Task Ask_SecondsLater_IsReadAnew()
    {
        Assert.Equal(1, await AskAsync("a"));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, await AskAsync("a"));
    }

    /// <summary>While nothing is announced, for instance at night, questions come and go all the same.</summary>
    [Fact]
    public async Task Ask_SomethingElseSecondsLater_KeepsNothingThatIsTooOld()
    {
        await AskAsync("a");
        _clock.Advance(TimeSpan.FromSeconds(1));
        await AskAsync("b");
        _clock.Advance(TimeSpan.FromSeconds(1));
        await AskAsync("c");
        Assert.Equal(2, _answers.Count);
    }

    [Fact]
    public async Task Fail_ForWhoeverAskedFirst_DoesNotSpoilTheOthers()
    {
        var first = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var unlucky = _answers.ReadAsync("a", () => first.Task);
        Task<int>[] others = [AskAsync("a"), AskAsync("a"), AskAsync("a")];
        first.SetException(new InvalidOperationException("the database is away"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => unlucky);
        Assert.All(await Task.WhenAll(others), reading => Assert.Equal(1, reading));
    }

    /// <summary>What is read belongs to nobody, and who gets it goes on in their own language.</summary>
    [Fact]
    public async Task Ask_InTwoLanguages_EachKeepsTheirOwn()
    {
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var language = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<string>[] readers = [InAsync("kk"), InAsync("ru")];
        Assert.NotEqual("kk", await language.Task);
        answer.SetResult("");
        var spoken = await Task.WhenAll(readers);
        Assert.Equal(("kk", "ru"), (spoken[0], spoken[1]));

        async Task<string> InAsync(string name)
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
            await _answers.ReadAsync("a", () =>
            {
                language.TrySetResult(CultureInfo.CurrentCulture.Name);
                return answer.Task;
            });
            return CultureInfo.CurrentCulture.Name;
        }
    }

    private void Announce() => _feed.Publish(new PaymentsChanged(Guid.NewGuid(), []));

    /// <returns>The how manieth reading it was.</returns>
    private Task<int> AskAsync(string question) => _answers.ReadAsync(question, () => Task.FromResult(Interlocked.Increment(ref _readings)));
}
