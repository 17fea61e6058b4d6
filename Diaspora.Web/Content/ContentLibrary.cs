using System.Collections.Concurrent;
using Diaspora.Domain.Content;
using Diaspora.Domain.Settings;
using Markdig;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Content;

/// <summary>
/// The pages of text: what the association has stored, else the default. Every visitor reads them, so they are rendered once a minute,
/// and anew when a setting has changed.
/// </summary>
public sealed class ContentLibrary(IStore store, CurrentSettings settings, IStringLocalizer<ContentTexts> words, TimeProvider clock)
{
    private const int DescriptionLength = 160;

    private static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    /// <summary>HTML in a text is shown as text, so an editor cannot put a script into a page.</summary>
    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks().Build();

    private readonly ConcurrentDictionary<(string Slug, string Language), (ContentText Text, SettingsSnapshot Settings, DateTimeOffset Until)> texts = new();

    public async Task<ContentText> ReadAsync(string slug, string language, CancellationToken cancellationToken = default)
    {
        var (now, filledWith) = (clock.GetUtcNow(), settings.Value);
        if (texts.TryGetValue((slug, language), out var known) && known.Until > now && ReferenceEquals(known.Settings, filledWith))
            return known.Text;

        var text = await store.ReadAsync(work => work.Content.FindAsync(slug, language, cancellationToken), cancellationToken) is { } page
            ? Render(language, page.Title, page.Body, page.UpdatedAt)
            : RenderDefault(slug, language);
        texts[(slug, language)] = (text, filledWith, now + Life);
        return text;
    }

    private ContentText RenderDefault(string slug, string language)
    {
        var (title, body) = ContentDefaults.Read(slug, language);
        return Render(language, title, body, updatedAt: null);
    }

    private ContentText Render(string language, string title, string body, DateTime? updatedAt)
    {
        var markdown = ContentGaps.FillIn(body, settings.Value, clock.GetUtcNow().UtcDateTime, language, words["ContactsLink"]);
        return new ContentText(title, Markdig.Markdown.ToHtml(markdown, Markdown), Describe(markdown), updatedAt);
    }

    private static string Describe(string markdown)
    {
        var paragraph = markdown.Trim().Split("\n\n", 2)[0];
        var plain = Markdig.Markdown.ToPlainText(paragraph, Markdown).ReplaceLineEndings(" ").Trim();
        if (plain.Length <= DescriptionLength)
            return plain;

        var end = plain.LastIndexOf(' ', DescriptionLength);
        return plain[..(end > 0 ? end : DescriptionLength)] + "…";
    }
}
