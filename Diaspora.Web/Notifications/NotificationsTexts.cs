namespace Diaspora.Web.Notifications;

/// <summary>Marks the texts of messages to members.</summary>
public sealed class NotificationsTexts;
