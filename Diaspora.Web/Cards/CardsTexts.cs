namespace Diaspora.Web.Cards;

/// <summary>Names the texts of membership cards.</summary>
public sealed class CardsTexts;
