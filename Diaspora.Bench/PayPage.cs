using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Diaspora.Web.Shell;

namespace Diaspora.Bench;

/// <summary>The page of payment without a browser. Its ticks are told as js/choice.js tells them, and every second it beats as js/line.js does on a page that is looked at.</summary>
internal sealed partial class PayPage : IAsyncDisposable
{
    /// <summary>All that a change of the sum brings has a sum in it.</summary>
    private static readonly byte[] Sum = "₸"u8.ToArray();

    private readonly Circuit _circuit;
    private readonly string[] _choices;
    private int _presses;
    private long _beats;

    private PayPage(Circuit circuit, string[] choices) => (_circuit, _choices) = (circuit, choices);

    public long Down => _circuit.Down;

    /// <summary>The months that the page offers.</summary>
    public static IReadOnlyList<string> MonthsOf(string page) =>
        [.. Box().Matches(page).Select(box => box.Value).Where(box => !box.Contains(" disabled", StringComparison.Ordinal)).Select(box => Month().Match(box).Value).Where(month => month.Length > 0)];

    /// <param name="who">Has at least two months to choose from.</param>
    public static async Task<PayPage> OpenAsync(Uri portal, Visitor who)
    {
        var page = await who.ReadAsync(Urls.Pay);
        var months = MonthsOf(page);
        return new PayPage(await Circuit.OpenAsync(portal, who, Urls.Pay, page), [$"{Urls.Pay}?months={months[0]},{months[1]}", $"{Urls.Pay}?months={months[0]}"]);
    }

    /// <summary>A tick: from its being told until the sum that it changes is here.</summary>
    /// <returns>Milliseconds.</returns>
    public async Task<double> PressAsync()
    {
        var drawn = _circuit.NextAsync(drawing => drawing.AsSpan().IndexOf(Sum) >= 0);
        var from = Stopwatch.GetTimestamp();
        await _circuit.GoAsync(_choices[_presses++ % _choices.Length]);
        return Stopwatch.GetElapsedTime(from, await drawn).TotalMilliseconds;
    }

    /// <summary>Beats until it is told to end.</summary>
    /// <param name="first">When the first beat comes: pages were not opened at the same moment.</param>
    public async Task BeatAsync(TimeSpan first, TimeSpan every, CancellationToken end)
    {
        await Task.Delay(first, CancellationToken.None);
        while (!end.IsCancellationRequested)
        {
            var madeAt = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalMilliseconds;
            await _circuit.CallLineAsync("Beat", string.Create(CultureInfo.InvariantCulture, $"[{++_beats},{madeAt:0.###}]"));
            await Task.Delay(every, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public ValueTask DisposeAsync() => _circuit.DisposeAsync();

    [GeneratedRegex("""<input[^>]*name="months"[^>]*>""")]
    private static partial Regex Box();

    [GeneratedRegex(@"(?<=value="")\d{4}-\d{2}(?="")")]
    private static partial Regex Month();
}
