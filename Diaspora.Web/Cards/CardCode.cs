using System.Buffers.Binary;
using System.Globalization;
using Diaspora.Domain.Cards;
using Diaspora.Domain.Dues;
using Microsoft.AspNetCore.WebUtilities;

namespace Diaspora.Web.Cards;

/// <summary>What came of a code.</summary>
public enum CardState
{
    Valid,

    /// <summary>Ours, and its time is over.</summary>
    Expired,

    /// <summary>Ours, and its member is blocked, suspended or gone.</summary>
    Revoked,

    /// <summary>Not ours, changed, or of a key that is accepted no more.</summary>
    Unknown,
}

/// <summary>
/// Writes what a card says into its code and reads it back: version, key, number, seal, standing, end, and the signature of all that. js/card.js reads the same.
/// </summary>
public sealed class CardCode(CardKeys keys, TimeProvider clock)
{
    private const byte Version = 1;
    private const int Key = 1;
    private const int Number = Key + CardKey.IdBytes;
    private const int Seal = Number + 4;
    private const int StandingAt = Seal + CardMark.SealBytes;
    private const int End = StandingAt + 1;
    private const int Signed = End + 4;

    /// <summary>Letters of a code; anything else is none.</summary>
    public const int Length = (Signed + CardKey.SignatureBytes) / 3 * 4;

    public string Write(CardMark mark)
    {
        var key = keys.All[0];
        var bytes = new byte[Signed];
        bytes[0] = Version;
        Convert.FromHexString(key.Id).CopyTo(bytes, Key);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(Number), uint.Parse(mark.Number, NumberStyles.None, CultureInfo.InvariantCulture));
        Convert.FromHexString(mark.Seal).CopyTo(bytes, Seal);
        bytes[StandingAt] = (byte)mark.Standing;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(End), (uint)new DateTimeOffset(mark.EndsAt, TimeSpan.Zero).ToUnixTimeSeconds());
        return WebEncoders.Base64UrlEncode([.. bytes, .. key.Sign(bytes)]);
    }

    /// <returns>Whether it holds as far as the code itself can say, and what it says unless it is unknown.</returns>
    public (CardState State, CardMark? Mark) Read(string? code)
    {
        if (code?.Length != Length || Decoded(code) is not [Version, ..] bytes
            || keys.Find(Convert.ToHexStringLower(bytes.AsSpan(Key, CardKey.IdBytes))) is not { } key || !key.HasSigned(bytes.AsSpan(0, Signed), bytes.AsSpan(Signed)))
        {
            return (CardState.Unknown, null);
        }

        var mark = new CardMark(
            BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(Number)).ToString("D8", CultureInfo.InvariantCulture),
            Convert.ToHexStringLower(bytes.AsSpan(Seal, CardMark.SealBytes)),
            (Standing)bytes[StandingAt],
            DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(End))).UtcDateTime);
        return (clock.GetUtcNow().UtcDateTime < mark.EndsAt ? CardState.Valid : CardState.Expired, mark);
    }

    private static byte[]? Decoded(string code)
    {
        try
        {
            return WebEncoders.Base64UrlDecode(code);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
