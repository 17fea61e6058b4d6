using System.Globalization;
using System.Security.Cryptography;
using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Payments;

/// <summary>What members do to pay: start, claim, attach a receipt, cancel; and what they read of it.</summary>
public sealed class PaymentService(IStore store, IReceiptFiles files, CurrentSettings settings, Quotas quotas, TimeProvider clock)
{
    /// <summary>Sets out to pay the chosen months. The same months sent again are answered with the intent that is there.</summary>
    /// <returns>The intent's id.</returns>
    /// <exception cref="FormException">Nothing chosen.</exception>
    /// <exception cref="DomainException">A month is paid, waiting or not payable; or the sum is not the one that was shown.</exception>
    public Task<Guid> StartAsync(Actor actor, StartPaymentForm form, CancellationToken cancel = default)
    {
        new StartPaymentFormValidator().Ensure(form);
        quotas.Spend(actor, Quota.Start);
        Period[] periods = [.. form.Periods.Distinct().Order()];
        return store.WriteAsync(async work =>
        {
            var payer = await work.RequireAsync(actor, Permission.Member, cancel);
            var open = await work.Payments.PendingOfAsync(payer.Id, cancel);
            if (open.FirstOrDefault(intent => intent.WaitsFor(payer.Id, periods)) is { } same)
            {
                return same.Id;
            }

            var now = Now;
            var rules = await work.RulesAsync(settings, cancel);
            var ledger = await MemberLedger.ReadAsync(work, payer.Id, rules, now, cancel);
            Array.ForEach(periods, ledger.RequirePayable);

            (Period, Money)[] months = [.. periods.Select(period => (period, rules.FeeOf(period)))];
            var intent = PaymentIntent.Start(await NewCodeAsync(work, cancel), payer.Id, months, form.Method, now);
            if (intent.Total != form.SeenTotal)
            {
                throw new DomainException(Problems.AmountChanged, intent.Total);
            }

            work.Payments.Add(intent);
            IntentLog.Record(work, actor, AuditAction.PaymentCreated, intent, after: new { intent.Code, periods = intent.Payments.Select(p => p.Period), total = intent.Total.Tenge, intent.Method });
            return intent.Id;
        }, cancel);
    }

    /// <summary>«Я оплатил(а)».</summary>
    public Task ClaimAsync(Actor actor, Guid intentId, CancellationToken cancel = default) =>
        ChangeOwnAsync(actor, intentId, (work, intent, now) =>
        {
            if (intent.Claim(now))
            {
                IntentLog.Record(work, actor, AuditAction.PaymentClaimed, intent, new { said = false }, new { said = true, intent.Code });
            }

            return true;
        }, cancel);

    /// <summary>Stores the file first, then names it; a file whose row was refused is removed again.</summary>
    /// <exception cref="DomainException">The file is empty, too large or no receipt; the intent is decided; or it is someone else's (not found).</exception>
    public Task<Guid> AttachReceiptAsync(Actor actor, Guid intentId, string? fileName, Stream content, CancellationToken cancel = default) =>
        AttachAsync(actor, intentId, fileName, content, (work, by) => OwnAsync(work, by, intentId, cancel), isStaff: false, cancel);

    /// <summary>As <see cref="AttachReceiptAsync"/>, by a cashier, also when everything is decided: cash has papers too.</summary>
    public Task<Guid> AttachAsCashierAsync(Actor actor, Guid intentId, string? fileName, Stream content, CancellationToken cancel = default) =>
        AttachAsync(actor, intentId, fileName, content, (work, by) => OfAnybodyAsync(work, by, intentId, cancel), isStaff: true, cancel);

    /// <summary>The payer's own file, as long as nothing was decided on its strength.</summary>
    /// <exception cref="DomainException">Not found; decided already; or attached by somebody else.</exception>
    public Task RemoveReceiptAsync(Actor actor, Guid intentId, Guid receiptId, CancellationToken cancel = default) =>
        RemoveAsync(actor, intentId, receiptId, OwnAsync, isStaff: false, cancel);

