using Diaspora.Domain.Notifications;
using Diaspora.Domain.Payments;
using Diaspora.Web.Audit;
using Diaspora.Web.Dues;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell;
using Diaspora.Web.Shell.Guard;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Notifications;

/// <summary>Puts a message into words: those of its cause, with what is known of it in the places of the words in braces.</summary>
public sealed class MessageWriter(IStringLocalizer<NotificationsTexts> texts, PeriodWords months, IOptions<SiteOptions> site)
{
    public WrittenMessage Write(Message message, Recipient to) => Write(message.Cause, message.Channel, message.Language, to.FullName, NoticeFacts.Read(message.Facts));

    public WrittenMessage Write(Cause cause, Channel channel, string language, string fullName, NoticeFacts facts) => Languages.In(language, () =>
    {
        var link = new Uri(new Uri(site.Value.BaseUrl!), PathOf(cause));
        List<string> values = [];
        string Fill(string text) => MessageWords.Fill(text, word => Note(word switch
        {
            MessageWords.Name => FirstName(fullName),
            MessageWords.Months => months.List([.. facts.Months ?? []]),
            MessageWords.Sum => Wording.Money(facts.Tenge ?? 0),
            MessageWords.Reason => ReasonOf(facts.Reason),
            MessageWords.Device => BrowserName.Of(facts.Device) is { Length: > 0 } name ? name : texts["UnknownDevice"],
            _ => link.AbsoluteUri,
        }));
        string Note(string value)
        {
            values.Add(value);
            return value;
        }

        return new WrittenMessage(language, Fill(texts[$"{cause}{channel}Title"]), Fill(texts[$"{cause}{channel}Text"]), link) { Cause = cause, Values = values };
    });

    private static string PathOf(Cause cause) => cause switch
    {
        Cause.RegistrationAccepted => Urls.Cabinet,
        Cause.Trial => Urls.Notifications,
        Cause.NewDevice => Urls.Password,
        Cause.Reminder => Urls.Pay,
        _ => Urls.Payments,
    };

    /// <summary>A cashier's words as they are, the portal's own reasons in the reader's language.</summary>
    private string ReasonOf(string? reason) => reason switch
    {
        null or "" => texts["ReasonNone"],
        Reasons.SumDiffers => texts["ReasonSumDiffers"],
        Reasons.SettlingUndone => texts["ReasonSettlingUndone"],
        Reasons.Duplicate => texts["ReasonDuplicate"],
        _ => reason,
    };

    /// <summary>The surname stands first.</summary>
    internal static string FirstName(string fullName) => fullName.Split(' ') is [_, var first, ..] ? first : fullName;
}
