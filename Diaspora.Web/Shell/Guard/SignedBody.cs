using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace Diaspora.Web.Shell.Guard;

/// <summary>A call that is signed with a secret of ours: <c>sha256=</c> and the HMAC of its bytes as they came.</summary>
public static class SignedBody
{
    private const string Prefix = "sha256=";

    /// <summary>Takes the same time whatever was said. Without a secret nothing is signed.</summary>
    public static bool Is(string? secret, ReadOnlySpan<byte> body, StringValues said) =>
        !string.IsNullOrEmpty(secret)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes((said is [{ } value] ? value : "").ToLowerInvariant()), Encoding.UTF8.GetBytes(Sign(secret, body)));

    public static string Sign(string secret, ReadOnlySpan<byte> body) => Prefix + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
}
