using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Diaspora.Web.Shell.Guard;
using Serilog.Core;
using Serilog.Events;

namespace Diaspora.Tests.Hosting;

/// <summary>What a portal writes into its log, as a server writes it. Read when it has stopped: a request's own line is written after its answer.</summary>
internal sealed class PortalLog : ILogEventSink
{
    private readonly JsonLines _format = new();
    private readonly ConcurrentQueue<string> _lines = new();

    public string Text => string.Join('\n', _lines);

    public IReadOnlyList<JsonElement> Lines => [.. _lines.Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>A portal that logs as much as on a server.</summary>
    public PortalHost Start(string environment, params (string Key, string Value)[] settings) =>
        PortalHost.Start(this, environment, [("Serilog:MinimumLevel:Default", "Information"), .. settings]);

    public void Emit(LogEvent logEvent)
    {
        using var line = new StringWriter(CultureInfo.InvariantCulture);
        _format.Format(logEvent, line);
        _lines.Enqueue(line.ToString().TrimEnd());
    }
}
