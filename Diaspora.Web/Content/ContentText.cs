namespace Diaspora.Web.Content;

/// <summary>A page of text, ready to be shown.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Html">The body; safe to put into a page.</param>
/// <param name="Description">The first paragraph, for search engines.</param>
/// <param name="UpdatedAt">When the association last rewrote it; nothing for a default.</param>
public sealed record ContentText(string Title, string Html, string Description, DateTime? UpdatedAt);
