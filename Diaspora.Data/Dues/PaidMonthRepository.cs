using Diaspora.Domain.Dues;
using Diaspora.Domain.Payments;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Dues;

internal sealed class PaidMonthRepository(DiasporaDbContext context) : IPaidMonthRepository
{
    public async Task<IReadOnlyList<PaidMonth>> OfMemberAsync(Guid memberId, CancellationToken cancel = default)
    {
        await context.Held.AddAsync([memberId], cancel);

        // Selects the number and not the Money, for which EF would read and track every payment whole.
        var rows = await context.Payments.Where(payment => payment.MemberId == memberId)
            .Select(payment => new { payment.Period, payment.Status, payment.Amount.Tenge, payment.CreatedAt }).ToListAsync(cancel);
        return rows.ConvertAll(row => new PaidMonth(row.Period, row.Status.ForLedger(), new Money(row.Tenge), row.CreatedAt));
    }
}
