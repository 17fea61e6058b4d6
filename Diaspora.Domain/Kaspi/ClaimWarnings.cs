using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Kaspi;

/// <summary>Another intent of the payer, or of somebody of the same name, that is to be decided or was claimed today.</summary>
/// <param name="Total">Of its months that are pending or confirmed.</param>
public sealed record NearIntent(Guid IntentId, string Code, Guid PayerId, string SortKey, bool IsPending, DateTime? ClaimedAt, Money Total);

/// <summary>What makes a cashier look twice, each with what its sentence names. Nothing of it hinders anybody.</summary>
public static class ClaimWarnings
{
    /// <summary>So many months at once are half a year.</summary>
    public const int ManyMonths = 6;

    /// <param name="near">Those of the same payer or name, this one among them or not.</param>
    /// <param name="owed">The months each member owes, those claimed left out.</param>
    public static IReadOnlyList<RowWarning> Of(
        PaymentRow row, IReadOnlyList<ReceiptFacts> receipts, IEnumerable<NearIntent> near, ILookup<Guid, Period> owed, DuesRules rules, DateTime now)
    {
        if (!row.CanDecide)
        {
            return [];
        }

        List<RowWarning> warnings = [];
        if (row.UsedIn is { } used)
        {
            warnings.Add(new RowWarning(ClaimWarning.ReceiptUsed) { IntentId = used });
        }

        var total = row.Received ?? row.Live;
        string[] names = [row.PayerName, .. row.Months.Select(month => month.MemberName).OfType<string>()];
        foreach (var receipt in receipts)
        {
            warnings.AddRange(ReceiptWarnings.Of(receipt, total, rules.DayOf(row.CreatedAt), rules.DayOf(row.ClaimedAt ?? now), names).Select(kind => Said(kind, receipt)));
        }

        var others = near.Where(other => other.IntentId != row.IntentId).ToList();
        if (row.ClaimedAt is { } claimed && rules.DayOf(claimed) == rules.DayOf(now) && NameOrder.KeyOf(row.PayerName) is var key
            && others.Find(other => other.SortKey == key && other.Total == total && other.ClaimedAt is { } at && rules.DayOf(at) == rules.DayOf(now)) is { } twice)
        {
            warnings.Add(new RowWarning(ClaimWarning.SaidTwice) { IntentId = twice.IntentId, Code = twice.Code });
        }
        else if (others.Find(other => other.PayerId == row.PayerId && other.IsPending) is { } second)
        {
            warnings.Add(new RowWarning(ClaimWarning.SecondIntent) { IntentId = second.IntentId, Code = second.Code });
        }

        if (OldestOwed(row, owed) is { } month)
        {
            warnings.Add(new RowWarning(ClaimWarning.OlderOwed) { Month = month });
        }

        if (row.Months.Select(line => line.Period).Distinct().Count() is >= ManyMonths and var months)
        {
            warnings.Add(new RowWarning(ClaimWarning.ManyMonths) { Months = months });
        }

        // Two receipts may say the same of one another.
        return [.. warnings.DistinctBy(warning => warning.Kind).OrderBy(warning => warning.Kind)];
    }

    private static RowWarning Said(ReceiptWarning kind, ReceiptFacts receipt) => kind switch
    {
        ReceiptWarning.SumDiffers => new RowWarning(ClaimWarning.SumDiffers) { Tiyn = receipt.Tiyn },
        ReceiptWarning.DayDiffers => new RowWarning(ClaimWarning.DayDiffers) { On = receipt.On },
        ReceiptWarning.PayerDiffers => new RowWarning(ClaimWarning.PayerDiffers) { Payer = receipt.Payer },
        _ => new RowWarning(ClaimWarning.ReceiptUsed) { IntentId = receipt.UsedInIntent, Code = receipt.UsedInCode },
    };

    /// <summary>Of the members it is for: what lies before the first month each of them claims with it.</summary>
    private static Period? OldestOwed(PaymentRow row, ILookup<Guid, Period> owed)
    {
        var months =
            from line in row.Months
            group line.Period by line.MemberId into claimed
            from month in owed[claimed.Key]
            where month < claimed.Min() && !claimed.Contains(month)
            select (Period?)month;
        return months.Min();
    }
}
