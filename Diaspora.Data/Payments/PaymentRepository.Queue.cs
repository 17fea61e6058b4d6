using System.Linq.Expressions;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Payments;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Payments;

/// <summary>The queue: its pages, its rows, and what is searched in it.</summary>
internal sealed partial class PaymentRepository
{
    /// <summary>How many open intents are looked at for what should be looked at twice: more than anybody decides in a day.</summary>
    private const int MostOpen = 500;

    public async Task<Page<PaymentRow>> PageAsync(PaymentFilter filter, DuesRules rules, DateTime now, CancellationToken cancel = default)
    {
        var (warnings, matching) = (new ClaimWarningsReader(context, rules, now), Matching(filter, rules.Zone.GetUtcOffset(now)));
        var skipped = (filter.Number - 1) * PaymentFilter.Size;
        if (filter.NeedsAttention)
        {
            List<PaymentRow> all = [.. (await warnings.WithAsync(await RowsAsync(Sorted(matching, filter).Take(MostOpen), cancel), cancel)).Where(row => row.Warnings.Count > 0)];
            return new Page<PaymentRow>([.. all.Skip(skipped).Take(PaymentFilter.Size)], all.Count, filter.Number, PaymentFilter.Size);
        }

        var rows = await warnings.WithAsync(await RowsAsync(Sorted(matching, filter).Skip(skipped).Take(PaymentFilter.Size), cancel), cancel);
        var total = filter.Number == 1 && rows.Count < PaymentFilter.Size ? rows.Count : await matching.CountAsync(cancel);
        return new Page<PaymentRow>(rows, total, filter.Number, PaymentFilter.Size);
    }

    public async Task<PaymentRow?> RowAsync(Guid intentId, CancellationToken cancel = default) =>
        (await RowsAsync(context.Intents.Where(intent => intent.Id == intentId), cancel)).SingleOrDefault();

    public async Task<PaymentRow?> RowAsync(Guid intentId, DuesRules rules, DateTime now, CancellationToken cancel = default) =>
        (await RowsAsync([intentId], rules, now, cancel)).SingleOrDefault();

    public async Task<IReadOnlyList<PaymentRow>> RowsAsync(IReadOnlyCollection<Guid> intentIds, DuesRules rules, DateTime now, CancellationToken cancel = default)
    {
        List<Guid> ids = [.. intentIds];
        var intents = ids is [var only] ? context.Intents.Where(intent => intent.Id == only) : context.Intents.Where(intent => EF.Parameter(ids).Contains(intent.Id));
        return await new ClaimWarningsReader(context, rules, now).WithAsync(await RowsAsync(intents, cancel), cancel);
    }

    public async Task<int> AttentionAsync(DuesRules rules, DateTime now, CancellationToken cancel = default) =>
        (await PageAsync(new PaymentFilter { NeedsAttention = true }, rules, now, cancel)).Total;

    /// <param name="offset">What is added to an instant to tell the local time.</param>
    private IQueryable<PaymentIntent> Matching(PaymentFilter filter, TimeSpan offset)
    {
        var intents = context.Intents.AsQueryable();
        if (filter.Status is { } status)
        {
            // "In" and not "any": the database then goes from the few payments in this status to their intents. "Any" goes through every intent there is.
            var inStatus = context.Payments.Where(payment => payment.Status == status).Select(payment => payment.IntentId);
            intents = intents.Where(intent => inStatus.Contains(intent.Id));
        }

        if (filter.Month is { } month)
        {
            var inMonth = context.Payments.Where(payment => payment.Period == month).Select(payment => payment.IntentId);
            intents = intents.Where(intent => inMonth.Contains(intent.Id));
        }

        if (filter.Method is { } method)
        {
            intents = intents.Where(intent => intent.Payments.Any(payment => payment.Method == method));
        }

        return QueueSearch.Parse(filter.Search) switch
        {
            null => intents,
            { Ways: [] } => intents.Where(_ => false),
            { Ways: [var only] } => Found(intents, only, offset),
            var search => intents.Where(In([.. search.Ways.Select(way => Found(context.Intents, way, offset).Select(intent => intent.Id))])),
        };
    }

    private static Expression<Func<PaymentIntent, bool>> In(IReadOnlyList<IQueryable<Guid>> found)
    {
        var ids = found.Aggregate((one, other) => one.Union(other));
        return intent => ids.Contains(intent.Id);
    }

