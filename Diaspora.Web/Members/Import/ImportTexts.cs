namespace Diaspora.Web.Members.Import;

/// <summary>Marks the texts of the import.</summary>
public sealed class ImportTexts;
