namespace Diaspora.Web.Shell.Operations;

/// <summary>
/// The section <c>Otlp</c>: where metrics and traces go. OpenTelemetry's own variables are heard too (another address, headers, intervals, a name). Without an address in
/// either nothing is sent anywhere.
/// </summary>
public sealed class OtlpOptions
{
    public const string Section = "Otlp";
    public const string StandardEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    public const string Grpc = "grpc";
    public const string Http = "http/protobuf";

    public string? Endpoint { get; set; }

    /// <summary><see cref="Grpc"/>, the default, or <see cref="Http"/>.</summary>
    public string? Protocol { get; set; }

    /// <summary>The address stands in our section, and not in OpenTelemetry's variable.</summary>
    public bool IsOurs => !string.IsNullOrEmpty(Endpoint);

    public bool IsOn(IConfiguration configuration) => IsOurs || !string.IsNullOrEmpty(configuration[StandardEndpoint]);

    public IEnumerable<string> Faults(IConfiguration configuration)
    {
        var (key, value) = IsOurs ? ($"{Section}:{nameof(Endpoint)}", Endpoint) : (StandardEndpoint, configuration[StandardEndpoint]);
        if (!string.IsNullOrEmpty(value) && !IsAddress(value))
        {
            yield return $"{key} = '{value}' is no address of a collector, such as http://localhost:4317.";
        }

        if (!string.IsNullOrEmpty(Protocol) && Protocol is not (Grpc or Http))
        {
            yield return $"{Section}:{nameof(Protocol)} = '{Protocol}' is not known: use {Grpc} or {Http}.";
        }
        else if (!string.IsNullOrEmpty(Protocol) && !IsOurs)
        {
            yield return $"{Section}:{nameof(Endpoint)} is missing: {Section}:{nameof(Protocol)} alone sends nothing anywhere.";
        }
    }

    private static bool IsAddress(string value) => Uri.TryCreate(value, UriKind.Absolute, out var address) && address is { Scheme: "http" or "https", Query: "", Fragment: "" };
}
