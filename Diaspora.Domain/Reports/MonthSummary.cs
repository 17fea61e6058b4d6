using Diaspora.Domain.Dues;
using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Reports;

/// <summary>What one way of paying brought.</summary>
/// <param name="Count">How many months, or transfers where money is counted by its day.</param>
public sealed record MethodSum(PaymentMethod Method, int Count, Money Sum);

/// <summary>A month of the members of one city.</summary>
/// <param name="City">As members wrote it; missing for those who wrote none.</param>
public sealed record CityFigures(string? City, int Payers, Money Collected, int OnReview, int Unpaid)
{
    public int Payable => Payers + OnReview + Unpaid;
}

/// <summary>Money by the day it came, whatever months it pays. What an import took over has no day and is not in it.</summary>
/// <param name="Methods">What came: months paid and what was left over, less what was paid out of a member's account. What was refunded later came all the same.</param>
/// <param name="Returned">What went back to members in these days.</param>
public sealed record CameMoney(IReadOnlyList<MethodSum> Methods, Money Returned)
{
    public Money Sum => Money.Sum(Methods.Select(method => method.Sum));

    public int Transfers => Methods.Sum(method => method.Count);
}

/// <summary>One month of all who have a ledger, as the board reads it.</summary>
/// <param name="Exempt">How many need not pay it; who paid although nobody asked is among the payers.</param>
/// <param name="Suspended">How many members' membership rests in it.</param>
/// <param name="Methods">What is collected for the month, by the way it was paid.</param>
/// <param name="Cities">By name; those without a city last.</param>
public sealed record MonthSummary(MonthFigures Figures, int Exempt, int Suspended, IReadOnlyList<MethodSum> Methods, IReadOnlyList<CityFigures> Cities, CameMoney Came)
{
    public Period Month => Figures.Month;

    /// <summary>Nobody had anything to do with it: the association did not exist yet.</summary>
    public bool IsEmpty => Figures.Payable + Exempt + Suspended == 0 && Came is { Transfers: 0, Returned.IsZero: true };

    /// <summary>The same from the rows themselves: what the database adds up is held against this.</summary>
    public static MonthSummary Of(ReportFacts facts, Period month, DuesRules rules, DateTime nowUtc)
    {
        var paid = facts.Intents.SelectMany(intent => intent.Payments).ToLookup(payment => payment.MemberId);
        var members = facts.Members.Where(member => member.JoinedOn is not null).Select(member => Standing(member, [.. paid[member.Id]], month, rules, nowUtc)).ToList();
        var payers = members.Where(member => member.State is MonthState.Paid or MonthState.Prepaid).ToList();
        var waiting = members.Where(member => member.State == MonthState.Pending).ToList();
        var figures = new MonthFigures(
            month, payers.Count, SumOf(payers), waiting.Count, SumOf(waiting), members.Count(IsUnpaid), rules.FeeOf(month))
        {
            Begun = waiting.Count(member => !member.Payment!.IsClaimed),
        };
        return new MonthSummary(
            figures,
            members.Count(member => member.State == MonthState.Exempt),
            members.Count(member => member.State == MonthState.Suspended),
            MethodsOf(payers.Select(member => (member.Payment!.Method, member.Payment.Amount))),
            InOrder(members.GroupBy(member => member.City).Select(city => new CityFigures(
                city.Key,
                city.Count(payers.Contains),
                SumOf(city.Where(payers.Contains)),
                city.Count(waiting.Contains),
                city.Count(IsUnpaid)))),
            facts.CameIn(month));
    }

    /// <summary>Cities in which somebody pays or should, the one list of them that screens and files show.</summary>
    public static IReadOnlyList<CityFigures> InOrder(IEnumerable<CityFigures> cities) =>
        [.. cities.Where(city => city.Payable > 0).OrderBy(city => city.City is null).ThenBy(city => city.City, StringComparer.Ordinal)];

    /// <summary>The ways by which anything came, in the order in which they are offered.</summary>
    public static IReadOnlyList<MethodSum> MethodsOf(IEnumerable<(PaymentMethod Method, Money Sum)> payments) =>
        [.. payments.GroupBy(payment => payment.Method).Select(method => new MethodSum(method.Key, method.Count(), Money.Sum(method.Select(one => one.Sum)))).OrderBy(method => method.Method)];

    private static MemberMonth Standing(ReportMember member, IReadOnlyList<ReportPayment> payments, Period month, DuesRules rules, DateTime nowUtc)
    {
        var facts = new LedgerFacts(member.JoinedOn, false, member.Exemptions, member.Suspensions, [.. payments.Select(payment => new PaidMonth(payment.Period, payment.Status.ForLedger(), payment.Amount))]);
        var tile = new Ledger(facts, rules, nowUtc).TileOf(month);
        return new MemberMonth(member.City, tile.State, tile.Amount, payments.FirstOrDefault(payment => payment.Period == month && payment.Status is PaymentStatus.Pending or PaymentStatus.Confirmed));
    }

    private static bool IsUnpaid(MemberMonth member) => member.State is MonthState.Due or MonthState.Overdue or MonthState.Ahead;

    private static Money SumOf(IEnumerable<MemberMonth> members) => Money.Sum(members.Select(member => member.Amount));

    private sealed record MemberMonth(string? City, MonthState State, Money Amount, ReportPayment? Payment);
}
