namespace Diaspora.Web.Reminding;

/// <summary>Marks the texts of the reminders that the portal writes by itself.</summary>
public sealed class RemindingTexts;
