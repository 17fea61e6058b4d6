using System.Threading.Channels;
using System.Threading.RateLimiting;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Web.Notifications;
using Diaspora.Web.Shell;
using Diaspora.Web.Shell.Guard;
using MailKit.Net.Smtp;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Diaspora.Web.Accounts;

/// <summary>
/// Letters wait in memory and are sent one after the other. A letter that cannot be sent is tried again twice and then given up:
/// the page has told everybody how to ask the admin. Addresses are never logged, nor what a server says about them.
/// </summary>
public sealed class Mailbox(
    IOptions<SmtpOptions> smtp, SmtpServer server, IOptions<SiteOptions> site, MessageWriter writer, TimeProvider clock, ILogger<Mailbox> log)
    : BackgroundService, IMailbox
{
    private const int Capacity = 200;
    private const int LinksPerHour = 3;
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)];

    private readonly Channel<MimeMessage> _letters = Channel.CreateBounded<MimeMessage>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    /// <summary>Whoever knows a number can ask for a link, so letters are limited: nobody may flood a member's mailbox.</summary>
    private readonly PartitionedRateLimiter<Guid> _links = PartitionedRateLimiter.Create<Guid, Guid>(member => RateLimitPartition.GetFixedWindowLimiter(
        member, _ => new FixedWindowRateLimiterOptions { PermitLimit = LinksPerHour, Window = TimeSpan.FromHours(1) }));

    public bool IsOpen => smtp.Value.IsGiven;

    public void SendLink(string address, string language, Guid memberId, string token)
    {
        if (!IsOpen)
            return;

        using var lease = _links.AttemptAcquire(memberId);
        if (!lease.IsAcquired)
            log.LogInformation("Member {Member} has had {Count} links in an hour; no more is sent", memberId, LinksPerHour);
        else if (!MailboxAddress.TryParse(address, out var to))
            log.LogWarning("Member {Member} has an address that no letter can be sent to", memberId);
        else
            Queue(LinkLetter(to, language, new Uri(new Uri(site.Value.BaseUrl!), Urls.ResetWith(memberId, token))));
    }

    /// <summary>Queues a letter to whoever runs the portal, in the language it is written in.</summary>
    public void Send(string address, string subject, IReadOnlyList<string> paragraphs)
    {
        if (!IsOpen)
            return;

        if (MailboxAddress.TryParse(address, out var to))
            Queue(Letter(to, subject, paragraphs));
        else
            log.LogWarning("An address that the portal is to write to is none");
    }

    public override void Dispose()
    {
        _links.Dispose();
        base.Dispose();
    }

    private void Queue(MimeMessage letter)
    {
        if (!_letters.Writer.TryWrite(letter))
            log.LogError("{Count} letters wait already; a letter is dropped", Capacity);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var letter in _letters.Reader.ReadAllAsync(stoppingToken))
        {
            using (letter)
                await SendPatientlyAsync(letter, stoppingToken);
        }
    }

    private async Task SendPatientlyAsync(MimeMessage letter, CancellationToken stopping)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await server.SendAsync(letter, null, stopping);
                return;
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !stopping.IsCancellationRequested)
            {
                var isLast = attempt == Pauses.Length || fault is SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted };
                log.Log(isLast ? LogLevel.Error : LogLevel.Warning, "A letter was not sent: {Fault} {Status}, attempt {Attempt}{GivenUp}",
                    fault.GetType().Name, (fault as SmtpCommandException)?.StatusCode, attempt + 1, isLast ? ", given up" : "");
                if (isLast)
                    return;
            }

            await Task.Delay(Pauses[attempt], clock, stopping);
        }
    }

    private MimeMessage LinkLetter(MailboxAddress to, string language, Uri link)
    {
        var written = writer.WriteLink(language, link);
        return Letter(to, written.Title, [written.Text]);
    }

    private MimeMessage Letter(MailboxAddress to, string subject, IReadOnlyList<string> paragraphs) =>
        new([MailboxAddress.Parse(smtp.Value.From!)], [to], subject, new TextPart("plain") { Text = string.Join("\n\n", paragraphs) + "\n" });
}
