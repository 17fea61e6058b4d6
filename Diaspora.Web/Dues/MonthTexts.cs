namespace Diaspora.Web.Dues;

/// <summary>Marks the texts of what stands behind one month.</summary>
public sealed class MonthTexts;
