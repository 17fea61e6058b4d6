using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.JSInterop;

namespace Diaspora.Web.Shell.Line;

/// <summary>Marks what a script tells the circuit that is no press: it holds however late it comes.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NoPressAttribute : Attribute;

/// <summary>
/// A press that was made too long ago is not performed: a line that comes back after half a minute must not pay by itself. It stands before every circuit, where
/// all events and all calls of scripts pass, so no button has to know of it. The browser learns from the answer to its next beat, and offers the press again.
/// </summary>
public sealed class LatePresses(TimeProvider clock, ILogger<LatePresses> log) : IHubFilter
{
    private const string Call = "BeginInvokeDotNetFromJS";
    private const string Event = "DispatchEventAsync";

    private static readonly object MadeAt = new();

    /// <summary>
    /// These tell what a field holds, or where one is. The page shows it already, and what was typed is not lost for having been slow; no event of the kind decides anything by itself.
    /// </summary>
    private static readonly HashSet<string> Telling =
    [
        "input", "change", "focus", "focusin", "focusout", "blur", "scroll", "mousemove", "mouseover", "mouseout", "mouseenter", "mouseleave",
        "pointermove", "pointerover", "pointerout", "pointerenter", "pointerleave", "touchmove", "wheel",
    ];

    /// <summary>What scripts of ours call is a press unless it says otherwise; of MudBlazor's, its keys.</summary>
    private static readonly HashSet<string> Calls =
    [
        .. typeof(LatePresses).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(method => method.IsDefined(typeof(JSInvokableAttribute)) && !method.IsDefined(typeof(NoPressAttribute)))
            .Select(method => method.GetCustomAttribute<JSInvokableAttribute>()!.Identifier ?? method.Name),
        "OnKeyDown", "OnKeyUp",
    ];

    public ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (invocationContext.HubMethodName == Call && invocationContext.HubMethodArguments is [_, _, string method, _, string arguments])
        {
            var (items, now) = (invocationContext.Context.Items, clock.GetUtcNow());
            if (method == nameof(LineBeat.Beat))
            {
                items[MadeAt] = MadeAtOf(arguments);
            }
            else if (items.TryGetValue(MadeAt, out var made) && made is double madeAt && PressAge.IsTooOld(madeAt, now) && IsPress(method, arguments))
            {
                log.LogInformation("A press came {Seconds:0} s after it was made and was not performed", (PressAge.Milliseconds(now) - madeAt) / 1000);
                return default;
            }
        }

        return next(invocationContext);
    }

    /// <summary>Whether it asks for something to be done.</summary>
    public static bool IsPress(string method, string arguments) => method == Event ? IsPressEvent(arguments) : Calls.Contains(method);

    /// <summary>A tick turns its box over, so it counts as a press; every other field says what it holds.</summary>
    private static bool IsPressEvent(string arguments)
    {
        try
        {
            using var said = JsonDocument.Parse(arguments);
            return said.RootElement[0].GetProperty("eventName").GetString() is not { } name
                || !Telling.Contains(name)
                || (name == "change" && said.RootElement[1].TryGetProperty("value", out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            // Not from a page of ours.
            return true;
        }
    }

    private static object? MadeAtOf(string arguments)
    {
        try
        {
            using var said = JsonDocument.Parse(arguments);
            return said.RootElement[1].GetDouble();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
