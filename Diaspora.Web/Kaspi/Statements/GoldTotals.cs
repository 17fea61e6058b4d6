using System.Text.RegularExpressions;
using Diaspora.Domain.Kaspi;

namespace Diaspora.Web.Kaspi.Statements;

/// <summary>What a Gold statement says of itself above its table: whose it is, its period, and its two totals.</summary>
internal sealed class GoldTotals(List<string> head)
{
    /// <exception cref="DomainException">Of several cards, or a total is missing or not met.</exception>
    public ReadStatement Meet(IReadOnlyList<GoldRow> rows)
    {
        var account = AccountOf();
        var (from, to) = PeriodOf();
        if (head.Select(row => GoldWords.TopUps().Match(row)).FirstOrDefault(match => match.Success) is not { } topUps || !Cells.TrySum(topUps.Groups["sum"].Value, out var stated))
        {
            throw new DomainException(Problems.StatementHeadMissing);
        }

        var came = rows.Where(row => row.Operation == GoldOperation.TopUp).Sum(row => row.Tiyn);
        if (came != stated)
        {
            throw new DomainException(Problems.StatementTotalsDiffer, new Money(came / 100), new Money(stated / 100));
        }

        if (BalancesOf(from, to) is var (opening, closing) && opening + rows.Sum(row => row.Tiyn) is var left && left != closing)
        {
            throw new DomainException(Problems.StatementBalanceDiffers, new Money(left / 100), new Money(closing / 100));
        }

        List<StatementLine> lines = [.. rows.Select(row => row.ToLine())];

        // The bank's total is of top-ups alone; the rest of what came is in the balance.
        var besides = lines.Zip(rows).Where(pair => pair.First.Kind == LineKind.NotOurs && pair.Second.Operation != GoldOperation.TopUp).Sum(pair => pair.First.Tiyn);
        var takenBack = rows.Where(row => row.Operation == GoldOperation.TopUp && row.Tiyn < 0).Sum(row => row.Tiyn);
        return new ReadStatement(StatementFormat.GoldPdf, account, from, to, lines, stated - takenBack + besides);
    }

    /// <summary>The card; where none is named, the account.</summary>
    private string? AccountOf()
    {
        List<string> cards = [.. head.SelectMany(row => GoldWords.Card().Matches(row)).Select(match => match.Groups["card"].Value.Replace(" ", "", StringComparison.Ordinal)).Distinct()];
        List<string> accounts = [.. head.SelectMany(row => GoldWords.Account().Matches(row)).Select(match => match.Value).Distinct()];
        var periods = head.Count(GoldWords.Period().IsMatch);
        return cards.Count > 1 || accounts.Count > 1 || periods > 1
            ? throw new DomainException(Problems.StatementTwoAccounts, string.Join(", ", cards.Count > 1 || accounts.Count < 2 ? cards : accounts))
            : cards.Concat(accounts).FirstOrDefault();
    }

    private (DateOnly From, DateOnly To) PeriodOf()
    {
        // In Kazakh the days stand before the words, and a narrow page may break the sentence.
        var at = head.FindIndex(GoldWords.Period().IsMatch);
        List<DateOnly> days = [.. Days(head[at])];
        if (days.Count < 2 && at + 1 < head.Count)
        {
            days = [.. Days(head[at] + " " + head[at + 1])];
        }

        return days is [var from, var to, ..] && from <= to ? (from, to) : throw new DomainException(Problems.StatementHeadMissing);

        static IEnumerable<DateOnly> Days(string text) => GoldWords.Day().Matches(text).Select(match => Cells.TryDay(match.Value, out var day, out _) ? day : default).Where(day => day != default);
    }

    /// <summary>What was there at the beginning and at the end; nothing where the file does not say both.</summary>
    private (long Opening, long Closing)? BalancesOf(DateOnly from, DateOnly to)
    {
        var summary = head.FindIndex(GoldWords.Summary().IsMatch);
        List<(int Row, DateOnly Day, long Tiyn)> balances = [];
        for (var row = 0; row < head.Count; row++)
        {
            foreach (Match match in GoldWords.Balance().Matches(head[row]))
            {
                if (Cells.TryDay(match.Groups["day"].Value, out var day, out _) && Cells.TrySum(match.Groups["sum"].Value, out var tiyn))
                {
                    balances.Add((row, day, tiyn));
                }
            }
        }

        // The one at the end stands above the summary too: on the first page of the old layout, as the certificate in the new one.
        var below = balances.FindAll(balance => balance.Row > summary);
        var known = below.Count > 1 ? below : balances;
        var opening = known.FindIndex(balance => balance.Day == from);
        var closing = known.FindLastIndex(balance => balance.Day == to);
        return opening < 0 || closing < 0 || opening == closing ? null : (known[opening].Tiyn, known[closing].Tiyn);
    }
}
