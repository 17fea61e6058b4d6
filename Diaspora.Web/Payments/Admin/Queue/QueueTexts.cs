namespace Diaspora.Web.Payments.Admin.Queue;

/// <summary>Marks the texts of the cashier's queue.</summary>
public sealed class QueueTexts;
