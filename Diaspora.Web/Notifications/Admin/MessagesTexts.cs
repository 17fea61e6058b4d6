namespace Diaspora.Web.Notifications.Admin;

/// <summary>Marks the texts of the pages on which an admin edits what messages say.</summary>
public sealed class MessagesTexts;
