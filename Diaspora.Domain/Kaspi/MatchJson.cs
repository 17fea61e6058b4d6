using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Diaspora.Domain.Kaspi;

/// <summary>How reasons are kept: names, numbers, months and sums, as their sentences take them.</summary>
public static class MatchJson
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static string Write(IReadOnlyList<MatchReason> reasons) => JsonSerializer.Serialize(reasons.Select(Stored.Of), Json);

    public static IReadOnlyList<MatchReason> Read(string json) => [.. (JsonSerializer.Deserialize<List<Stored>>(json, Json) ?? []).Select(stored => stored.ToReason())];

    private sealed record Stored(string Code, IReadOnlyList<Value> Args)
    {
        public static Stored Of(MatchReason reason) => new(reason.Code, [.. reason.Args.Select(Value.Of)]);

        public MatchReason ToReason() => new(Code, [.. Args.Select(value => value.ToArg())]);
    }

    private sealed record Value(string? Text, long? Number, long? Tenge, string? Month)
    {
        public static Value Of(object arg) => arg switch
        {
            Money money => new Value(null, null, money.Tenge, null),
            Period period => new Value(null, null, null, period.ToString()),
            int number => new Value(null, number, null, null),
            long number => new Value(null, number, null, null),
            string text => new Value(text, null, null, null),
            _ => throw new ArgumentException($"A reason cannot speak of {arg.GetType().Name}.", nameof(arg)),
        };

        public object ToArg() => Tenge is { } tenge ? new Money(tenge) : Month is { } month ? Period.Parse(month, null) : Number is { } number ? number : Text ?? "";
    }
}
