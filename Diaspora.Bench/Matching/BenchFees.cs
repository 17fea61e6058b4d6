namespace Diaspora.Bench.Matching;

/// <summary>What a month costs. The portal knows it from its settings; from files it is what most members paid.</summary>
internal sealed class BenchFees
{
    private static readonly Money Usual = new(2000);
    private readonly SortedDictionary<Period, Money> _fees = [];

    public BenchFees(BenchMonth month)
    {
        foreach (var paid in month.Members.SelectMany(member => member.Paid).Where(paid => paid.Value > Money.Zero).GroupBy(paid => paid.Key))
        {
            _fees[paid.Key] = paid.GroupBy(each => each.Value).OrderByDescending(same => same.Count()).First().Key;
        }

        if (_fees.Count == 0 && month.Lines.Count > 0)
        {
            _fees[Period.Earliest] = new Money(month.Lines.GroupBy(line => line.Tiyn / 100).OrderByDescending(same => same.Count()).First().Key);
        }
    }

    public Money Of(Period period)
    {
        var known = _fees.Where(fee => fee.Key <= period).Select(fee => (Money?)fee.Value).LastOrDefault();
        return known ?? _fees.Values.Select(fee => (Money?)fee).FirstOrDefault() ?? Usual;
    }
}
