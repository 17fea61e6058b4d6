namespace Diaspora.Web.Shared;

/// <summary>Marks the sentences that rules answer with: one for each of <see cref="Problems"/>.</summary>
public sealed class ProblemTexts;
