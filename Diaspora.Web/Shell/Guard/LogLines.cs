using System.Globalization;
using System.Text;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace Diaspora.Web.Shell.Guard;

/// <summary>
/// Whatever a stranger sends as a path, a browser's name or a member's name stays within its line of the log: signs that begin a line, move the cursor or turn the
/// direction are written as their codes. As an enricher for every output that the configuration names, as a formatter for a console that a person reads, where faults are written too.
/// </summary>
public sealed class LogLines : ILogEventEnricher, ITextFormatter
{
    private const string Indent = "   ";

    private readonly MessageTemplateTextFormatter _line = new("[{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Level:u3}] {Message:lj}", CultureInfo.InvariantCulture);

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        foreach (var (name, value) in logEvent.Properties.ToList())
        {
            if (Harmless(value) is var harmless && !ReferenceEquals(harmless, value))
            {
                logEvent.AddOrUpdateProperty(new LogEventProperty(name, harmless));
            }
        }
    }

    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var line = new StringWriter(CultureInfo.InvariantCulture);
        _line.Format(logEvent, line);
        foreach (var name in (ReadOnlySpan<string>)[LogScopes.Request, LogScopes.Circuit])
        {
            if (logEvent.Properties.TryGetValue(name, out var id) && id is ScalarValue { Value: string text })
            {
                line.Write($" {name}={text}");
            }
        }

        output.WriteLine(Harmless(line.ToString()));
        foreach (var text in logEvent.Exception?.ToString().Split('\n') ?? [])
        {
            // Indented, so that a line within a fault's message is no event of its own.
            output.WriteLine(Indent + Harmless(text.TrimEnd('\r')));
        }
    }

    private static LogEventPropertyValue Harmless(LogEventPropertyValue value) => value switch
    {
        // An address or another object is written by its text.
        ScalarValue { Value: { } any and (char or not ValueType) } when any.ToString() is { } text && text.Any(IsHarmful) => new ScalarValue(Harmless(text)),
        SequenceValue list => new SequenceValue(list.Elements.Select(Harmless)),
        StructureValue parts => new StructureValue(parts.Properties.Select(part => new LogEventProperty(part.Name, Harmless(part.Value))), parts.TypeTag),
        DictionaryValue pairs => new DictionaryValue(pairs.Elements.Select(pair => KeyValuePair.Create((ScalarValue)Harmless((LogEventPropertyValue)pair.Key), Harmless(pair.Value)))),
        _ => value,
    };

    /// <summary>The text with codes in the place of signs that could be taken for something else. In JSON the codes mean the signs.</summary>
    public static string Harmless(string text)
    {
        if (!text.Any(IsHarmful))
        {
            return text;
        }

        var written = new StringBuilder(text.Length + 16);
        foreach (var sign in text)
        {
            _ = IsHarmful(sign) ? written.Append(CultureInfo.InvariantCulture, $"\\u{(int)sign:x4}") : written.Append(sign);
        }

        return written.ToString();
    }

    private static bool IsHarmful(char sign) => char.IsControl(sign) || sign is '\u2028' or '\u2029' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
