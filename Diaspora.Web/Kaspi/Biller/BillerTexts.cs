namespace Diaspora.Web.Kaspi.Biller;

/// <summary>Marks what a payer reads in Kaspi.</summary>
public sealed class BillerTexts;
