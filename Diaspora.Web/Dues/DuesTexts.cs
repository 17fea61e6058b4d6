namespace Diaspora.Web.Dues;

/// <summary>Marks the texts of the member's first page and of months in sentences.</summary>
public sealed class DuesTexts;
