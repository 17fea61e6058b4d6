using Diaspora.Domain.Backups;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;
using Diaspora.Web.Audit;
using Diaspora.Web.Dues;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell;
using Diaspora.Web.Shell.Guard;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Notifications;

/// <summary>Puts a message into words: those of its cause, with what is known of it in the places of the words in braces.</summary>
public sealed class MessageWriter(
    CurrentMessageTexts said, IStringLocalizer<NotificationsTexts> texts, PeriodWords months, Wording words, CurrentSettings settings, IOptions<SiteOptions> site, TimeProvider clock)
{
    /// <summary>Stands in examples where the portal has no address of its own yet; without one it sends nothing.</summary>
    private const string NoAddress = "https://portal.example";

    private const string ExampleDevice = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36";

    public WrittenMessage Write(Message message, Recipient to) => Write(message.Cause, message.Channel, message.Language, to.FullName, NoticeFacts.Read(message.Facts));

    public WrittenMessage Write(Cause cause, Channel channel, string language, string fullName, NoticeFacts facts)
    {
        var key = new MessageTextKey(cause, channel, language);
        return Write(key, said.Of(key), fullName, facts, LinkOf(cause));
    }

    /// <summary>The one-time link, which goes by mail to an address and is kept nowhere.</summary>
    public WrittenMessage WriteLink(string language, Uri link)
    {
        var key = new MessageTextKey(Cause.SignInLink, Channel.Mail, language);
        return Write(key, said.Of(key), "", NoticeFacts.None, link);
    }

    /// <summary>What a text that is not saved yet would say: in the same way, of an example.</summary>
    public WrittenMessage Example(MessageTextKey key, MessageWording wording) => Languages.In(key.Language, () =>
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var current = settings.Rules.PeriodOf(now);
        Period[] owed = [current.AddMonths(-1), current];
        var facts = new NoticeFacts(owed, owed.Sum(month => settings.Rules.FeeOf(month).Tenge), key.Cause == Cause.BackupMissing ? nameof(BackupTrouble.Old) : texts["ExampleReason"].Value, ExampleDevice)
        {
            Count = 7,
            Hours = 24,
            Since = now.AddDays(-2),
            Imported = new ImportedRows(texts["ExampleFile"], 120, 14, 3, 1440),
        };
        return Write(key, wording, texts["ExampleName"], facts, LinkOf(key.Cause));
    });

    private WrittenMessage Write(MessageTextKey key, MessageWording wording, string fullName, NoticeFacts facts, Uri link) => Languages.In(key.Language, () =>
    {
        string? ValueOf(string word) => word switch
        {
            MessageWords.Name => FirstName(fullName),
            MessageWords.Months => months.List([.. facts.Months ?? []]),
            MessageWords.Sum => Wording.Money(facts.Tenge ?? 0),
            MessageWords.Reason => ReasonOf(key.Cause, facts.Reason),
            MessageWords.Device => BrowserName.Of(facts.Device) is { Length: > 0 } name ? name : texts["UnknownDevice"],
            MessageWords.Link => link.AbsoluteUri,
            MessageWords.Portal => settings.Value.Association.NameIn(key.Language),
            MessageWords.Count => Wording.Plural(texts, "Claims", facts.Count ?? 0),
            MessageWords.Hours => texts["HoursShort", facts.Hours ?? 0],
            MessageWords.Since => facts.Since is { } since ? words.Moment(since) : texts["NeverYet"],
            MessageWords.File => facts.Imported?.File ?? "",
            MessageWords.Rows when facts.Imported is { } rows => texts["ImportedRows", Wording.Number(rows.Added), Wording.Number(rows.Changed), Wording.Number(rows.Left), Wording.Number(rows.Payments)],
            MessageWords.Rows => "",
            _ => null,
        };
        List<string> values = [];
        string? Note(string word)
        {
            var value = ValueOf(word);
            values.AddRange(value is null ? [] : [value]);
            return value;
        }

        return new WrittenMessage(key.Language, MessageWords.Fill(wording.Title, Note), MessageWords.Fill(wording.Text, Note), link) { Cause = key.Cause, Values = values };
    });

    private Uri LinkOf(Cause cause) => new(new Uri(site.Value.BaseUrl ?? NoAddress), PathOf(cause));

    private static string PathOf(Cause cause) => cause switch
    {
        Cause.RegistrationAccepted => Urls.Cabinet,
        Cause.Trial => Urls.Notifications,
        Cause.NewDevice => Urls.Password,
        Cause.SignInLink => Urls.Reset,
        Cause.Reminder => Urls.Pay,
        Cause.ClaimsWaiting => Urls.AdminPayments,
        Cause.BackupMissing => Urls.AdminBackups,
        Cause.ImportFinished => Urls.AdminImport,
        _ => Urls.Payments,
    };

    /// <summary>A cashier's words as they are, the portal's own reasons in the reader's language.</summary>
    private string ReasonOf(Cause cause, string? reason) => reason switch
    {
        null or "" => texts["ReasonNone"],
        _ when cause == Cause.BackupMissing => string.Join(", ", reason.Split(',').Select(trouble => texts[$"Trouble{trouble}"]).Where(trouble => !trouble.ResourceNotFound).Select(trouble => trouble.Value)),
        Reasons.SumDiffers => texts["ReasonSumDiffers"],
        Reasons.SettlingUndone => texts["ReasonSettlingUndone"],
        Reasons.Duplicate => texts["ReasonDuplicate"],
        _ => reason,
    };

    /// <summary>The surname stands first.</summary>
    internal static string FirstName(string fullName) => fullName.Split(' ') is [_, var first, ..] ? first : fullName;
}
