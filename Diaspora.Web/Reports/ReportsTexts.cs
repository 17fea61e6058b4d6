namespace Diaspora.Web.Reports;

/// <summary>Marks the texts of the reports.</summary>
public sealed class ReportsTexts;
