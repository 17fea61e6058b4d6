using Diaspora.Domain.Kaspi;
using Diaspora.Tests.Kaspi;
using Diaspora.Tests.Payments;
using static Diaspora.Domain.Kernel.AuditAction;

namespace Diaspora.Tests.Audit;

/// <summary>What the bank and an aggregator tell.</summary>
internal static class BankScenarios
{
    private static int _last;

    public static readonly Scenario[] All =
    [
        new("BillerService.PayAsync", "nobody claimed it", [EvidenceReceived, PaymentRecorded, EvidenceMatched], async stage =>
        {
            var (account, number) = (await stage.Database.NumberOfAsync(stage.Member), Interlocked.Increment(ref _last));
            return stage.By(Actor.Task(BillerService.Name), () => stage.Database.PayAsync(number, account, "2000.00"));
        }),
        new("InvoiceService.BeginAsync", "", [InvoiceAsked], async stage =>
        {
            var intentId = await stage.Database.StartAsync(stage.Member, "2026-03");
            return stage.By(Actor.Task("apipay"), () => stage.Get<InvoiceService>().BeginAsync("apipay", intentId));
        }),
        new("InvoiceService.NoteAsync", "paid", [EvidenceReceived, PaymentConfirmed, EvidenceMatched], async stage =>
        {
            var (_, order) = await stage.Database.AskedAsync(stage.Member, "2026-03");
            var number = Interlocked.Increment(ref _last);
            return stage.By(Actor.Task("apipay"), () => stage.Get<InvoiceService>().NoteAsync("apipay", BankSetup.Paid(order, number, 2000)));
        }),
    ];
}
