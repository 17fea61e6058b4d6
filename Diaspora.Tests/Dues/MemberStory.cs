using Diaspora.Domain.Dues;
using Diaspora.Domain.Payments;

namespace Diaspora.Tests.Dues;

/// <summary>What happened to one member, told in a line: <c>Joined("2026-03-05").Paid("2026-03")</c>.</summary>
public sealed record MemberStory
{
    public static readonly Money Fee = new(2000);
    private static readonly TimeZoneInfo Almaty = TimeZoneInfo.FindSystemTimeZoneById("Asia/Almaty");

    private LedgerFacts Facts { get; init; } = new(null, false, [], [], []);

    private int DeadlineDay { get; init; } = 10;

    private FeeSchedule Fees { get; init; } = FeeSchedule.Always(Fee);

    public static MemberStory Joined(string day) => new() { Facts = new(DateOnly.Parse(day), false, [], [], []) };

    public static MemberStory Staff() => new();

    public MemberStory Paid(params string[] months) => With(PaymentStatus.Confirmed, months);

    public MemberStory Claimed(params string[] months) => With(PaymentStatus.Pending, months);

    public MemberStory Rejected(params string[] months) => With(PaymentStatus.Rejected, months);

    public MemberStory Refunded(params string[] months) => With(PaymentStatus.Refunded, months);

    public MemberStory Exempt(string from, string? to = null) => this with { Facts = Facts with { Exemptions = [.. Facts.Exemptions, Span(from, to)] } };

    public MemberStory Suspended(string from, string? to = null) => this with { Facts = Facts with { Suspensions = [.. Facts.Suspensions, Span(from, to)] } };

    public MemberStory Blocked() => this with { Facts = Facts with { IsBlocked = true } };

    public MemberStory RejoinedOn(string day) => this with { Facts = Facts with { JoinedOn = DateOnly.Parse(day) } };

    public MemberStory WithDeadlineDay(int day) => this with { DeadlineDay = day };

    public MemberStory AfterTheFeeRoseTo(long tenge) => this with { Fees = FeeSchedule.Always(new Money(tenge)) };

    public MemberStory WithFees(params (string From, long Tenge)[] steps) =>
        this with { Fees = new FeeSchedule(steps.Select(step => new FeeStep(Period.Parse(step.From), new Money(step.Tenge)))) };

    public DuesRules Rules => new(Fees, DeadlineDay, 12, 14, Almaty);

    /// <param name="moment">A local day, a local time, or with a Z an instant in UTC.</param>
    public Ledger On(string moment) => new(Facts, Rules, Utc(moment));

    public static DateTime Utc(string moment)
    {
        if (moment.EndsWith('Z'))
        {
            return DateTime.Parse(moment, null, System.Globalization.DateTimeStyles.AdjustToUniversal);
        }

        var local = DateTime.Parse(moment);
        return TimeZoneInfo.ConvertTimeToUtc(local.TimeOfDay == TimeSpan.Zero && moment.Length == 10 ? local.AddHours(12) : local, Almaty);
    }

    private MemberStory With(PaymentStatus status, string[] months) =>
        this with { Facts = Facts with { Payments = [.. Facts.Payments, .. months.Select(month => new PaidMonth(Period.Parse(month), status.ForLedger(), Fee))] } };

    private static PeriodSpan Span(string from, string? to) => new(Period.Parse(from), to is null ? null : Period.Parse(to));
}
