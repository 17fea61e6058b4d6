namespace Diaspora.Web.Kaspi.Admin.Month;

/// <summary>Marks the texts of a month's statements beside what was confirmed.</summary>
public sealed class ReconcileTexts;
