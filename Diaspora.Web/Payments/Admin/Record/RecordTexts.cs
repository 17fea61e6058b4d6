namespace Diaspora.Web.Payments.Admin.Record;

/// <summary>Marks the texts of money as it really comes: recorded by hand, month by month, other than claimed, left over.</summary>
public sealed class RecordTexts;
