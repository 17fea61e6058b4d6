namespace Diaspora.Web.Kaspi.Admin.Receipts;

/// <summary>Marks the texts of what was read from receipts.</summary>
public sealed class ReceiptTexts;
