using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Diaspora.Data;
using Diaspora.Tests.Shell;
using Diaspora.Web.Shell.Line;
using Microsoft.JSInterop;

namespace Diaspora.Tests.Line;

/// <summary>Which presses are too old, and what is a press at all.</summary>
public sealed class PressAgeTests
{
    private const string Event = "DispatchEventAsync";
    private static readonly DateTimeOffset Now = new(2026, 5, 8, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, false)]
    [InlineData(4_999, false)]
    [InlineData(5_000, false)]
    [InlineData(5_001, true)]
    [InlineData(600_000, true)]
    [InlineData(-5_000, false)]
    public void Press_ByItsAge_IsTakenWhileItIsFresh(double age, bool isTooOld) => Assert.Equal(isTooOld, PressAge.IsTooOld(PressAge.Milliseconds(Now) - age, Now));

    /// <summary>However old it came: what it then waits for is within the promise.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Press_AsOldAsItMayBeAndThenWaiting_BeginsWithinWhatIsPromised(int seconds)
    {
        var options = new DatabaseOptions { PatienceSeconds = seconds };
        Assert.Equal(TimeSpan.FromSeconds(10), PressAge.Limit + options.TurnPatience + TimeSpan.FromSeconds(options.PatienceSeconds));
        Assert.True(options.TurnPatience > TimeSpan.Zero);
    }

    /// <summary>What the browser offers again must be refused here by then, or it happens twice.</summary>
    [Fact]
    public void Press_ThatIsOfferedAgain_IsTooOldHere()
    {
        var script = File.ReadAllText(Path.Combine(Sources.Root, "Diaspora.Web", "wwwroot", "js", "line.js"));
        var fresh = double.Parse(Regex.Match(script, "const fresh = ([0-9]+);").Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(fresh, PressAge.Limit.TotalMilliseconds + 1, PressAge.Promised.TotalMilliseconds);
        Assert.True(PressAge.IsTooOld(PressAge.Milliseconds(Now) - fresh, Now));
    }

    [Theory]
    [InlineData("click", """{"detail":1}""", true)]
    [InlineData("submit", "{}", true)]
    [InlineData("keydown", """{"key":"Enter"}""", true)]
    [InlineData("mousedown", "{}", true)]
    [InlineData("somethingnew", "{}", true)]
    [InlineData("change", """{"value":true}""", true)]
    [InlineData("change", """{"value":"2026-05"}""", false)]
    [InlineData("input", """{"value":"24000"}""", false)]
    [InlineData("focusin", "{}", false)]
    public void Event_ByItsName_IsAPressOrTellsWhatAFieldHolds(string name, string arguments, bool isPress) =>
        Assert.Equal(isPress, LatePresses.IsPress(Event, $$"""[{"eventHandlerId":7,"eventName":"{{name}}","eventFieldInfo":null},{{arguments}}]"""));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[{}]")]
    [InlineData("""[{"eventName":3}]""")]
    [InlineData("""[{"eventName":"change"}]""")]
    [InlineData("""[{"eventName":"change"},[]]""")]
    public void Event_ThatNoPageOfOursSends_IsAPress(string arguments) => Assert.True(LatePresses.IsPress(Event, arguments));

    /// <summary>Whoever adds a call from a script decides: it is a press, and is dropped when it comes too late, unless it is named here.</summary>
    [Fact]
    public void Calls_OfScripts_ArePressesUnlessTheySayOtherwise()
    {
        var calls = typeof(LatePresses).Assembly.GetTypes().SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(method => method.IsDefined(typeof(JSInvokableAttribute))).ToList();
        Assert.All(calls, call => Assert.Equal(!call.IsDefined(typeof(NoPressAttribute)), LatePresses.IsPress(call.Name, "[]")));
        Assert.Equal(["LineBeat.Beat", "LineBeat.Heard", "QueueKeys.Focus", "QueueKeys.Follow", "QueueKeys.Hand"], calls.Where(call => call.IsDefined(typeof(NoPressAttribute))).Select(call => $"{call.DeclaringType!.Name}.{call.Name}").Order(StringComparer.Ordinal));
    }
}
