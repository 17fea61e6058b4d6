namespace Diaspora.Web.Shared.Status;

/// <summary>Marks the words of every status: of a month, a member, a payment.</summary>
public sealed class StatusTexts;
