namespace Diaspora.Web.Health.Admin;

/// <summary>Marks the texts of the page of health.</summary>
public sealed class HealthTexts;
