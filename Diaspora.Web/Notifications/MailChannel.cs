using System.Net.Sockets;
using System.Text.Encodings.Web;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Settings;
using Diaspora.Web.Accounts;
using MailKit;
using MailKit.Net.Smtp;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using MimeKit;
using MudBlazor.Utilities;

namespace Diaspora.Web.Notifications;

/// <summary>Letters in the association's colours, and as plain text for whoever reads those. The address is in no log, nor what a server says of it.</summary>
public sealed class MailChannel(IOptions<SmtpOptions> smtp, SmtpServer server, CurrentSettings settings, IStringLocalizer<NotificationsTexts> texts) : IMessageChannel
{
    /// <summary>A server that has not answered by then does not answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public Channel Channel => Channel.Mail;

    public bool IsOpen => smtp.Value.IsGiven;

    public IReadOnlyList<string> Missing => IsOpen ? [] : ["Smtp:Host", "Smtp:From"];

    public async Task<Delivery> SendAsync(Guid id, Recipient to, WrittenMessage written, CancellationToken cancel)
    {
        if (to.Email is null || !MailboxAddress.TryParse(to.Email, out var address))
        {
            return new Delivery(DeliveryOutcome.NoAddress, "no address") { DeadMail = to.Email };
        }

        using var letter = LetterOf(id, address, written);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        var line = new Line();
        try
        {
            await server.SendAsync(letter, line, patience.Token);
            return Delivery.Taken;
        }
        catch (SmtpCommandException refused)
        {
            var isDead = refused.ErrorCode == SmtpErrorCode.RecipientNotAccepted && refused.StatusCode is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.UserNotLocalTryAlternatePath or SmtpStatusCode.MailboxNameNotAllowed;
            return isDead
                ? new Delivery(DeliveryOutcome.NoAddress, $"smtp {(int)refused.StatusCode}") { DeadMail = to.Email }
                : new Delivery(DeliveryOutcome.Later, $"smtp {(int)refused.StatusCode}");
        }
        catch (Exception fault) when (fault is IOException or SocketException or ProtocolException or OperationCanceledException or TimeoutException or MailKit.Security.AuthenticationException or MailKit.Security.SslHandshakeException)
        {
            return new Delivery(line.HasBegun ? DeliveryOutcome.Unsure : DeliveryOutcome.Later, fault.GetType().Name);
        }
    }

    private MimeMessage LetterOf(Guid id, MailboxAddress to, WrittenMessage written)
    {
        var from = MailboxAddress.Parse(smtp.Value.From!);
        var body = new BodyBuilder { TextBody = written.Text + "\n", HtmlBody = HtmlOf(written) };
        return new MimeMessage([from], [to], written.Title, body.ToMessageBody())
        {
            MessageId = $"{id:N}@{from.Domain}",
            Headers = { { HeaderId.AutoSubmitted, "auto-generated" }, { HeaderId.ContentLanguage, written.Language } },
        };
    }

    private string HtmlOf(WrittenMessage written) => Languages.In(written.Language, () =>
    {
        var look = PortalTheme.Light.PaletteLight;
        static string Hex(MudColor colour) => colour.ToString(MudColorOutputFormats.Hex);
        static string Safe(string text) => HtmlEncoder.Default.Encode(text);
        var link = written.Link.AbsoluteUri;
        var button = $"""<a href="{Safe(link)}" style="display:inline-block;padding:14px 22px;border-radius:12px;background:{Hex(look.Primary)};color:{Hex(look.PrimaryContrastText)};font-weight:600;text-decoration:none">{Safe(texts["OpenPortal"])}</a>""";
        var paragraphs = written.Text.Split("\n\n").Select(part => part.Trim()).Select(part => part == link ? button
            : string.Join($"""<a href="{Safe(link)}" style="color:{Hex(look.Primary)}">{Safe(link)}</a>""", part.Split(link).Select(Safe)).Replace("&#xA;", "<br>", StringComparison.Ordinal));
        return $"""
            <!DOCTYPE html><html lang="{written.Language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Safe(written.Title)}</title></head>
            <body style="margin:0;padding:24px 12px;background:{Hex(look.Background)};font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;font-size:17px;line-height:1.5;color:{Hex(look.TextPrimary)}">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:520px;margin:0 auto;border-collapse:separate;border:1px solid {Hex(look.LinesDefault)};border-radius:18px;background:{Hex(look.Surface)}">
            <tr><td style="padding:16px 20px;border-radius:17px 17px 0 0;border-bottom:3px solid {Hex(look.Secondary)};background:{Hex(look.Dark)};color:{Hex(look.DarkContrastText)};font-weight:700">{Safe(settings.Value.Association.NameIn(written.Language) ?? "")}</td></tr>
            <tr><td style="padding:20px"><h1 style="margin:0 0 12px;font-size:20px;line-height:1.3">{Safe(written.Title)}</h1>{string.Concat(paragraphs.Select(paragraph => $"""<p style="margin:0 0 14px">{paragraph}</p>"""))}</td></tr>
            </table></body></html>
            """;
    });

    /// <summary>Whether the letter itself was on the line.</summary>
    private sealed class Line : ITransferProgress
    {
        public bool HasBegun { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => HasBegun = true;

        public void Report(long bytesTransferred) => HasBegun = true;
    }
}
