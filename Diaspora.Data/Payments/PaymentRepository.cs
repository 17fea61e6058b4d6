using Diaspora.Data.Members;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Payments;

internal sealed class PaymentRepository(DiasporaDbContext context) : IPaymentRepository
{
    public void Add(PaymentIntent intent) => context.Intents.Add(intent);

    public async Task<PaymentIntent?> FindAsync(Guid intentId, CancellationToken cancel = default)
    {
        var payers = context.Intents.Where(intent => intent.Id == intentId).Select(intent => intent.PayerId);
        await context.Held.AddAsync(payers.Union(context.Payments.Where(payment => payment.IntentId == intentId).Select(payment => payment.MemberId)), cancel);
        return await context.Intents.Include(intent => intent.Payments.OrderBy(payment => payment.Period)).Include(intent => intent.Receipts)
            .FirstOrDefaultAsync(intent => intent.Id == intentId, cancel);
    }

    public Task<bool> CodeExistsAsync(string code, CancellationToken cancel = default) => context.Intents.AnyAsync(intent => intent.Code == code, cancel);

    public async Task<IReadOnlyList<PaymentIntent>> PendingOfAsync(Guid payerId, CancellationToken cancel = default)
    {
        await context.Held.AddAsync([payerId], cancel);
        return await context.Intents.Include(intent => intent.Payments)
            .Where(intent => intent.PayerId == payerId && intent.Payments.Any(payment => payment.Status == PaymentStatus.Pending))
            .ToListAsync(cancel);
    }

    public async Task<IReadOnlyList<ChosenMonth>> TakenElsewhereAsync(PaymentIntent intent, CancellationToken cancel = default)
    {
        var members = intent.MemberIds;
        var periods = intent.Payments.Select(payment => payment.Period).ToList();
        var live = await context.Payments
            .Where(payment => payment.IntentId != intent.Id && members.Contains(payment.MemberId) && periods.Contains(payment.Period)
                && (payment.Status == PaymentStatus.Pending || payment.Status == PaymentStatus.Confirmed))
            .Select(payment => new ChosenMonth(payment.MemberId, payment.Period)).ToListAsync(cancel);
        return [.. live.Intersect(intent.Payments.Select(payment => new ChosenMonth(payment.MemberId, payment.Period)))];
    }

    public async Task<IReadOnlyList<Guid>> UnclaimedBeforeAsync(DateTime utc, CancellationToken cancel = default) =>
        await context.Intents
            .Where(intent => intent.ClaimedAt == null && intent.CreatedAt < utc && intent.Payments.Any(payment => payment.Status == PaymentStatus.Pending))
            .Select(intent => intent.Id).ToListAsync(cancel);

    public async Task<IReadOnlyList<HistoryRow>> HistoryAsync(Guid memberId, CancellationToken cancel = default)
    {
        var rows = await (
            from payment in context.Payments
            join intent in context.Intents on payment.IntentId equals intent.Id
            where payment.MemberId == memberId
            orderby payment.Period descending, payment.CreatedAt descending
            select new
            {
                Payment = payment,
                intent.Code,
                intent.ClaimedAt,
                intent.ReceivedOn,
                intent.PayerId,
                Payer = context.Everybody.Where(member => member.Id == intent.PayerId).Select(member => member.FullName).First(),
                DecidedBy = context.Everybody.Where(member => member.Id == payment.DecidedBy).Select(member => member.FullName).FirstOrDefault(),
                Receipts = intent.Receipts.OrderBy(receipt => receipt.CreatedAt).Select(receipt => new ReceiptRow(receipt.Id, receipt.FileName, receipt.ContentType, receipt.Size)).ToList(),
            }).ToListAsync(cancel);
        return [.. rows.Select(row => new HistoryRow(
            row.Payment.Id, row.Payment.IntentId, row.Code, row.Payment.Period, row.Payment.Amount, row.Payment.Status, row.Payment.Method,
            row.Payment.CreatedAt, row.ClaimedAt, row.Payment.DecidedAt, row.Payment.Reason, row.Receipts)
        {
            DecidedBy = row.DecidedBy,
            PayerName = row.PayerId == memberId ? null : row.Payer,
            ReceivedOn = row.ReceivedOn,
        })];
    }

