using System.Text;

namespace Diaspora.Domain.Notifications;

/// <summary>Which text it is: of one cause, by one channel, in one language.</summary>
/// <param name="Language">Its code of two letters.</param>
public readonly record struct MessageTextKey(Cause Cause, Channel Channel, string Language)
{
    /// <summary>Follows from the three, so that the log knows the text again and two admins who edit it first collide.</summary>
    public Guid Id
    {
        get
        {
            Span<byte> letters = stackalloc byte[8];
            Encoding.ASCII.GetBytes(Language.AsSpan(0, MessageText.LanguageLength), letters);
            return new Guid((int)Cause, (short)Channel, 0, letters.ToArray());
        }
    }
}

/// <summary>What a message says, before the words in braces are filled.</summary>
public sealed record MessageWording(string Title, string Text);

/// <summary>The portal's own texts, and the languages it has them in.</summary>
public interface IOwnTexts
{
    IReadOnlyList<string> Languages { get; }

    /// <returns>Nothing where the portal tells nothing of this cause by this channel.</returns>
    MessageWording? Find(MessageTextKey key);
}

/// <summary>What an admin wrote in the place of the portal's own text. Stays when it is taken back: then it says nothing.</summary>
public sealed class MessageText
{
    public const int LanguageLength = 2;
    public const int TitleLength = 120;

    /// <summary>A letter's; other channels hold less.</summary>
    public const int TextLength = 2000;

    private const int PushLength = 240;

    /// <summary>Six parts in Cyrillic: each is paid for.</summary>
    private const int SmsLength = 402;
    private const int UsualLength = 1000;

    private MessageText()
    {
    }

    public MessageText(MessageTextKey key, DateTime now)
    {
        (Id, Cause, Channel, Language) = (key.Id, key.Cause, key.Channel, key.Language);
        UpdatedAt = now;
    }

    public Guid Id { get; private set; }

    public Cause Cause { get; private set; }

    public Channel Channel { get; private set; }

    public string Language { get; private set; } = "";

    /// <summary>Missing where the portal's own holds.</summary>
    public string? Title { get; private set; }

    /// <summary>As <see cref="Title"/>.</summary>
    public string? Text { get; private set; }

    public DateTime UpdatedAt { get; private set; }

    public Guid? UpdatedBy { get; private set; }

    public Guid Version { get; private set; }

    public static int LengthFor(Channel channel) => channel switch
    {
        Channel.Mail => TextLength,
        Channel.Push => PushLength,
        Channel.Sms => SmsLength,
        _ => UsualLength,
    };

    public MessageWording Over(MessageWording own) => new(Title ?? own.Title, Text ?? own.Text);

    /// <summary>What says the same as the portal's own is not kept: so a better text of a later version reaches it.</summary>
    public void Edit(MessageWording wanted, MessageWording own, Guid by, DateTime now)
    {
        (Title, Text) = (wanted.Title == own.Title ? null : wanted.Title, wanted.Text == own.Text ? null : wanted.Text);
        (UpdatedBy, UpdatedAt) = (by, now);
    }
}

/// <summary>Somebody changed what messages say.</summary>
public sealed record MessageTextsChanged : Change;

public interface IMessageTextRepository
{
    Task<MessageText?> FindAsync(Guid id, CancellationToken cancel = default);

    /// <summary>All that were ever edited.</summary>
    Task<IReadOnlyList<MessageText>> AllAsync(CancellationToken cancel = default);

    void Add(MessageText text);
}

public static class MessageTextRepositories
{
    extension(IWork work)
    {
        public IMessageTextRepository MessageTexts => work.Repository<IMessageTextRepository>();
    }
}
