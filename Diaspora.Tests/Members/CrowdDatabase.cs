using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;
using Xunit;

[assembly: AssemblyFixture(typeof(Diaspora.Tests.Members.CrowdDatabase))]

namespace Diaspora.Tests.Members;

/// <summary>
/// A thousand members as chance makes them, always the same ones, and what the pure functions say of them. Made for the first test that asks,
/// and then only read.
/// </summary>
public sealed class CrowdDatabase : IAsyncDisposable
{
    public const int Size = 1000;

    public static readonly string[] Cities = ["Алматы", "Астана", "Шымкент", "Қызылорда"];
    private static readonly string[] Names = ["Алиев Рашад", "Əliyev Rəşad", "Aliyev Rashad", "Әлиев Рашад", "Гасанов Самир", "Ибрагимова Лейла", "Қасымова Ұлвия", "Наджафов Вугар"];
    private readonly List<(Member Member, MemberFacts Facts, Ledger Ledger)> _people = [];

    private readonly Lazy<Task> _filled;

    public CrowdDatabase() => _filled = new(FillOnceAsync);

    public TestDatabase Database { get; } = new();

    public Actor Cashier { get; private set; } = null!;

    public Task FillAsync() => _filled.Value;

    private async Task FillOnceAsync()
    {
        await Database.InitializeAsync();
        Cashier = await Database.AddCashierAsync();
        var random = new Random(26);
        await using var context = Database.Get<Data.IContextFactory>().Create();
        for (var index = 0; index < Size; index++)
        {
            var (member, payments) = Somebody(random, index);
            context.Members.Add(member);
            context.Intents.AddRange(payments);
            Remember(member, payments);
        }

        // Around the store, as a file of an older version is: the refresh finds them all.
        await context.SaveChangesAsync();
        Assert.Equal(Size, await Database.Get<MemberService>().RefreshListingsAsync());
        await using var known = Database.Context();
        var cashier = known.Members.Single(member => member.Id == Cashier.MemberId);
        Remember(cashier, []);
        var byName = Comparer<Member>.Create((left, right) =>
            string.CompareOrdinal(left.SortKey, right.SortKey) is not 0 and var order ? order
            : string.CompareOrdinal(left.Id.ToString().ToUpperInvariant(), right.Id.ToString().ToUpperInvariant()));
        _people.Sort((left, right) => byName.Compare(left.Member, right.Member));
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    /// <summary>The ids the whole list should have, in its order, said without a database.</summary>
    public IReadOnlyList<Guid> Expect(MemberFilter filter)
    {
        var now = Database.Clock.GetUtcNow().UtcDateTime;
        var current = Database.Rules.PeriodOf(now);
        var rows = _people.Where(row => IsIn(row.Member, row.Facts, row.Ledger, filter, current));
        if (filter.Sort == MemberSort.Name)
        {
            return [.. (filter.IsDescending ? rows.Reverse() : rows).Select(row => row.Member.Id)];
        }

        // A stable sort: names settle what is equal, in the same direction either way.
        IComparable? KeyOf((Member Member, MemberFacts Facts, Ledger Ledger) row) => filter.Sort switch
        {
            MemberSort.City => row.Member.City is { } city ? new Ordinal(city) : null,
            MemberSort.Standing => (int)row.Ledger.Standing,
            MemberSort.Debt => row.Ledger.Debt.Tenge,
            MemberSort.Months => Strip(row.Ledger, current).Count(state => state == MonthState.Paid),
            _ => row.Facts.LastPaidAt,
        };
        return [.. (filter.IsDescending ? rows.OrderByDescending(KeyOf) : rows.OrderBy(KeyOf)).Select(row => row.Member.Id)];
    }

    /// <summary>The clock stands still here, so each ledger is computed once for all the lists.</summary>
    private void Remember(Member member, IReadOnlyList<PaymentIntent> payments)
    {
        var facts = FactsOf(member, payments);
        _people.Add((member, facts, new Ledger(facts.Ledger, Database.Rules, Database.Clock.GetUtcNow().UtcDateTime)));
    }

    private static bool IsIn(Member member, MemberFacts facts, Ledger ledger, MemberFilter filter, Period current)
    {
        var month = filter.Month ?? current;
        var state = ledger.Joined is null ? MonthState.Before : ledger.StateOf(month);
        return filter.Segment switch
        {
            MemberSegment.Unpaid => state is MonthState.Due or MonthState.Overdue,
            MemberSegment.Waiting => state == MonthState.Pending,
            MemberSegment.Debtors => ledger.DebtMonths.Count > 0,
            MemberSegment.New => ledger.Joined is not null && !member.IsBlocked && facts.Ledger.Payments.All(payment => payment.State != PaidMonthState.Confirmed),
            MemberSegment.Blocked => member.IsBlocked,
            _ => true,
        }
            && (filter.DebtFrom is not { } months || ledger.DebtMonths.Count >= months)
            && (filter.Standing is not { } standing || ledger.Standing == standing)
            && (filter.City is not { } city || member.City == city)
            && (filter.Search switch
            {
                null => true,
                "+7 701 00" => member.Phone.Value.Contains("770100", StringComparison.Ordinal) || member.Number.Value.StartsWith("770100", StringComparison.Ordinal),
                var text => member.NameKey.Contains(NameSkeleton.Of(text), StringComparison.Ordinal),
            });
    }

    private static IEnumerable<MonthState> Strip(Ledger ledger, Period current) => ledger.Joined is null ? [] : Period.Range(current.AddMonths(-11), current).Select(ledger.StateOf);

    private (Member, List<PaymentIntent>) Somebody(Random random, int index)
    {
        var now = Database.Clock.GetUtcNow().UtcDateTime;
        var first = new Period(2024, 9).AddMonths(random.Next(20));
        var member = new Member(
            MemberNumber.FromBody(MemberNumber.First + 500_000 + index), Names[random.Next(Names.Length)], PhoneNumber.Parse($"+7701{5_000_000 + index * 37}"), Role.Member,
            random.Next(20) == 0 ? null : first.FirstDay.AddDays(random.Next(28)), now);
        member.Edit(member.FullName, member.Phone, null, random.Next(5) == 0 ? null : Cities[random.Next(Cities.Length)], now);
        var by = Cashier.MemberId!.Value;
        if (random.Next(8) == 0)
        {
            member.Exempt(first.AddMonths(random.Next(8)), random.Next(2) == 0 ? null : first.AddMonths(8 + random.Next(4)), "решение совета", by, now);
        }

        if (random.Next(8) == 0)
        {
            member.Suspend(first.AddMonths(random.Next(8)), random.Next(2) == 0 ? null : first.AddMonths(8 + random.Next(4)), "уехал", by, now);
        }

        if (random.Next(15) == 0)
        {
            member.Block("спам", now);
        }

        var payments = new List<PaymentIntent>();
        var paying = random.Next(4);
        for (var month = 0; month < 20 && paying > 0; month++)
        {
            if (random.Next(4) < paying)
            {
                payments.Add(Paid(member.Id, first.AddMonths(month), random, by, now.AddDays(-random.Next(300)), $"{index}-{month}"));
            }
        }

        return (member, payments);
    }

    private static PaymentIntent Paid(Guid memberId, Period month, Random random, Guid by, DateTime at, string code)
    {
        var intent = PaymentIntent.Start(code, memberId, [(month, new Money(2000))], PaymentMethod.KaspiTransfer, at);
        switch (random.Next(8))
        {
            case 0:
                break;
            case 1:
                intent.Reject(by, "чек не читается", at);
                break;
            case 2:
                intent.Confirm(by, at);
                intent.Refund(intent.Payments[0].Id, by, "ошиблись месяцем", at);
                break;
            default:
                intent.Confirm(by, at);
                break;
        }

        return intent;
    }

    private static MemberFacts FactsOf(Member member, IReadOnlyList<PaymentIntent> intents)
    {
        var payments = intents.SelectMany(intent => intent.Payments).ToList();
        return new MemberFacts(
            new MemberPerson(member.Id, member.Number.Value, member.FullName, member.Phone.Value, member.City, member.Role, member.JoinedOn, member.BlockReason, member.CreatedAt),
            new LedgerFacts(member.JoinedOn, member.IsBlocked, [.. member.Exemptions.Select(interval => interval.Span)], [.. member.Suspensions.Select(interval => interval.Span)],
                [.. payments.Select(payment => new PaidMonth(payment.Period, payment.Status.ForLedger(), payment.Amount))]),
            payments.Where(payment => payment.Status == PaymentStatus.Confirmed).Max(payment => payment.ConfirmedAt));
    }

    private sealed record Ordinal(string Text) : IComparable
    {
        public int CompareTo(object? other) => string.CompareOrdinal(Text, (other as Ordinal)?.Text);
    }
}
