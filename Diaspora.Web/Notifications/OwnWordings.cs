using Diaspora.Domain.Notifications;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Notifications;

/// <summary>The texts of messages as the portal brings them along.</summary>
public sealed class OwnWordings(IStringLocalizer<NotificationsTexts> texts) : IOwnTexts
{
    public IReadOnlyList<string> Languages { get; } = [.. Shell.Localization.Languages.All.Select(language => language.Culture)];

    public MessageWording? Find(MessageTextKey key) => Shell.Localization.Languages.In(key.Language, () =>
        texts[$"{key.Cause}{key.Channel}Text"] is { ResourceNotFound: false } text ? new MessageWording(texts[$"{key.Cause}{key.Channel}Title"], text.Value.ReplaceLineEndings("\n")) : null);
}
