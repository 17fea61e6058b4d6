namespace Diaspora.Web.Content;

/// <summary>Marks the texts of the home page; the other pages are Markdown.</summary>
public sealed class ContentTexts;
