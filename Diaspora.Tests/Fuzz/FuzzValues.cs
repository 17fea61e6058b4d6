using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Components;

namespace Diaspora.Tests.Fuzz;

/// <summary>Values that are hardly ever typed.</summary>
internal static class FuzzValues
{
    private static readonly string[] Odd =
    [
        "", " ", "0", "-1", "1", "2147483648", "99999999999999999999", "NaN", "1e309", "0x10", "true", "null", "undefined", "[]", "{}", "()", "'", "\"", "<b>", "%", "%00", "%zz", "\0", "\r\n", "\t", "\u2028", "\uD800", "\uFFFE", "\uFFFF", "\u202E", "İ", "ß", "👨‍👩‍👧",
        "2026-13", "2026-00", "0000-00", "9999-12", "10000-01", "2026-02-30", "0001-01-01", "9999-12-31", "2026-05", "2026-05,2026-05", "2026-05,", ",", ";", "../../etc/passwd", "//evil.example", "\\", "/", "/admin", "http://[", "c=xx|uic=yy", "c=ru|uic=" + "\u0001",
        "+77015550142", "8 701 555 01 42", "+", "tel:", "a@b", "@", "Алиев Рашад", "Form.Phone", "__proto__", "ru", "kk", "tr", "asc", "desc", "debt", "new", "all", "pending", "confirmed", "00000000", "12345678", "00000000-0000-0000-0000-000000000000",
    ];

    /// <summary>What the pages ask of an address, and what they do not.</summary>
    private static readonly string[] Keys =
    [
        .. from type in typeof(Program).Assembly.GetTypes()
           from property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
           let asked = property.GetCustomAttribute<SupplyParameterFromQueryAttribute>()
           where asked is not null
           orderby type.FullName, property.Name
           select asked.Name ?? property.Name,
        "page", "q", "segment", "sort", "dir", "year", "month", "months", "status", "method", "from", "to", "returnUrl", "id", "ids", "member", "token", "done", "problem", "at", "receipt", "attach", "step", "open", "tab", "city", "state", "action", "who", "day", "culture", "sum", "number", "first", "size", "negotiateVersion", "handler", "_handler", "",
    ];

    public static T Pick<T>(this Random random, IReadOnlyList<T> values) => values[random.Next(values.Count)];

    public static string Next(Random random) => random.Next(12) switch
    {
        0 => new string(random.Pick<char>(['a', '9', 'Ә', '\'', '(', '\0', ';']), random.Next(1, 4000)),
        1 => string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => (char)random.Next(1, 0x2100))),
        2 => random.NextInt64().ToString(CultureInfo.InvariantCulture),
        3 => $"{random.Next(0, 12000):0000}-{random.Next(0, 15):00}",
        _ => random.Pick(Odd),
    };

    /// <summary>As an address may hold it, or not quite.</summary>
    public static string Escaped(Random random)
    {
        var value = Next(random);
        value = value.Length > 1500 ? value[..1500] : value;
        value = value.Replace("\uD800", "", StringComparison.Ordinal);
        return random.Next(15) == 0 ? random.Pick(["%", "%zz", "%C3%28", "%ED%A0%80", "%00", "%2F..%2F", "%u0041", "+"]) : Uri.EscapeDataString(value);
    }

    public static string InAHeader(Random random) => new([.. Next(random).Where(sign => sign is >= ' ' and < '\u007F').Take(300)]);

    public static string Id(Random random) => random.Next(4) == 0 ? Guid.Empty.ToString() : new Guid(Enumerable.Range(0, 16).Select(_ => (byte)random.Next(256)).ToArray()).ToString();

    public static string Query(Random random) => random.Next(3) switch
    {
        0 => "",
        1 => "?" + string.Join('&', Enumerable.Range(0, random.Next(1, 5)).Select(_ => $"{random.Pick(Keys)}={Escaped(random)}")),
        _ => "?" + string.Join('&', Enumerable.Range(0, random.Next(1, random.Next(20) == 0 ? 400 : 4)).Select(_ => random.Next(6) == 0 ? Escaped(random) : $"{random.Pick(Keys)}={(random.Next(2) == 0 ? Uri.EscapeDataString(random.Pick(Odd).Replace("\uD800", "", StringComparison.Ordinal)) : Id(random))}")),
    };
}
