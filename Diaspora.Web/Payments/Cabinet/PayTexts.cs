namespace Diaspora.Web.Payments.Cabinet;

/// <summary>Marks the texts of the members' paying: months, transfer, answer, history.</summary>
public sealed class PayTexts;