    public async Task<Page<PaymentRow>> PageAsync(PaymentFilter filter, CancellationToken cancel = default)
    {
        var intents = Matching(filter);
        intents = filter.Status == PaymentStatus.Pending
            ? intents.OrderBy(intent => intent.ClaimedAt == null).ThenBy(intent => intent.ClaimedAt ?? intent.CreatedAt).ThenBy(intent => intent.Id)
            : intents.OrderByDescending(intent => intent.UpdatedAt).ThenBy(intent => intent.Id);
        var rows = await RowsAsync(intents.Skip((filter.Number - 1) * PaymentFilter.Size).Take(PaymentFilter.Size), cancel);
        var total = filter.Number == 1 && rows.Count < PaymentFilter.Size ? rows.Count : await Matching(filter).CountAsync(cancel);
        return new Page<PaymentRow>(rows, total, filter.Number, PaymentFilter.Size);
    }

    public async Task<PaymentRow?> RowAsync(Guid intentId, CancellationToken cancel = default) =>
        (await RowsAsync(context.Intents.Where(intent => intent.Id == intentId), cancel)).SingleOrDefault();

    public async Task<QueueFigures> FiguresAsync(Period month, Money fee, CancellationToken cancel = default)
    {
        // Said once more for the database, because a hundred thousand ledgers cannot be computed for a page: a test compares the two.
        var lastDay = month.Next.FirstDay.AddDays(-1);
        var members = context.Members.Where(member => member.JoinedOn != null);
        var payments = context.Payments.Where(payment => payment.Period == month && members.Any(member => member.Id == payment.MemberId));
        var paid = payments.Where(payment => payment.Status == PaymentStatus.Confirmed);
        var pending = payments.Where(payment => payment.Status == PaymentStatus.Pending);
        var owing = members.Where(member => member.JoinedOn <= lastDay
            && !member.Exemptions.Any(exemption => exemption.From <= month && (exemption.To == null || exemption.To >= month))
            && !member.Suspensions.Any(suspension => suspension.From <= month && (suspension.To == null || suspension.To >= month))
            && !context.Payments.Any(payment => payment.MemberId == member.Id && payment.Period == month
                && (payment.Status == PaymentStatus.Pending || payment.Status == PaymentStatus.Confirmed)));

        // Whoever has only begun to pay is in the queue, but does not wait for the cashier yet.
        // "Any" and not "in": each of the few pending payments looks up its one intent. "In" would gather every claimed intent there is.
        var waiting = context.Payments.Where(payment => payment.Status == PaymentStatus.Pending
            && context.Intents.Any(intent => intent.Id == payment.IntentId && intent.ClaimedAt != null));
        return await context.AuditTails.Select(_ => new QueueFigures(
            new MonthFigures(
                month,
                paid.Count(),
                new Money(paid.Sum(payment => payment.Amount.Tenge)),
                pending.Count(),
                new Money(pending.Sum(payment => payment.Amount.Tenge)),
                owing.Count(),
                fee)
            {
                Begun = pending.Count(payment => context.Intents.Any(intent => intent.Id == payment.IntentId && intent.ClaimedAt == null)),
            },
            waiting.Select(payment => payment.IntentId).Distinct().Count(),
            new Money(waiting.Sum(payment => payment.Amount.Tenge)),
            context.Payments.Where(payment => payment.Status == PaymentStatus.Pending).Select(payment => payment.IntentId).Distinct().Count())).SingleAsync(cancel);
    }

    public async Task<(Receipt Receipt, PaymentIntent Intent)?> FindReceiptAsync(Guid receiptId, CancellationToken cancel = default)
    {
        var intent = await context.Intents.Include(intent => intent.Payments).Include(intent => intent.Receipts)
            .FirstOrDefaultAsync(intent => intent.Receipts.Any(receipt => receipt.Id == receiptId), cancel);
        return intent is null ? null : (intent.Receipts.Single(receipt => receipt.Id == receiptId), intent);
    }

    /// <summary>Goes through all rows once. The names of all old files do not fit into one query, and no index helps.</summary>
    public async Task<IReadOnlyCollection<string>> FilesAmongAsync(IReadOnlySet<string> storedNames, CancellationToken cancel = default)
    {
        List<string> named = [];
        await foreach (var name in context.Receipts.Select(receipt => receipt.StoredName).Concat(context.Statements.Select(statement => statement.StoredName)).AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (storedNames.Contains(name))
            {
                named.Add(name);
            }
        }

        return named;
    }

    private IQueryable<PaymentIntent> Matching(PaymentFilter filter)
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

        if (string.IsNullOrWhiteSpace(filter.Search))
        {
            return intents;
        }

        var code = filter.Search.Trim();
        var people = context.Members.Searched(filter.Search).Select(member => member.Id);
        return intents.Where(intent => intent.Code == code || people.Contains(intent.PayerId));
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
