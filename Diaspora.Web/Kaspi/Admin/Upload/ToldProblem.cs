using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Diaspora.Web.Kaspi.Admin.Upload;

/// <summary>
/// Why a file was refused, as the address of the next page carries it: with the sums and the row that its sentence names. An address can say anything, so only what this
/// portal wrote is read back.
/// </summary>
public sealed class ToldProblem(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Kaspi.ToldProblem.v1");

    public string Write(Problem problem) =>
        WebEncoders.Base64UrlEncode(_protector.Protect(JsonSerializer.SerializeToUtf8Bytes(new Told(problem.Code, [.. problem.Args.Select(Value.Of)]))));

    /// <returns>Nothing where there is none, or it is not ours.</returns>
    public Problem? Read(string? text)
    {
        try
        {
            return text is { Length: > 0 and < 4000 } && JsonSerializer.Deserialize<Told>(_protector.Unprotect(WebEncoders.Base64UrlDecode(text))) is { } told
                ? new Problem(told.Code, [.. told.Args.Select(value => value.ToArg())])
                : null;
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException or JsonException)
        {
            return null;
        }
    }

    private sealed record Told(string Code, IReadOnlyList<Value> Args);

    private sealed record Value(string? Text, int? Number, long? Tenge)
    {
        public static Value Of(object arg) => arg switch
        {
            Money money => new Value(null, null, money.Tenge),
            int number => new Value(null, number, null),
            _ => new Value(arg.ToString(), null, null),
        };

        public object ToArg() => Tenge is { } tenge ? new Money(tenge) : Number is { } number ? number : Text ?? "";
    }
}
