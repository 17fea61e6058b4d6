using Diaspora.Domain.Notifications;

namespace Diaspora.Web.Notifications;

/// <summary>One way to carry messages to members.</summary>
public interface IMessageChannel
{
    Channel Channel { get; }

    /// <summary>Whether it is configured.</summary>
    bool IsOpen { get; }

    /// <summary>Which keys of the configuration open it, where it is not open.</summary>
    IReadOnlyList<string> Missing => [];

    /// <summary>What one message costs, or one part where it is counted by parts; in tiyn.</summary>
    long PriceTiyn => 0;

    /// <summary>What this message costs, in tiyn.</summary>
    long CostOf(WrittenMessage written) => PriceTiyn;

    /// <summary>Has it carried. What goes wrong is in the answer; throws only when the portal stops before anything was sent.</summary>
    /// <param name="id">By which whoever carries it may know the same one again.</param>
    Task<Delivery> SendAsync(Guid id, Recipient to, WrittenMessage written, CancellationToken cancel);
}

/// <summary>A message in the words of its member.</summary>
/// <param name="Text">Paragraphs with an empty line between them; the link stands in one of them.</param>
/// <param name="Link">Where it leads: an address of the portal.</param>
public sealed record WrittenMessage(string Language, string Title, string Text, Uri Link)
{
    public Cause Cause { get; init; }

    /// <summary>What stands in the places of the words in braces, in the order of the title and the text.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];
}
