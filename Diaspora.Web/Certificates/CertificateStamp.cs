using System.Security.Cryptography;
using Diaspora.Domain.Certificates;
using Diaspora.Domain.Dues;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Diaspora.Web.Certificates;

/// <summary>
/// Writes what a certificate says into its code and reads it back: only what this portal wrote is read. Written as few bytes, because a code with fewer letters is read by
/// more cameras: version, member, whether it is of a transfer and which, day, sum, first month, and a bit for each month from there on.
/// </summary>
public sealed class CertificateStamp(IDataProtectionProvider protection)
{
    private const byte Version = 2;
    private const int IdBytes = 16;
    private const int Longest = 2000;

    private readonly IDataProtector protector = protection.CreateProtector("Certificates.CertificateStamp.v2");

    public string Write(CertificateMark mark)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Version);
        writer.Write(mark.MemberId.ToByteArray());
        writer.Write(mark.IntentId is not null);
        writer.Write(mark.IntentId is { } intent ? intent.ToByteArray() : []);
        writer.Write7BitEncodedInt(mark.IssuedOn.DayNumber);
        writer.Write7BitEncodedInt64(mark.Total.Tenge);
        var first = mark.Months[0];
        writer.Write7BitEncodedInt(first.MonthsSince(Period.Earliest));
        var paid = new byte[mark.Months[^1].MonthsSince(first) / 8 + 1];
        foreach (var place in mark.Months.Select(month => month.MonthsSince(first)))
        {
            paid[place / 8] |= (byte)(1 << place % 8);
        }

        writer.Write(paid);
        return WebEncoders.Base64UrlEncode(protector.Protect(bytes.ToArray()));
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

    /// <summary>What is read here we have written ourselves, so it is whole.</summary>
    private static CertificateMark Of(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, 1, bytes.Length - 1));
        var member = new Guid(reader.ReadBytes(IdBytes));
        Guid? intent = reader.ReadBoolean() ? new Guid(reader.ReadBytes(IdBytes)) : null;
        var issued = DateOnly.FromDayNumber(reader.Read7BitEncodedInt());
        var total = new Money(reader.Read7BitEncodedInt64());
        var first = Period.Earliest.AddMonths(reader.Read7BitEncodedInt());
        var paid = reader.ReadBytes(bytes.Length);
        return new CertificateMark(member, intent, [.. Enumerable.Range(0, paid.Length * 8).Where(place => (paid[place / 8] & 1 << place % 8) != 0).Select(first.AddMonths)], total, issued);
    }
}
