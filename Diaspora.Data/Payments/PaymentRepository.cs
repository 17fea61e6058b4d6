using Diaspora.Data.Members;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Payments;

internal sealed partial class PaymentRepository(DiasporaDbContext context) : IPaymentRepository
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

    public async Task<(int Count, DateTime? Oldest)> ClaimedBeforeAsync(DateTime utc, CancellationToken cancel = default)
    {
        var waiting = context.Intents.Where(intent => context.Payments.Where(payment => payment.Status == PaymentStatus.Pending).Select(payment => payment.IntentId).Contains(intent.Id) && intent.ClaimedAt <= utc);
        return (await waiting.CountAsync(cancel), await waiting.MinAsync(intent => intent.ClaimedAt, cancel));
    }

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

    public async Task<IReadOnlyList<DecidedRow>> DecidedAsync(Guid memberId, DateTime since, DateTime until, CancellationToken cancel = default)
    {
        var payments = await (
            from payment in context.Payments
            where payment.DecidedBy == memberId && since <= payment.DecidedAt && until > payment.DecidedAt && (payment.Status == PaymentStatus.Confirmed || payment.Status == PaymentStatus.Rejected)
            join intent in context.Intents on payment.IntentId equals intent.Id
            join payer in context.Everybody on intent.PayerId equals payer.Id
            select new { Payment = payment, intent.Code, payer.FullName }).ToListAsync(cancel);
        return [.. payments.GroupBy(row => (row.Payment.IntentId, row.Payment.DecidedAt, row.Payment.Status)).Select(rows => rows.ToList()).Select(rows => new DecidedRow(
            rows[0].Payment.IntentId, rows[0].Code, rows[0].FullName, [.. rows.Select(row => row.Payment.Period).Distinct().Order()], Money.Sum(rows.Select(row => row.Payment.Amount)),
            rows[0].Payment.Method, rows[0].Payment.Status, rows[0].Payment.Reason, rows[0].Payment.DecidedAt!.Value,
            rows.TrueForAll(row => new PaymentMonth(row.Payment.Period, row.Payment.Amount, row.Payment.Status) { Reason = row.Payment.Reason, DecidedAt = row.Payment.DecidedAt }.CanReopen))).OrderBy(row => row.DecidedAt)];
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
}
