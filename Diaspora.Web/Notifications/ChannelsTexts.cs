namespace Diaspora.Web.Notifications;

/// <summary>Marks the texts about the channels, for admins, and of the consents to those that cost money.</summary>
public sealed class ChannelsTexts
{
    /// <summary>Of the consents: another text is another version.</summary>
    public const string ConsentVersion = "2026-11";
}
