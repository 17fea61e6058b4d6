namespace Diaspora.Web.Rights;

/// <summary>Marks the texts of personal data: consent and deletion.</summary>
public sealed class RightsTexts;
