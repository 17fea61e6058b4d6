using System.Globalization;
using Diaspora.Domain.Dues;

namespace Diaspora.Web.Payments.Cabinet.Pay;

/// <summary>What each month cost on the screen, as a plain form sends it along: <c>2026-03:2000,2026-04:2500</c>.</summary>
public sealed record SeenPrices(IReadOnlyCollection<MonthPrice> Months)
{
    /// <summary>A form can say anything. What cannot be read costs nothing, and the wrong sum is refused.</summary>
    public static SeenPrices Parse(string? text) => new([.. (text ?? "").Split(',').Select(MonthPrice.Parse).OfType<MonthPrice>()]);

    public Money Of(IReadOnlyCollection<Period> chosen) => Money.Sum(Months.Where(month => chosen.Contains(month.Period)).Select(month => month.Amount));

    public override string ToString() => string.Join(',', Months);
}

/// <summary>A month and its fee.</summary>
public sealed record MonthPrice(Period Period, Money Amount)
{
    public static MonthPrice? Parse(string text) =>
        text.Split(':') is [var month, var sum] && Period.TryParse(month, out var period) && int.TryParse(sum, NumberStyles.None, CultureInfo.InvariantCulture, out var tenge)
            ? new MonthPrice(period, new Money(tenge))
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Period}:{Amount.Tenge}");
}
