namespace Diaspora.Domain.Kaspi;

/// <summary>What was read from a receipt's file: a piece of evidence that other files may have as well, or nothing.</summary>
public sealed class ReceiptReading
{
    private ReceiptReading()
    {
    }

    public ReceiptReading(Guid receiptId, Guid? evidenceId, DateTime now) => (ReceiptId, EvidenceId, ReadAt) = (receiptId, evidenceId, now);

    public Guid ReceiptId { get; private set; }

    public Guid? EvidenceId { get; private set; }

    public DateTime ReadAt { get; private set; }
}
