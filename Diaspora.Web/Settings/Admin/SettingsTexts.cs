namespace Diaspora.Web.Settings.Admin;

/// <summary>Marks the texts of the page of settings.</summary>
public sealed class SettingsTexts;
