namespace Diaspora.Web.Audit;

/// <summary>Marks the texts of the log.</summary>
public sealed class AuditTexts;
