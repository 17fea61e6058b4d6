using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Compact;

namespace Diaspora.Web.Shell.Guard;

/// <summary>
/// Each event as one line of JSON, faults within it, for whoever gathers logs. The formatter leaves signs that turn the direction or end a line elsewhere than in JSON:
/// they are written as codes too, which mean the same there.
/// </summary>
public sealed class JsonLines : ITextFormatter
{
    private readonly RenderedCompactJsonFormatter _line = new();

    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var line = new StringWriter(CultureInfo.InvariantCulture);
        _line.Format(logEvent, line);
        output.WriteLine(LogLines.Harmless(line.ToString().TrimEnd('\r', '\n')));
    }
}
