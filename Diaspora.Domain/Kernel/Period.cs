using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Diaspora.Domain.Kernel;

/// <summary>A calendar month in the association's time zone, written <c>yyyy-MM</c>.</summary>
[JsonConverter(typeof(PeriodJsonConverter))]
public readonly record struct Period : IComparable<Period>, IParsable<Period>
{
    /// <summary>No association here is older.</summary>
    public static readonly Period Earliest = new(2000, 1);

    /// <summary>A later month was not meant: somebody mistyped the year.</summary>
    public static readonly Period Latest = new(2099, 12);

    private readonly int _index;

    private Period(int index) => _index = index;

    /// <exception cref="ArgumentOutOfRangeException">The month is not 1 to 12 or the year not 1 to 9999.</exception>
    public Period(int year, int month)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(year, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, 9999);
        ArgumentOutOfRangeException.ThrowIfLessThan(month, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(month, 12);
        _index = year * 12 + month - 1;
    }

    public int Year => _index / 12;

    public int Month => _index % 12 + 1;

    public DateOnly FirstDay => new(Year, Month, 1);

    public int Days => DateTime.DaysInMonth(Year, Month);

    public Period Next => AddMonths(1);

    public Period Previous => AddMonths(-1);

    public static Period Of(DateOnly day) => new(day.Year, day.Month);

    public Period AddMonths(int months) => new(_index + months);

    /// <summary>Months from <paramref name="other"/> to this one; negative when this one is earlier.</summary>
    public int MonthsSince(Period other) => _index - other._index;

    /// <summary>All months from <paramref name="from"/> to <paramref name="to"/>, both included; none when they are the wrong way round.</summary>
    public static IEnumerable<Period> Range(Period from, Period to)
    {
        for (var period = from; period <= to; period = period.Next)
        {
            yield return period;
        }
    }

    public int CompareTo(Period other) => _index.CompareTo(other._index);

    public static bool operator <(Period left, Period right) => left._index < right._index;

    public static bool operator >(Period left, Period right) => left._index > right._index;

    public static bool operator <=(Period left, Period right) => left._index <= right._index;

    public static bool operator >=(Period left, Period right) => left._index >= right._index;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}");

    public static Period Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var period) ? period : throw new FormatException($"'{s}' is not a month as yyyy-MM.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Period result)
    {
        result = default;
        if (!DateOnly.TryParseExact(s, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return false;
        }

        result = Of(day);
        return true;
    }

    public static bool TryParse([NotNullWhen(true)] string? s, out Period result) => TryParse(s, null, out result);
}

internal sealed class PeriodJsonConverter : JsonConverter<Period>
{
    public override Period Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Period.TryParse(reader.GetString(), out var period) ? period : throw new JsonException("A month is written yyyy-MM.");

    public override void Write(Utf8JsonWriter writer, Period value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
