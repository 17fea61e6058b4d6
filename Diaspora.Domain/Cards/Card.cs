using System.Security.Cryptography;
using Diaspora.Domain.Dues;

namespace Diaspora.Domain.Cards;

/// <summary>What the code of a card says to whoever scans it. Only this portal writes one: see <c>CardCode</c>.</summary>
/// <param name="Number">Eight digits.</param>
/// <param name="Seal">Names the member in the list of cards that hold no more; nobody makes a member's out of the number.</param>
/// <param name="Standing">As it was when the code was written, but no debt: anybody may read it.</param>
/// <param name="EndsAt">UTC, to the second.</param>
public sealed record CardMark(string Number, string Seal, Standing Standing, DateTime EndsAt)
{
    public const int SealBytes = 6;

    /// <summary>Whoever has no connection hears of no blocked member, so no code lasts longer.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(30);

    public static string SealOf(Guid memberId) => Convert.ToHexStringLower(SHA256.HashData(memberId.ToByteArray())[..SealBytes]);

    internal static CardMark Of(Guid memberId, string number, Standing standing, DateTime now) =>
        new(number, SealOf(memberId), standing == Standing.Overdue ? Standing.Active : standing, now + Lasts);
}

/// <summary>A member's own card.</summary>
/// <param name="PaidUntil">The last month in a row that is paid or need not be; missing before the first.</param>
/// <param name="Mark">Missing while the membership is suspended.</param>
public sealed record CardDetails(Guid MemberId, string FullName, string Number, Standing Standing, Period? PaidUntil, CardMark? Mark);

/// <summary>Whose card it is, where it holds.</summary>
/// <param name="FullName">A stranger is told less of it.</param>
public sealed record CardHolder(string FullName, Standing Standing);
