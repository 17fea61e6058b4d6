namespace Diaspora.Web.Payments.Admin.Day;

/// <summary>Names the texts of «Мой день».</summary>
public sealed class DayTexts;