    /// <summary>A file that the cashier attached by mistake; the log keeps its name and hash.</summary>
    /// <exception cref="DomainException">Not found, or attached by somebody else.</exception>
    public Task RemoveAsCashierAsync(Actor actor, Guid intentId, Guid receiptId, CancellationToken cancel = default) =>
        RemoveAsync(actor, intentId, receiptId, OfAnybodyAsync, isStaff: true, cancel);

    /// <summary>The member's own cancel: a rejection with its own reason.</summary>
    public Task CancelAsync(Actor actor, Guid intentId, CancellationToken cancel = default) =>
        ChangeOwnAsync(quotas.Spend(actor, Quota.Cancel), intentId, (work, intent, now) =>
        {
            if (!intent.IsPending && intent.Payments.Any(payment => payment.Reason == Reasons.CancelledByMember))
            {
                return true;
            }

            var before = IntentLog.Snapshot(intent);
            intent.Reject(actor.MemberId, Reasons.CancelledByMember, now);
            IntentLog.Record(work, actor, AuditAction.PaymentCancelled, intent, before, IntentLog.Snapshot(intent));
            return true;
        }, cancel);

    /// <summary>Rejects what nobody claimed in time; the background task's verb.</summary>
    /// <returns>How many lapsed.</returns>
    public async Task<int> LapseAsync(CancellationToken cancel = default)
    {
        var due = await store.ReadAsync(async work => await work.Payments.UnclaimedBeforeAsync(Now.AddDays(-(await work.RulesAsync(settings, cancel)).LapseAfterDays), cancel), cancel);
        var lapsed = 0;
        foreach (var id in due)
        {
            lapsed += await store.WriteAsync(async work =>
            {
                var intent = await work.Payments.FindAsync(id, cancel);
                if (intent is not { IsPending: true, ClaimedAt: null })
                {
                    return 0;
                }

                var before = IntentLog.Snapshot(intent);
                intent.Reject(null, Reasons.Lapsed, Now);
                IntentLog.Record(work, Actor.Task("lapse"), AuditAction.PaymentLapsed, intent, before, IntentLog.Snapshot(intent));
                return 1;
            }, cancel);
        }

        return lapsed;
    }

