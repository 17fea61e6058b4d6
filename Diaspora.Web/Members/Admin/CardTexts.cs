namespace Diaspora.Web.Members.Admin;

/// <summary>Marks the texts of the member's card for staff.</summary>
public sealed class CardTexts;
