using System.Text.Json;
using System.Text.Json.Serialization;

namespace Diaspora.Web.Shell.Live;

/// <summary>What one portal says to the others: which one speaks, and what was committed; or only that it is there.</summary>
public sealed record PortalMessage(Guid From, Change? Change);

/// <summary>
/// Messages between portals, as JSON with a version. They carry the ids a change carries and nothing else. A portal that speaks another version is not understood, so it is not heard
/// either, and this one reads everything anew every few seconds until both are the same.
/// </summary>
public static class ChangeWire
{
    public const int Version = 1;

    /// <summary>The changes that are known, by the name they go under.</summary>
    public static IReadOnlyDictionary<string, Type> Kinds { get; } =
        typeof(Change).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Change)) && !type.IsAbstract).ToDictionary(type => type.Name, StringComparer.Ordinal);

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static byte[] Write(PortalMessage message) => JsonSerializer.SerializeToUtf8Bytes(
        message.Change is { } change ? new Envelope(Version, message.From, change.GetType().Name, JsonSerializer.SerializeToElement(change, change.GetType(), Strict)) : new Envelope(Version, message.From), Strict);

    /// <exception cref="FormatException">Not one of ours; says why, and nothing of what stands in it.</exception>
    public static PortalMessage Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var envelope = JsonSerializer.Deserialize<Envelope>(bytes, Strict) ?? throw new FormatException("It is empty.");
            if (envelope.V != Version)
            {
                throw new FormatException($"Its version is {envelope.V}, and this portal speaks {Version}.");
            }

            if (envelope.Kind is null)
            {
                return new PortalMessage(envelope.From, null);
            }

            return Kinds.TryGetValue(envelope.Kind, out var kind) && envelope.Change is { } change
                ? new PortalMessage(envelope.From, (Change?)change.Deserialize(kind, Strict))
                : throw new FormatException("It tells of a change that this portal does not know.");
        }
        catch (JsonException fault)
        {
            throw new FormatException("It is not in the form of a message.", fault);
        }
    }

    private sealed record Envelope(int V, Guid From, string? Kind = null, JsonElement? Change = null);
}
