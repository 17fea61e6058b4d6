using Diaspora.Web.Shell.Guard;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Diaspora.Web.Accounts;

/// <summary>The section <c>Smtp</c>. Without a host no mail is sent, and the pages say so.</summary>
public sealed class SmtpOptions
{
    public const string Section = "Smtp";
    private const int PortOfTls = 465;

    public string? Host { get; set; }

    public int Port { get; set; } = 587;

    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>The sender: <c>salam@diaspora.kz</c>, or with a name before it.</summary>
    public string? From { get; set; }

    public bool UseTls { get; set; } = true;

    public bool IsGiven => !string.IsNullOrWhiteSpace(Host);

    public SecureSocketOptions Security => !UseTls ? SecureSocketOptions.None : Port == PortOfTls ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls;
}

/// <summary>Half a mail configuration stops the start instead of losing letters later.</summary>
public sealed class SmtpOptionsValidator(IOptions<SiteOptions> site) : IValidateOptions<SmtpOptions>
{
    public ValidateOptionsResult Validate(string? name, SmtpOptions options)
    {
        if (!options.IsGiven)
            return ValidateOptionsResult.Success;

        List<string> faults = [];
        if (Uri.CheckHostName(options.Host) == UriHostNameType.Unknown)
            faults.Add($"Smtp:Host = '{options.Host}' must be the name of a server alone, such as smtp.example.kz: the port is Smtp:Port, and no https:// stands before it.");

        if (!MailboxAddress.TryParse(options.From, out _))
            faults.Add("Smtp:From is missing or no e-mail address; Smtp:Host is set, so it is needed.");

        if (options.Port is < 1 or > 65535)
            faults.Add("Smtp:Port must be 1 to 65535.");

        if (!string.IsNullOrEmpty(options.User) && string.IsNullOrEmpty(options.Password))
            faults.Add("Smtp:Password is missing; Smtp:User is set, so it is needed.");

        if (string.IsNullOrEmpty(options.User) && !string.IsNullOrEmpty(options.Password))
            faults.Add("Smtp:User is missing; Smtp:Password is set, so it is needed.");

        if (!site.HasAddress())
            faults.Add("Site:BaseUrl is missing (https://portal.example.kz); letters carry links, so Smtp:Host needs it.");

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
