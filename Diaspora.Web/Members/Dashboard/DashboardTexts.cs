namespace Diaspora.Web.Members.Dashboard;

/// <summary>Marks the texts of what staff see first.</summary>
public sealed class DashboardTexts;
