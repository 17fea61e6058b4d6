using System.Globalization;
using System.Text.Json;
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
    private const string Forged = "\r\n[2026-03-08T12:00:00.000+05:00 INF] forged\u2028forged\u2029forged\u0085forged\u001B[31m\u202Eforged";

    private static readonly LogLines Lines = new();

    /// <summary>The console's own way of writing, and that of an output which the configuration adds.</summary>
    public static TheoryData<ITextFormatter> Ways => [Lines, new JsonLines(), new MessageTemplateTextFormatter("[{Timestamp:HH:mm:ss} {Level:u3}] {Message:lj} {Properties}{NewLine}", CultureInfo.InvariantCulture)];

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
        Assert.Contains("\\u000a[2026-03-08T12:00:00.000+05:00 INF] forged", written[0], StringComparison.Ordinal);
        Assert.Contains("\\u2028forged", written[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Write_AFaultWithControlSigns_LooksLikeNoEvent()
    {
        var written = Written(Lines, log => log.Error(new InvalidOperationException(Forged), "broke"));

        AssertHarmless(written);
        Assert.Single(written, line => line.StartsWith('['));
        Assert.All(written.Skip(1), line => Assert.StartsWith("   ", line, StringComparison.Ordinal));
    }

    /// <summary>A person reads when it was, in which zone, and which request and page it belongs to.</summary>
    [Fact]
    public void Write_ForAPerson_SaysWhenAndWhere()
    {
        var line = Assert.Single(Written(Lines, log => log.ForContext("RequestId", "0HN:1").ForContext("CircuitId", "abc").Information("asked {What}", "a page")));

        Assert.Matches(@"^\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d INF\] asked a page RequestId=0HN:1 CircuitId=abc$", line);
    }

    /// <summary>A machine reads one object a line, whatever is in it: a text of the program with signs of its own, and a fault with its lines.</summary>
    [Fact]
    public void Write_ForAMachine_IsOneObjectALine()
    {
        var written = Written(new JsonLines(), log =>
        {
            log.Error(new InvalidOperationException(Forged), "broke" + Forged);
            log.ForContext("RequestId", "0HN:1").Information("asked");
        });

        AssertHarmless(written);
        var lines = written.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(2, lines.Count);
        Assert.Contains(Forged, lines[0].GetProperty("@x").GetString(), StringComparison.Ordinal);
        Assert.Equal("0HN:1", lines[1].GetProperty("RequestId").GetString());
        Assert.True(lines[1].GetProperty("@t").GetDateTimeOffset() > DateTimeOffset.UnixEpoch);
    }

    private static void AssertHarmless(string[] written) =>
        Assert.DoesNotContain(written, line => line.StartsWith("[2026-03-08", StringComparison.Ordinal) || line.Any(sign => char.IsControl(sign) || sign is '\u2028' or '\u2029' or '\u202E'));

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
