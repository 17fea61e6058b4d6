namespace Diaspora.Domain.Content;

/// <summary>A page of text the association has rewritten; the portal brings a default for each.</summary>
public sealed class ContentPage
{
    public ContentPage(string slug, string language, string title, string body, DateTime updatedAt)
    {
        Slug = slug;
        Language = language;
        Title = title;
        Body = body;
        UpdatedAt = updatedAt;
    }

    public string Slug { get; private set; }

    public string Language { get; private set; }

    public string Title { get; private set; }

    /// <summary>Markdown; HTML in it is shown as text.</summary>
    public string Body { get; private set; }

    public DateTime UpdatedAt { get; private set; }

    public void Rewrite(string title, string body, DateTime now)
    {
        Title = title;
        Body = body;
        UpdatedAt = now;
    }
}
