namespace Diaspora.Domain.Payments;

/// <summary>The receipts of an intent: when one may be attached, and when it may be taken back.</summary>
public static class IntentReceipts
{
    /// <summary>A receipt claims the intent by itself. The same file a second time is the receipt that is there.</summary>
    /// <param name="isStaff">Staff complete the papers of what is decided, too.</param>
    public static Receipt Attach(this PaymentIntent intent, string fileName, StoredFile file, Guid by, DateTime now, bool isStaff = false)
    {
        if (!isStaff && !intent.IsPending)
        {
            throw new DomainException(Problems.AlreadyDecided);
        }

        if (intent.Receipts.FirstOrDefault(receipt => receipt.Sha256 == file.Sha256) is { } known)
        {
            return known;
        }

        if (intent.Receipts.Count >= ReceiptRules.MaxFiles)
        {
            throw new DomainException(Problems.TooManyFiles, ReceiptRules.MaxFiles);
        }

        var receipt = new Receipt(intent.Id, fileName, file, by, now);
        intent.Add(receipt, now);
        return receipt;
    }

    /// <param name="isStaff">Staff may take back a file they attached themselves, whenever that was.</param>
    /// <exception cref="DomainException">A month is decided already: the receipt is its proof. Or somebody else attached it.</exception>
    public static Receipt Detach(this PaymentIntent intent, Guid receiptId, Guid by, DateTime now, bool isStaff = false)
    {
        var receipt = intent.Receipts.FirstOrDefault(receipt => receipt.Id == receiptId) ?? throw new DomainException(Problems.NotFound);
        if (receipt.AttachedBy != by)
        {
            throw new DomainException(Problems.ReceiptOfAnother);
        }

        if (!isStaff && intent.Payments.Any(payment => payment.Status != PaymentStatus.Pending))
        {
            throw new DomainException(Problems.ReceiptIsProof);
        }

        intent.Remove(receipt, now);
        return receipt;
    }
}