    /// <summary>As <see cref="QueueSearch.Finds"/> says it of one row. The beginning of a member number is the one thing a row does not know.</summary>
    private IQueryable<PaymentIntent> Found(IQueryable<PaymentIntent> intents, IReadOnlyList<SearchTerm> way, TimeSpan offset)
    {
        var people = context.Members.AsQueryable();
        foreach (var term in way)
        {
            switch (term)
            {
                case SearchTerm.Name { IsInitial: true, Key: var first }:
                    people = people.Where(member => member.NameKey.StartsWith(first) || member.NameKey.Contains(" " + first));
                    break;
                case SearchTerm.Name { Key: var part }:
                    people = people.Where(member => member.NameKey.Contains(part));
                    break;
                case SearchTerm.Number number:
                    var (digits, phone, sum) = (number.Digits, number.PhonePart, number.Sum ?? -1);
                    var callers = context.Members.Where(member => ((string)(object)member.Phone).Contains(phone) || ((string)(object)member.Number).StartsWith(digits)).Select(member => member.Id);
                    intents = intents.Where(intent => intent.Code == digits || callers.Contains(intent.PayerId)
                        || intent.Payments.Sum(payment => payment.Amount.Tenge) == sum
                        || intent.Payments.Where(payment => payment.Status == PaymentStatus.Pending).Sum(payment => payment.Amount.Tenge) == sum);
                    break;
                case SearchTerm.Time { At: var at }:
                    var (utc, next) = (at.Add(-offset), at.AddMinutes(1));
                    var (hour, minute) = (utc.Hour, utc.Minute);
                    var read = from evidence in context.Evidence
                               where evidence.At >= at && evidence.At < next
                               join reading in context.ReceiptReadings on evidence.Id equals reading.EvidenceId
                               join receipt in context.Receipts on reading.ReceiptId equals receipt.Id
                               select receipt.IntentId;
                    intents = intents.Where(intent => (intent.CreatedAt.Hour == hour && intent.CreatedAt.Minute == minute)
                        || (intent.ClaimedAt != null && intent.ClaimedAt.Value.Hour == hour && intent.ClaimedAt.Value.Minute == minute)
                        || read.Contains(intent.Id));
                    break;
            }
        }

        return way.OfType<SearchTerm.Name>().Any() ? intents.Where(intent => people.Select(member => member.Id).Contains(intent.PayerId)) : intents;
    }

    private IQueryable<PaymentIntent> Sorted(IQueryable<PaymentIntent> intents, PaymentFilter filter)
    {
        var status = filter.Status;
        return (filter.Sort switch
        {
            PaymentSort.Sum => By(intent => -intent.Payments.Where(payment => status == null || payment.Status == status).Sum(payment => payment.Amount.Tenge)),
            PaymentSort.Name => By(intent => context.Everybody.Where(member => member.Id == intent.PayerId).Select(member => member.SortKey).First()),
            _ when status != PaymentStatus.Pending => filter.IsReversed ? intents.OrderBy(intent => intent.UpdatedAt) : intents.OrderByDescending(intent => intent.UpdatedAt),

            // Who has only begun to pay waits for nobody, whichever way the others stand.
            _ when filter.IsReversed => intents.OrderBy(intent => intent.ClaimedAt == null).ThenByDescending(intent => intent.ClaimedAt ?? intent.CreatedAt),
            _ => intents.OrderBy(intent => intent.ClaimedAt == null).ThenBy(intent => intent.ClaimedAt ?? intent.CreatedAt),
        }).ThenBy(intent => intent.Id);

        IOrderedQueryable<PaymentIntent> By<TKey>(Expression<Func<PaymentIntent, TKey>> key) => filter.IsReversed ? intents.OrderByDescending(key) : intents.OrderBy(key);
    }

    private async Task<List<PaymentRow>> RowsAsync(IQueryable<PaymentIntent> intents, CancellationToken cancel)
    {
        var rows = await intents.Select(intent => new
        {
            intent.Id,
            intent.Code,
            intent.PayerId,
            Payer = context.Everybody.Where(member => member.Id == intent.PayerId).Select(member => new { member.FullName, member.Phone, member.City }).First(),
            Payments = intent.Payments.OrderBy(payment => payment.Period).Select(payment => new
            {
                Payment = payment,
                Member = context.Everybody.Where(member => member.Id == payment.MemberId).Select(member => member.FullName).FirstOrDefault(),
                DecidedBy = context.Everybody.Where(member => member.Id == payment.DecidedBy).Select(member => member.FullName).FirstOrDefault(),
            }).ToList(),
            Receipts = intent.Receipts.OrderBy(receipt => receipt.CreatedAt).Select(receipt => new ReceiptRow(receipt.Id, receipt.FileName, receipt.ContentType, receipt.Size)
            {
                AttachedBy = receipt.AttachedBy,
                UsedIn = context.Receipts.Where(other => other.Sha256 == receipt.Sha256 && other.IntentId != receipt.IntentId).OrderBy(other => other.CreatedAt).Select(other => (Guid?)other.IntentId).FirstOrDefault(),
            }).ToList(),
            RecordedBy = context.Everybody.Where(member => member.Id == intent.RecordedBy).Select(member => member.FullName).FirstOrDefault(),
            intent.Received,
            intent.ReceivedOn,
            intent.Note,
            intent.CreatedAt,
            intent.ClaimedAt,
        }).ToListAsync(cancel);
        return rows.ConvertAll(row =>
        {
            var last = row.Payments.MaxBy(month => month.Payment.DecidedAt ?? DateTime.MinValue)!;
            return new PaymentRow(
                row.Id, row.Code, row.PayerId, row.Payer.FullName, row.Payer.Phone.Value, row.Payer.City,
                [.. row.Payments.Select(month => new PaymentMonth(month.Payment.Period, month.Payment.Amount, month.Payment.Status)
                {
                    PaymentId = month.Payment.Id,
                    MemberId = month.Payment.MemberId,
                    MemberName = month.Payment.MemberId == row.PayerId ? null : month.Member,
                    Reason = month.Payment.Reason,
                    DecidedBy = month.DecidedBy,
                    DecidedAt = month.Payment.DecidedAt,
                })],
                last.Payment.Method, row.CreatedAt, row.ClaimedAt, row.Receipts, last.DecidedBy, last.Payment.DecidedAt, last.Payment.Reason)
            {
                Received = row.Received,
                ReceivedOn = row.ReceivedOn,
                Note = row.Note,
                RecordedBy = row.RecordedBy,
            };
        });
    }
}
