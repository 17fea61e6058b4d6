using MailKit;
using MailKit.Net.Smtp;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Diaspora.Web.Accounts;

/// <summary>The mail server that takes our letters.</summary>
public sealed class SmtpServer(IOptions<SmtpOptions> smtp)
{
    /// <summary>Sends one letter. What the server says of an address is in the exception, which nobody logs.</summary>
    /// <param name="progress">Hears as soon as the letter itself is on the line: before that it cannot have gone.</param>
    public async Task SendAsync(MimeMessage letter, ITransferProgress? progress, CancellationToken cancel)
    {
        var options = smtp.Value;
        using var client = new SmtpClient();
        await client.ConnectAsync(options.Host!, options.Port, options.Security, cancel);
        if (!string.IsNullOrEmpty(options.User))
        {
            await client.AuthenticateAsync(options.User, options.Password!, cancel);
        }

        await client.SendAsync(letter, cancel, progress);
        try
        {
            await client.DisconnectAsync(quit: true, CancellationToken.None);
        }
        catch (Exception fault) when (fault is IOException or ProtocolException)
        {
            // The letter is taken; how the line ends is nobody's loss.
        }
    }
}
