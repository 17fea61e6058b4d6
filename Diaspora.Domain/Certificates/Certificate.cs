using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Certificates;

/// <summary>What a certificate of payment is about: one transfer, or the months of one year.</summary>
public sealed record CertificateSubject
{
    private CertificateSubject(Guid? intentId, int? year) => (IntentId, Year) = (intentId, year);

    public Guid? IntentId { get; }

    public int? Year { get; }

    public static CertificateSubject Of(Guid intentId) => new(intentId, null);

    public static CertificateSubject Of(int year) => new(null, year);

    public bool Covers(HistoryRow row) => IntentId is { } intent ? row.IntentId == intent : row.Period.Year == Year;
}

/// <summary>One month that is paid.</summary>
/// <param name="PaidOn">The local day on which the money came, as far as it is known; else the day on which it was claimed.</param>
public sealed record CertificateLine(Period Period, Money Amount, DateOnly PaidOn);

/// <summary>A certificate that a member's months are paid: what stands on it, and nothing else. Only months that are confirmed.</summary>
/// <param name="MemberNumber">Eight digits.</param>
/// <param name="Lines">The earliest month first; at least one.</param>
public sealed record Certificate(CertificateSubject Subject, Guid MemberId, string MemberName, string MemberNumber, IReadOnlyList<CertificateLine> Lines, DateOnly IssuedOn)
{
    public Money Total => Money.Sum(Lines.Select(line => line.Amount));

    public IReadOnlyList<Period> Months => [.. Lines.Select(line => line.Period)];

    /// <summary>What its code carries.</summary>
    public CertificateMark Mark => new(MemberId, Subject.IntentId, Months, Total, IssuedOn);
}

/// <summary>What a certificate's code says, so that anybody who holds the certificate can ask whether it is still true. Only this portal writes one: see <c>CertificateStamp</c>.</summary>
/// <param name="IntentId">Missing where the certificate is about a year: then a month counts whoever paid it.</param>
public sealed record CertificateMark(Guid MemberId, Guid? IntentId, IReadOnlyList<Period> Months, Money Total, DateOnly IssuedOn);

/// <summary>What whoever holds a certificate may know.</summary>
/// <param name="Name">The member's; the page shows its initials alone.</param>
/// <param name="Returned">Months of it that are paid no more.</param>
public sealed record CertificateCheck(CertificateMark Mark, string Name, IReadOnlyList<Period> Returned)
{
    public bool IsValid => Returned.Count == 0;
}
