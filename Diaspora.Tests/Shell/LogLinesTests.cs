using System.Globalization;
using Diaspora.Web.Shell.Guard;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace Diaspora.Tests.Shell;

/// <summary>What a stranger sends is part of a line of the log, and never a line of its own.</summary>
public sealed class LogLinesTests
{
    private const string Forged = "\r\n[12:00:00 INF] forged\u2028forged\u2029forged\u0085forged\u001B[31m\u202Eforged";

    private static readonly LogLines Lines = new();

    /// <summary>The console's own way of writing, and that of an output which the configuration adds.</summary>
    public static TheoryData<ITextFormatter> Ways => [Lines, new MessageTemplateTextFormatter("[{Timestamp:HH:mm:ss} {Level:u3}] {Message:lj} {Properties}{NewLine}", CultureInfo.InvariantCulture)];

    [Theory]
    [MemberData(nameof(Ways), DisableDiscoveryEnumeration = true)]
    public void Write_ValuesWithControlSigns_StaysOneLineAnEvent(ITextFormatter way)
    {
        var written = Written(way, log =>
        {
            log.Information("HTTP {Method} {Path} {@Person} {Names}", "GET" + Forged, new Uri("/a" + Forged, UriKind.Relative), new { Name = Forged, In = new { Deep = Forged } }, new[] { Forged });
            log.ForContext("UserAgent", Forged).Information("asked");
            log.Information("{Counted}", new Dictionary<string, string> { [Forged] = Forged });
        });

        Assert.Equal(3, written.Length);
        AssertHarmless(written);
        Assert.Contains("\\u000a[12:00:00 INF] forged\\u2028forged", written[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Write_AFaultWithControlSigns_LooksLikeNoEvent()
    {
        var written = Written(Lines, log => log.Error(new InvalidOperationException(Forged), "broke"));

        AssertHarmless(written);
        Assert.Single(written, line => line.StartsWith('['));
        Assert.All(written.Skip(1), line => Assert.StartsWith("   ", line, StringComparison.Ordinal));
    }

    private static void AssertHarmless(string[] written) =>
        Assert.DoesNotContain(written, line => line.StartsWith("[12:00:00 INF]", StringComparison.Ordinal) || line.Any(sign => char.IsControl(sign) || sign is '\u2028' or '\u2029' or '\u202E'));

    private static string[] Written(ITextFormatter way, Action<ILogger> write)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var log = new LoggerConfiguration().Enrich.With(Lines).WriteTo.Sink(new Sink(way, text)).CreateLogger();
        write(log);
        return text.ToString().Replace(Environment.NewLine, "\n", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private sealed class Sink(ITextFormatter way, TextWriter text) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => way.Format(logEvent, text);
    }
}
