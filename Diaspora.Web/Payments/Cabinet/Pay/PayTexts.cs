namespace Diaspora.Web.Payments.Cabinet.Pay;

/// <summary>Marks the texts of the members' paying: months, transfer, answer, history.</summary>
public sealed class PayTexts;
