namespace Diaspora.Web.Shared;

/// <summary>Marks the sentences that rules answer with: one for each of <see cref="Diaspora.Domain.Problems"/>.</summary>
public sealed class ProblemTexts;
