using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Diaspora.Domain.Notifications;

/// <summary>Somebody is to be told of something that a verb has done. By which channels, the outbox knows.</summary>
/// <param name="AboutId">The intent, the request: with the cause and the moment it says which event it was, so that nobody is told of it twice.</param>
/// <param name="At">When it happened.</param>
/// <param name="MayBeUndone">A press of a cashier that may be taken back within seconds: the message waits as long.</param>
public sealed record Notice(Cause Cause, Guid AboutId, Guid MemberId, DateTime At, NoticeFacts Facts, bool MayBeUndone = false)
{
    /// <summary>By this channel alone; missing for all that the member has.</summary>
    public Channel? Only { get; init; }

    /// <summary>What it is thought to cost, in tiyn.</summary>
    public long CostTiyn { get; init; }
}

/// <summary>What the texts of a message are filled with. Nothing of the member: name and address are read when it goes.</summary>
/// <param name="Reason">A cashier's words, or the portal's own key of them.</param>
/// <param name="Device">What a browser says of itself.</param>
public sealed record NoticeFacts(IReadOnlyList<Period>? Months = null, long? Tenge = null, string? Reason = null, string? Device = null)
{
    private const int DeviceLength = 200;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static readonly NoticeFacts None = new();

    public string? Device { get; init; } = Device is { Length: > DeviceLength } ? Device[..DeviceLength] : Device;

    /// <summary>How many things it is of.</summary>
    public int? Count { get; init; }

    /// <summary>How long they have been waiting at least.</summary>
    public int? Hours { get; init; }

    /// <summary>Since when, or when it was last well. UTC.</summary>
    public DateTime? Since { get; init; }

    /// <summary>What was imported.</summary>
    public ImportedRows? Imported { get; init; }

    public string Write() => JsonSerializer.Serialize(this, Json);

    /// <param name="text">Empty where it was forgotten.</param>
    public static NoticeFacts Read(string text) => text.Length == 0 ? None : JsonSerializer.Deserialize<NoticeFacts>(text, Json)!;
}

/// <summary>An import in figures.</summary>
public sealed record ImportedRows(string File, int Added, int Changed, int Left, int Payments);
