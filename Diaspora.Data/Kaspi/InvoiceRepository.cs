using Diaspora.Domain.Kaspi;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Kaspi;

internal sealed class InvoiceRepository(DiasporaDbContext context) : IInvoiceRepository
{
    public void Add(Invoice invoice) => context.Add(invoice);

    public async Task<Invoice?> FindAsync(string provider, string? order, string? number, CancellationToken cancel = default) =>
        (order is null ? null : await context.Invoices.FirstOrDefaultAsync(invoice => invoice.Provider == provider && invoice.Order == order, cancel))
        ?? (number is null ? null : await context.Invoices.FirstOrDefaultAsync(invoice => invoice.Provider == provider && invoice.Number == number, cancel));

    public Task<Invoice?> OfIntentAsync(Guid intentId, CancellationToken cancel = default) =>
        context.Set<Invoice>().FirstOrDefaultAsync(invoice => invoice.IntentId == intentId, cancel);

    public async Task<IReadOnlyList<Invoice>> UnpaidAsync(string provider, DateTime utc, CancellationToken cancel = default) =>
        await context.Set<Invoice>()
            .Where(invoice => invoice.Provider == provider && (invoice.State == InvoiceState.Asked || invoice.State == InvoiceState.Open || invoice.State == InvoiceState.Closed) && invoice.CreatedAt > utc)
            .OrderBy(invoice => invoice.UpdatedAt).ToListAsync(cancel);

    public void Add(WebhookEvent call) => context.Add(call);

    public Task<bool> HasAsync(string provider, string sha256, CancellationToken cancel = default) =>
        context.Set<WebhookEvent>().AnyAsync(call => call.Provider == provider && call.Sha256 == sha256, cancel);

    public Task<int> ForgetBodiesAsync(DateTime utc, CancellationToken cancel = default) =>
        context.Set<WebhookEvent>().Where(call => call.WorkedAt < utc && call.Body != "").ExecuteUpdateAsync(call => call.SetProperty(one => one.Body, ""), cancel);

    public Task<WebhookEvent?> FindEventAsync(Guid eventId, CancellationToken cancel = default) => context.Set<WebhookEvent>().FirstOrDefaultAsync(call => call.Id == eventId, cancel);

    public async Task<IReadOnlyList<WebhookEvent>> WaitingEventsAsync(int most, CancellationToken cancel = default) =>
        await context.Set<WebhookEvent>().Where(call => call.WorkedAt == null).OrderBy(call => call.Attempts).ThenBy(call => call.ReceivedAt).ThenBy(call => call.Id).Take(most).ToListAsync(cancel);
}
