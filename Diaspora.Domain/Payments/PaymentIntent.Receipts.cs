namespace Diaspora.Domain.Payments;

/// <content>What proves the transfer.</content>
public sealed partial class PaymentIntent
{
    /// <summary>Nothing was decided on the strength of the receipts yet.</summary>
    public bool CanDetach => _payments.TrueForAll(payment => payment.Status == PaymentStatus.Pending);

    /// <summary>A receipt claims the intent by itself. The same file a second time is the receipt that is there.</summary>
    /// <param name="isStaff">Staff complete the papers of what is decided, too.</param>
    public Receipt Attach(string fileName, StoredFile file, Guid by, DateTime now, bool isStaff = false)
    {
        if (!isStaff)
        {
            RequirePending();
        }

        if (_receipts.Find(receipt => receipt.Sha256 == file.Sha256) is { } known)
        {
            return known;
        }

        if (_receipts.Count >= ReceiptRules.MaxFiles)
        {
            throw new DomainException(Problems.TooManyFiles, ReceiptRules.MaxFiles);
        }

        var receipt = new Receipt(Id, fileName, file, by, now);
        _receipts.Add(receipt);
        ClaimedAt ??= now;
        UpdatedAt = now;
        return receipt;
    }

    /// <param name="isStaff">Staff may take back a file they attached themselves, whenever that was.</param>
    /// <exception cref="DomainException">A month is decided already: the receipt is its proof. Or somebody else attached it.</exception>
    public Receipt Detach(Guid receiptId, Guid by, DateTime now, bool isStaff = false)
    {
        var receipt = _receipts.Find(receipt => receipt.Id == receiptId) ?? throw new DomainException(Problems.NotFound);
        if (receipt.AttachedBy != by)
        {
            throw new DomainException(Problems.ReceiptOfAnother);
        }

        if (!isStaff && !CanDetach)
        {
            throw new DomainException(Problems.ReceiptIsProof);
        }

        _receipts.Remove(receipt);
        if (_receipts.Count == 0 && !IsSaid)
        {
            ClaimedAt = null;
        }

        UpdatedAt = now;
        return receipt;
    }
}
