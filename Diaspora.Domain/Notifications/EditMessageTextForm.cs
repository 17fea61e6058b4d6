using FluentValidation;

namespace Diaspora.Domain.Notifications;

/// <summary>A text as it was typed.</summary>
public sealed class EditMessageTextForm : IEditsWhatWasSeen<MessageWording>
{
    public MessageWording Seen { get; set; } = new("", "");

    /// <summary>Which text it is.</summary>
    public MessageTextKey Key { get; set; }

    public string Title { get; set => field = value.Visible(); } = "";

    public string Text { get; set => field = value.Visible(); } = "";

    public static EditMessageTextForm Of(MessageTextDetails details) => new() { Key = details.Key, Seen = details.Now, Title = details.Now.Title, Text = details.Now.Text };

    public string TextOf(string field) => field == nameof(Title) ? Title : Text;

    /// <summary>Whoever sends the form knows what a colleague made of the field.</summary>
    /// <param name="takes">Theirs instead of one's own.</param>
    public void Settle(string field, string theirs, bool takes)
    {
        if (field == nameof(Title))
        {
            (Seen, Title) = (Seen with { Title = theirs }, takes ? theirs : Title);
        }
        else
        {
            (Seen, Text) = (Seen with { Text = theirs }, takes ? theirs : Text);
        }
    }

    /// <summary>The portal's own words again; they are kept when the form is sent.</summary>
    public void Restore(MessageWording own) => (Title, Text) = (own.Title, own.Text);

    /// <summary>What the form says, spelled as it is stored: a title is one line, and a browser's line ends are ours.</summary>
    public MessageWording Typed => new(
        string.Join(' ', Title.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
        Text.ReplaceLineEndings("\n").Trim());
}

public sealed class EditMessageTextFormValidator : AbstractValidator<EditMessageTextForm>
{
    public EditMessageTextFormValidator()
    {
        RuleFor(form => form.Title).Check((form, _) => Examine(form.Typed.Title, MessageText.TitleLength, MessageWords.InTitle(form.Key.Cause)));
        RuleFor(form => form.Text).Check((form, _) => Examine(form.Typed.Text, MessageText.LengthFor(form.Key.Channel), MessageWords.InText(form.Key.Cause, form.Key.Channel), MessageWords.Needed(form.Key.Cause)));
    }

    private static Problem? Examine(string text, int most, IReadOnlyList<string> may, string? needed = null) =>
        text.Length == 0 ? new Problem(Problems.MessageTextEmpty)
            : text.Length > most ? new Problem(Problems.TooLong, most)
            : MessageWords.Check(text, may) is { } problem ? problem
            : needed is not null && !text.Contains($"{{{needed}}}", StringComparison.Ordinal) ? new Problem(Problems.MessageWordMissing, needed)
            : null;
}
