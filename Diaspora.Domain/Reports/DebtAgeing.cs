namespace Diaspora.Domain.Reports;

/// <summary>So many months of debt, both included; the last is open.</summary>
public sealed record DebtSpan(int From, int? To)
{
    public static readonly IReadOnlyList<DebtSpan> All = [new(1, 1), new(2, 2), new(3, 3), new(4, 6), new(7, 12), new(13, null)];

    public bool Has(int months) => months >= From && (To is null || months <= To);

    /// <summary>As an address says it: the first of its months. What is none of them is nothing.</summary>
    public static DebtSpan? Find(int? from) => All.FirstOrDefault(span => span.From == from);
}

public sealed record DebtGroup(DebtSpan Span, int Members, Money Debt);

public sealed record CityDebt(string? City, int Members, Money Debt);

/// <summary>Who owes past months, by how many and by city, as of today.</summary>
/// <param name="Groups">Every span, the empty ones too.</param>
/// <param name="Cities">The greatest debt first.</param>
public sealed record DebtAgeing(IReadOnlyList<DebtGroup> Groups, IReadOnlyList<CityDebt> Cities)
{
    public int Members => Groups.Sum(group => group.Members);

    public Money Debt => Money.Sum(Groups.Select(group => group.Debt));

    /// <param name="debts">Members who owe the same number of months in one city, together.</param>
    public static DebtAgeing Of(IReadOnlyCollection<(string? City, int Months, int Members, Money Debt)> debts) => new(
        [.. DebtSpan.All.Select(span => new DebtGroup(
            span, debts.Where(debt => span.Has(debt.Months)).Sum(debt => debt.Members), Money.Sum(debts.Where(debt => span.Has(debt.Months)).Select(debt => debt.Debt))))],
        [.. debts.GroupBy(debt => debt.City).Select(city => new CityDebt(city.Key, city.Sum(debt => debt.Members), Money.Sum(city.Select(debt => debt.Debt))))
            .OrderByDescending(city => city.Debt).ThenBy(city => city.City is null).ThenBy(city => city.City, StringComparer.Ordinal)]);
}
