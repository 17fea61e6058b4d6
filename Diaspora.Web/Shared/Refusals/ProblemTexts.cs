namespace Diaspora.Web.Shared.Refusals;

/// <summary>Marks the sentences that rules answer with: one for each of <see cref="Problems"/>.</summary>
public sealed class ProblemTexts;
