namespace Diaspora.Web.Members.Cabinet;

/// <summary>Marks the texts of a member's own data.</summary>
public sealed class ProfileTexts;
