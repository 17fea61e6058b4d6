using Diaspora.Domain.Dues;

namespace Diaspora.Domain.Import;

/// <summary>A sum in one month that a person called several fees: of that month and of those after it.</summary>
internal static class SeveralFees
{
    /// <summary>How many fees a sum is; nothing where it is not several.</summary>
    public static int Count(Money sum, Money fee) => fee.Tenge > 0 && sum.Tenge > fee.Tenge && sum.Tenge % fee.Tenge == 0 ? (int)(sum.Tenge / fee.Tenge) : 0;

    /// <param name="last">The last month that may be paid.</param>
    public static ReadRow Spread(ReadRow row, DuesRules rules, Period last)
    {
        if (!row.Paid.Any(mark => mark.IsAhead))
        {
            return row;
        }

        List<PaidMark> paid = [.. row.Paid.Where(mark => !mark.IsAhead)];
        List<CellProblem> problems = [.. row.Problems];
        foreach (var mark in row.Paid.Where(mark => mark.IsAhead).OrderBy(mark => mark.Month))
        {
            var left = mark.Amount!.Value.Tenge;
            for (var month = mark.Month; left > 0; month = month.Next)
            {
                var fee = rules.FeeOf(month);
                Problem? problem = fee.Tenge <= 0 || left < fee.Tenge ? new Problem(Problems.ImportSumUnclear, mark.Amount.Value, fee)
                    : month > last ? new Problem(Problems.ImportMonthTooFar, last)
                    : paid.Exists(other => other.Month == month) ? new Problem(Problems.ImportAheadTaken, mark.Amount.Value, month)
                    : null;
                if (problem is not null)
                {
                    problems.Add(new CellProblem(mark.Column, problem) { Place = mark.Place });
                    break;
                }

                paid.Add(new PaidMark(month, fee, mark.Column) { Place = mark.Place, On = mark.On });
                left -= fee.Tenge;
            }
        }

        return row with { Paid = paid, Problems = problems };
    }
}
