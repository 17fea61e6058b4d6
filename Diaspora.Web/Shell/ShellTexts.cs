namespace Diaspora.Web.Shell;

/// <summary>Marks the texts of headers, navigation, connection bar and refusals.</summary>
public sealed class ShellTexts;
