namespace Diaspora.Domain.Kaspi;

/// <summary>What could be read from a receipt; each of it may be missing. It is what somebody sent, and proves nothing by itself.</summary>
/// <param name="Number">Of a sale the number without <c>QR</c>, as the bank's report has it; of a transfer the number of the receipt.</param>
/// <param name="FiscalSign">ФП: one of a kind.</param>
/// <param name="Payer">As written; empty where it is not said.</param>
/// <param name="Seller">The twelve digits of the seller's BIN or IIN.</param>
/// <param name="IsTransfer">From person to person, not a sale.</param>
public sealed record ReadReceipt(string? Number, string? FiscalSign, long? Tiyn, DateOnly? On, TimeOnly? At, string Payer, string? Seller, bool IsTransfer);
