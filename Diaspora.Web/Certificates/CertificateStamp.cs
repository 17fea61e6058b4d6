using System.Buffers.Binary;
using System.Security.Cryptography;
using Diaspora.Domain.Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Diaspora.Web.Certificates;

/// <summary>
/// Writes what a certificate says into its code and reads it back: only what this portal wrote is read. Written as bytes, because a code with fewer letters is read by more
/// cameras: version, member, transfer (or nothing), day, sum, months.
/// </summary>
public sealed class CertificateStamp(IDataProtectionProvider protection)
{
    private const byte Version = 1;
    private const int Head = 1 + 16 + 16 + 4 + 8;
    private const int Longest = 2000;

    private readonly IDataProtector protector = protection.CreateProtector("Certificates.CertificateStamp.v1");

    public string Write(CertificateMark mark)
    {
        var bytes = new byte[Head + 2 * mark.Months.Count];
        bytes[0] = Version;
        mark.MemberId.TryWriteBytes(bytes.AsSpan(1));
        (mark.IntentId ?? Guid.Empty).TryWriteBytes(bytes.AsSpan(17));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(33), mark.IssuedOn.DayNumber);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(37), mark.Total.Tenge);
        for (var month = 0; month < mark.Months.Count; month++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(Head + 2 * month), (ushort)mark.Months[month].MonthsSince(Period.Earliest));
        }

        return WebEncoders.Base64UrlEncode(protector.Protect(bytes));
    }

    /// <returns>Nothing where it is not ours, or was changed.</returns>
    public CertificateMark? Read(string? code)
    {
        try
        {
            return code is { Length: > 0 and < Longest } && protector.Unprotect(WebEncoders.Base64UrlDecode(code)) is [Version, ..] bytes ? Of(bytes) : null;
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private static CertificateMark Of(ReadOnlySpan<byte> bytes)
    {
        var intent = new Guid(bytes[17..33]);
        var months = new Period[(bytes.Length - Head) / 2];
        for (var month = 0; month < months.Length; month++)
        {
            months[month] = Period.Earliest.AddMonths(BinaryPrimitives.ReadUInt16BigEndian(bytes[(Head + 2 * month)..]));
        }

        return new CertificateMark(
            new Guid(bytes[1..17]), intent == Guid.Empty ? null : intent, months,
            new Money(BinaryPrimitives.ReadInt64BigEndian(bytes[37..45])), DateOnly.FromDayNumber(BinaryPrimitives.ReadInt32BigEndian(bytes[33..37])));
    }
}
