namespace Diaspora.Web.Backups;

/// <summary>Marks the texts of backups: their page, the warning, the letter.</summary>
public sealed class BackupsTexts;
