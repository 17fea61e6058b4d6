namespace Diaspora.Web.Kaspi.Admin;

/// <summary>Why the matcher thinks so: a sentence for each of its reasons.</summary>
public sealed class MatchTexts;
