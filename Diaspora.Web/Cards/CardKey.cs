using System.Security.Cryptography;

namespace Diaspora.Web.Cards;

/// <summary>A key that cards are signed with: ECDSA on P-256, which browsers check without a connection.</summary>
public sealed class CardKey
{
    public const int IdBytes = 4;
    public const int SignatureBytes = 64;

    private const string CurveId = "1.2.840.10045.3.1.7";

    private readonly byte[] _secret;

    /// <exception cref="CryptographicException">It is no such key.</exception>
    public CardKey(byte[] secret)
    {
        _secret = secret;
        using var key = Open();
        if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value != CurveId)
        {
            throw new CryptographicException("Another curve.");
        }

        PublicKey = key.ExportSubjectPublicKeyInfo();
        Id = Convert.ToHexStringLower(SHA256.HashData(PublicKey)[..IdBytes]);
    }

    /// <summary>Follows from the public key, so nobody has to name it.</summary>
    public string Id { get; }

    public byte[] PublicKey { get; }

    public static byte[] NewSecret()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKey();
    }

    /// <param name="text">PKCS#8 in base64, with the lines of PEM around it or without.</param>
    /// <exception cref="CryptographicException">It is no such key.</exception>
    /// <exception cref="FormatException">It is no base64.</exception>
    public static CardKey Parse(string text)
    {
        var fields = PemEncoding.TryFind(text, out var found) ? text[found.Base64Data] : text;
        return new CardKey(Convert.FromBase64String(fields));
    }

    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        using var key = Open();
        return key.SignData(data, HashAlgorithmName.SHA256);
    }

    public bool HasSigned(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var key = Open();
        return key.VerifyData(data, signature, HashAlgorithmName.SHA256);
    }

    /// <summary>A new one each time: one object is not for two requests at once.</summary>
    private ECDsa Open()
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(_secret, out _);
        return key;
    }
}
