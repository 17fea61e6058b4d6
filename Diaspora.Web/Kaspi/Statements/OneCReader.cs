using System.Text;
using Diaspora.Domain.Kaspi;

namespace Diaspora.Web.Kaspi.Statements;

/// <summary>Reads <c>1CClientBankExchange</c>: lines of a key and a value, in sections.</summary>
internal static class OneCReader
{
    private const string Mark = "1CClientBankExchange";
    private const int MostLines = 1_000_000;
    private const int LongestText = 2000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Keys that may follow a purpose. Anything else that follows is the rest of it, even with a sign of equality.</summary>
    private static readonly string[] Keys = ["секция", "конец", "дата", "сумма", "плательщик", "получатель", "номер", "вид", "код", "показатель", "очередность", "срок", "назначение", "квитанция", "остаток", "валюта", "кнп", "рнн", "бин", "иин"];

    public static bool Reads(ReadOnlySpan<byte> file) => file[..Math.Min(file.Length, 64)].IndexOf("1CClientBankExchange"u8) >= 0;

    public static ReadStatement Read(byte[] file, CancellationToken cancel)
    {
        var read = new OneCFile();
        var number = 0;
        Dictionary<string, string>? section = null;
        var isDocument = false;
        string? last = null;
        foreach (var range in Decode(file).AsSpan().EnumerateLines())
        {
            cancel.ThrowIfCancellationRequested();
            if (++number > MostLines)
            {
                throw new DomainException(Problems.StatementTooLarge, (int)(StatementReader.MaxBytes >> 20), StatementReader.MaxLines);
            }

            var line = range.Length > LongestText ? range[..LongestText].ToString() : range.ToString();
            var (key, value) = line.IndexOf('=', StringComparison.Ordinal) is > 0 and var sign ? (line[..sign].Trim().ToLowerInvariant(), line[(sign + 1)..].Trim()) : (line.Trim().ToLowerInvariant(), "");
            if (key.Length == 0)
            {
                continue;
            }

            if (key is "секциядокумент" or "секциярасчсчет")
            {
                // One that was never ended would swallow its neighbour.
                if (section is not null)
                {
                    throw new DomainException(Problems.StatementRowUnknown, number, line);
                }

                (section, isDocument, last) = (new(StringComparer.Ordinal) { ["#"] = read.NextNumber(isDocument: key == "секциядокумент") }, key == "секциядокумент", null);
            }
            else if (key is "конецдокумента" or "конецрасчсчет")
            {
                read.Add(section ?? throw new DomainException(Problems.StatementRowUnknown, number, line), isDocument);
                section = null;
            }
            else if (last is not null && section is not null && (value.Length == 0 || !Array.Exists(Keys, known => key.StartsWith(known, StringComparison.Ordinal))))
            {
                var before = section[last];
                section[last] = before.Length > LongestText ? before : $"{before} {line.Trim()}";
            }
            else
            {
                (section ?? read.Head)[key] = value;
                last = section is not null && key.StartsWith("назначениеплатежа", StringComparison.Ordinal) ? key : null;
            }
        }

        return section is null && read.Head.ContainsKey("конецфайла") ? read.ToStatement() : throw new DomainException(Problems.StatementDamaged);
    }

    private static string Decode(byte[] file)
    {
        try
        {
            return Strict.GetString(file).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1251)!.GetString(file);
        }
    }
}
