namespace Diaspora.Web.Payments.Admin.Refund;

/// <summary>Marks the texts of money that goes back.</summary>
public sealed class RefundTexts;
