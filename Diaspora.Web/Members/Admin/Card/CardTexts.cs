namespace Diaspora.Web.Members.Admin.Card;

/// <summary>Marks the texts of the member's card for staff.</summary>
public sealed class CardTexts;
