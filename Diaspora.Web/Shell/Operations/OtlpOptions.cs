namespace Diaspora.Web.Shell.Operations;

/// <summary>
/// Where metrics and traces go: the section <c>Otlp</c>, or OpenTelemetry's own variables, which are heard besides (headers, intervals, limits). Nowhere, when neither names an address.
/// </summary>
/// <param name="Protocol"><c>grpc</c> or <c>http/protobuf</c>; none where only OpenTelemetry's own variables speak.</param>
public sealed record OtlpOptions(Uri Endpoint, string? Protocol)
{
    public const string EndpointKey = "Otlp:Endpoint";
    public const string ProtocolKey = "Otlp:Protocol";
    public const string StandardEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    public const string Grpc = "grpc";
    public const string Http = "http/protobuf";

    /// <summary>The endpoint stands in our section, and not in OpenTelemetry's variable.</summary>
    public bool IsOurs => Protocol is not null;

    /// <exception cref="InvalidOperationException">A value is wrong; the message names its key.</exception>
    public static OtlpOptions? Of(IConfiguration configuration)
    {
        if (configuration[EndpointKey] is { Length: > 0 } ours)
        {
            var protocol = configuration[ProtocolKey] is { Length: > 0 } said ? said : Grpc;
            return protocol is Grpc or Http
                ? new OtlpOptions(Read(EndpointKey, ours), protocol)
                : throw new InvalidOperationException($"{ProtocolKey} = '{protocol}' is not known. Use {Grpc} or {Http}.");
        }

        if (configuration[ProtocolKey] is { Length: > 0 })
        {
            throw new InvalidOperationException($"{EndpointKey} is missing; {ProtocolKey} alone sends nothing anywhere.");
        }

        return configuration[StandardEndpoint] is { Length: > 0 } standard ? new OtlpOptions(Read(StandardEndpoint, standard), null) : null;
    }

    private static Uri Read(string key, string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address) && address is { Scheme: "http" or "https", Query: "", Fragment: "" }
            ? address
            : throw new InvalidOperationException($"{key} = '{value}' is no address of a collector, such as http://localhost:4317.");
}
