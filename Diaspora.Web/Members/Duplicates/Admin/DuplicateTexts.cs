namespace Diaspora.Web.Members.Duplicates.Admin;

/// <summary>Marks the texts of duplicates and of merging.</summary>
public sealed class DuplicateTexts;
