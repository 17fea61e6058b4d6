using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;
using Xunit;

namespace Diaspora.Tests.Payments;

/// <summary>What the tests of payments do again and again, in a word each.</summary>
internal static class PaymentSetup
{
    public static readonly byte[] Pdf = "%PDF-1.7 a receipt"u8.ToArray();

    public static StartPaymentForm Form(params string[] months) => new() { Periods = [.. months.Select(month => Period.Parse(month))], SeenTotal = new Money(2000 * months.Length) };

    public static Task<Guid> StartAsync(this TestDatabase database, Actor member, params string[] months) =>
        database.Get<PaymentService>().StartAsync(member, Form(months));

    public static Task<Guid> AttachAsync(this TestDatabase database, Actor member, Guid intentId, byte[] content, string name = "чек.pdf") =>
        database.Get<PaymentService>().AttachReceiptAsync(member, intentId, name, new MemoryStream(content));

    public static Task ConfirmAsync(this TestDatabase database, Actor cashier, Guid intentId) => database.Get<ModerationService>().ConfirmAsync(cashier, intentId);

    public static Task RejectAsync(this TestDatabase database, Actor cashier, Guid intentId, string reason = "чек не читается") =>
        database.Get<ModerationService>().RejectAsync(cashier, intentId, new RejectPaymentForm { Reason = reason });

    public static string[] Files(this TestDatabase database) => Directory.GetFiles(Path.Combine(database.Folder, "receipts"), "*", SearchOption.AllDirectories);

    public static async Task<Problem> RefusedAsync(Func<Task> act) => (await Assert.ThrowsAsync<DomainException>(act)).Problem;

    public static async Task NotFoundAsync(Func<Task> act) => Assert.True((await Assert.ThrowsAsync<DomainException>(act)).IsNotFound);

    /// <summary>All at once, each on a thread of its own; answers with what each came to.</summary>
    public static async Task<IReadOnlyList<Exception?>> AtOnceAsync(int count, Func<int, Task> act)
    {
        using var start = new Barrier(count);
        return await Task.WhenAll(Enumerable.Range(0, count).Select(index => Task.Factory.StartNew(
            async () =>
            {
                start.SignalAndWait();
                return await Record.ExceptionAsync(() => act(index));
            }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
    }
}
