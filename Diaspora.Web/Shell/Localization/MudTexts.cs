namespace Diaspora.Web.Shell.Localization;

/// <summary>Marks MudBlazor's own words, under its own keys.</summary>
public sealed class MudTexts;
