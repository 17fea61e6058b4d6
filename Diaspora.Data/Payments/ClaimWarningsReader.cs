using Diaspora.Data.Kaspi;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Payments;

/// <summary>Reads what rows of the queue are held against, all rows at once: what their receipts say, who has another payment on its way, and which months are owed.</summary>
internal sealed class ClaimWarningsReader(DiasporaDbContext context, DuesRules rules, DateTime now)
{
    private static readonly char Overdue = MemberListing.LetterOf(MonthState.Overdue)[0];

    public async Task<IReadOnlyList<PaymentRow>> WithAsync(List<PaymentRow> rows, CancellationToken cancel)
    {
        var open = rows.FindAll(row => row.CanDecide);
        if (open.Count == 0)
        {
            return rows;
        }

        var receipts = open.Exists(row => row.Receipts.Count > 0)
            ? await new ReceiptReadingRepository(context).OfIntentsAsync([.. open.Where(row => row.Receipts.Count > 0).Select(row => row.IntentId)], cancel)
            : Enumerable.Empty<ReceiptFacts>().ToLookup(_ => Guid.Empty);
        var near = (await NearAsync(open, cancel)).ToLookup(other => other.SortKey);
        var owed = await OwedAsync(open, cancel);
        return rows.ConvertAll(row => !row.CanDecide ? row : row with
        {
            Warnings = ClaimWarnings.Of(row, [.. receipts[row.IntentId]], near[NameOrder.KeyOf(row.PayerName)], owed, rules, now),
            ReceiptAt = receipts[row.IntentId].FirstOrDefault(receipt => receipt.At is not null)?.At,
        });
    }

    /// <summary>By the payers' names: that finds their own as well.</summary>
    private async Task<List<NearIntent>> NearAsync(List<PaymentRow> open, CancellationToken cancel)
    {
        List<string> keys = [.. open.Select(row => NameOrder.KeyOf(row.PayerName)).Distinct()];
        var today = TimeZoneInfo.ConvertTimeToUtc(rules.DayOf(now).ToDateTime(TimeOnly.MinValue), rules.Zone);
        return await (
            from member in context.Members
            where EF.Parameter(keys).Contains(member.SortKey)
            join intent in context.Intents on member.Id equals intent.PayerId
            let isPending = intent.Payments.Any(payment => payment.Status == PaymentStatus.Pending)
            where isPending || intent.ClaimedAt >= today
            select new NearIntent(
                intent.Id, intent.Code, intent.PayerId, member.SortKey, isPending, intent.ClaimedAt,
                new Money(intent.Payments.Where(payment => payment.Status == PaymentStatus.Pending || payment.Status == PaymentStatus.Confirmed).Sum(payment => payment.Amount.Tenge)))).ToListAsync(cancel);
    }

    /// <summary>From the copy that the list of members is filtered by: the last twelve months of each.</summary>
    private async Task<ILookup<Guid, Period>> OwedAsync(List<PaymentRow> open, CancellationToken cancel)
    {
        List<Guid> members = [.. open.SelectMany(row => row.Months).Select(month => month.MemberId).Distinct()];
        var strips = await context.Listings.Where(dues => EF.Parameter(members).Contains(dues.MemberId) && dues.DebtMonths > 0).Select(dues => new { dues.MemberId, dues.Strip, dues.AsOf }).ToListAsync(cancel);
        return (
            from member in strips
            from place in Enumerable.Range(0, member.Strip.Length)
            where member.Strip[place] == Overdue
            select (member.MemberId, Month: Period.Of(member.AsOf).AddMonths(place + 1 - member.Strip.Length))).ToLookup(owed => owed.MemberId, owed => owed.Month);
    }
}
