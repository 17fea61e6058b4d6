using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;

namespace Diaspora.Tests.Kaspi;

/// <summary>A small book of members and claims, as a test tells it. All fees are 2000; the month is October 2026.</summary>
internal sealed class MatcherSetup
{
    public static readonly Period October = new(2026, 10);

    private readonly List<MatchMember> _members = [];
    private readonly List<MatchClaim> _claims = [];
    private readonly List<PayerHistory> _payers = [];

    public MatchBook Book => new(_members, _claims, _payers);

    /// <param name="owes">How many months up to and with October; as many again may be paid ahead.</param>
    public MatchMember Member(string name, bool isBlocked = false, int owes = 1)
    {
        var id = Guid.NewGuid();
        var number = MemberNumber.FromBody(1_048_291 + _members.Count).Value;
        var member = new MatchMember(id, number, name, $"+7701555{1000 + _members.Count}", isBlocked, Lines(id, October.AddMonths(1 - owes), owes + 12), owes);
        _members.Add(member);
        return member;
    }

    /// <param name="at">When it was made, as <c>dd HH:mm</c> of October; four minutes later it was claimed.</param>
    /// <param name="claimed">Another time of «Я оплатил(а)»; empty for never.</param>
    public MatchClaim Claim(MatchMember payer, string at, string code = "", int months = 1, string? claimed = null, bool isConfirmed = false, string? receipt = null, MatchMember? with = null)
    {
        List<IntentLine> lines = [.. Lines(payer.Id, October, months), .. with is null ? [] : Lines(with.Id, October, months)];
        var claimedAt = claimed switch { null => Moment(at).AddMinutes(4), "" => (DateTime?)null, _ => Moment(claimed) };
        var claim = new MatchClaim(Guid.NewGuid(), payer.Id, code, lines, isConfirmed, Moment(at), claimedAt, receipt is null ? [] : [receipt]);
        _claims.Add(claim);
        return claim;
    }

    public void Paid(string payer, MatchMember member, int times) => _payers.Add(new PayerHistory(NameSkeleton.Of(payer), member.Id, times));

    public void Without(MatchClaim claim) => _claims.Remove(claim);

    /// <param name="at">As <c>dd HH:mm</c>, or <c>dd</c> where the statement has days alone.</param>
    public static EvidenceFacts Line(string payer, string at, decimal sum = 2000, string message = "", string? operation = null) =>
        at.Length == 2
            ? new EvidenceFacts(EvidenceSource.Statement, DateOnly.FromDateTime(Moment(at + " 00:00")), null, (long)(sum * 100), payer, message, operation)
            : new EvidenceFacts(EvidenceSource.Statement, DateOnly.FromDateTime(Moment(at)), TimeOnly.FromDateTime(Moment(at)), (long)(sum * 100), payer, message, operation);

    public MatchVerdict Look(string payer, string at, decimal sum = 2000, string message = "", string? operation = null) => new Matcher(Book).Look(Line(payer, at, sum, message, operation));

    /// <summary>People whose names are like nobody's in the tests, so that a name's rarity is that of an association.</summary>
    public MatcherSetup Crowd(int count = 200)
    {
        string[] names = ["Нурлан", "Ерлан", "Дмитрий", "Ольга", "Зарина", "Тимур", "Мурат", "Асель"];
        string[] surnames = ["Оразов", "Петров", "Зейналов", "Цой", "Эфендиев", "Уразов", "Тагиев"];
        for (var index = 0; index < count; index++)
        {
            Member($"{surnames[index % surnames.Length]} {names[index % names.Length]}");
        }

        return this;
    }

    private static List<IntentLine> Lines(Guid member, Period from, int count) => [.. Enumerable.Range(0, count).Select(ahead => new IntentLine(member, from.AddMonths(ahead), new Money(2000)))];

    private static DateTime Moment(string at) =>
        DateTime.ParseExact("2026-10-" + at, ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"], System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None);
}