    /// <exception cref="DomainException">Not found: it is not there, or not the reader's.</exception>
    public Task<IntentDetails> IntentAsync(Actor actor, Guid intentId, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            var reader = await work.RequireAsync(actor, Permission.Member, cancel);
            var row = await work.Payments.RowAsync(intentId, cancel);
            var lapsesOn = row is null ? default : settings.Rules.DayOf(row.CreatedAt.AddDays(settings.Rules.LapseAfterDays));
            return row is null || !(row.PayerId == reader.Id || row.Months.Any(month => month.MemberId == reader.Id)) ? throw new DomainException(Problems.NotFound)
                : row.PayerId == reader.Id ? new IntentDetails(row.ForMember(), lapsesOn)
                : new IntentDetails(row.ForMember().OnlyOf(reader), lapsesOn, IsPayer: false);
        }, cancel);

    public Task<IReadOnlyList<HistoryRow>> HistoryAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            var reader = await work.RequireAsync(actor, Permission.Member, cancel);
            return (IReadOnlyList<HistoryRow>)[.. (await work.Payments.HistoryAsync(reader.Id, cancel)).Select(row => row.ForMember())];
        }, cancel);

    /// <summary>A receipt, for its owner and for those who may moderate; not for others whose months the same transfer paid.</summary>
    /// <exception cref="DomainException">Not found: it is not there, or not for the reader.</exception>
    public Task<ReceiptFile> ReceiptAsync(Actor actor, Guid receiptId, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            var reader = await work.RequireAsync(actor, Permission.Member, cancel);
            var found = await work.Payments.FindReceiptAsync(receiptId, cancel);
            return found is { } it && (it.Intent.PayerId == reader.Id || reader.May(Permission.Cashier))
                ? new ReceiptFile(it.Receipt.StoredName, it.Receipt.FileName, it.Receipt.ContentType)
                : throw new DomainException(Problems.NotFound);
        }, cancel);

    private async Task<Guid> AttachAsync(
        Actor actor, Guid intentId, string? fileName, Stream content, Func<IWork, Actor, Task<PaymentIntent>> find, bool isStaff, CancellationToken cancel)
    {
        await store.ReadAsync(work => find(work, actor), cancel);
        var file = await files.SaveAsync(content, cancel);
        Receipt receipt;
        try
        {
            receipt = await store.WriteAsync(async work =>
            {
                var intent = await find(work, actor);
                var before = new { receipts = intent.Receipts.Count };
                var attached = intent.Attach(ReceiptRules.TidyName(fileName), file, actor.MemberId!.Value, Now, isStaff);
                if (intent.Receipts.Count > before.receipts)
                {
                    IntentLog.Record(work, actor, AuditAction.ReceiptAttached, intent, before,
                        new { receipts = intent.Receipts.Count, attached.FileName, attached.ContentType, attached.Size, attached.Sha256 });
                }

                return attached;
            }, cancel);
        }
        catch (DomainException)
        {
            // A rule refused, so no row names the file. After any other fault a row may name it, and the file stays.
            files.Delete(file.StoredName);
            throw;
        }

        if (receipt.StoredName != file.StoredName)
        {
            files.Delete(file.StoredName);
        }

        return receipt.Id;
    }

    private async Task RemoveAsync(Actor actor, Guid intentId, Guid receiptId, Func<IWork, Actor, Guid, CancellationToken, Task<PaymentIntent>> find, bool isStaff, CancellationToken cancel)
    {
        var storedName = await store.WriteAsync(async work =>
        {
            var intent = await find(work, actor, intentId, cancel);
            var before = intent.Receipts.Count;
            var receipt = intent.Detach(receiptId, actor.MemberId!.Value, Now, isStaff);
            IntentLog.Record(work, actor, AuditAction.ReceiptRemoved, intent, new { receipts = before, receipt.FileName, receipt.Sha256 }, new { receipts = intent.Receipts.Count });
            return receipt.StoredName;
        }, cancel);
        files.Delete(storedName);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private Task<bool> ChangeOwnAsync(Actor actor, Guid intentId, Func<IWork, PaymentIntent, DateTime, bool> change, CancellationToken cancel) =>
        store.WriteAsync(async work => change(work, await OwnAsync(work, actor, intentId, cancel), Now), cancel);

    private static async Task<PaymentIntent> OwnAsync(IWork work, Actor actor, Guid intentId, CancellationToken cancel)
    {
        var member = await work.RequireAsync(actor, Permission.Member, cancel);
        var intent = await work.Payments.FindAsync(intentId, cancel);
        return intent?.PayerId == member.Id ? intent : throw new DomainException(Problems.NotFound);
    }

    private static async Task<PaymentIntent> OfAnybodyAsync(IWork work, Actor actor, Guid intentId, CancellationToken cancel)
    {
        await work.RequireAsync(actor, Permission.Cashier, cancel);
        return await work.Payments.FindAsync(intentId, cancel) ?? throw new DomainException(Problems.NotFound);
    }

    /// <summary>Six random digits that no intent has. After too many misses a digit is added, so a free code is always found.</summary>
    internal static async Task<string> NewCodeAsync(IWork work, CancellationToken cancel)
    {
        for (var attempt = 0; ; attempt++)
        {
            var digits = 6 + attempt / 4;
            var code = RandomNumberGenerator.GetInt32((int)Math.Pow(10, digits - 1), (int)Math.Pow(10, digits)).ToString(CultureInfo.InvariantCulture);
            if (!await work.Payments.CodeExistsAsync(code, cancel))
            {
                return code;
            }
        }
    }
}
