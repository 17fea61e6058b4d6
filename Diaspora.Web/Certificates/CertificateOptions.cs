using Microsoft.Extensions.Options;

namespace Diaspora.Web.Certificates;

/// <summary>The section <c>Certificate</c> of the configuration.</summary>
public sealed class CertificateOptions
{
    public const string Section = "Paper";

    /// <summary>A TrueType file to write certificates with; missing: one is looked for on the system.</summary>
    public string? Font { get; set; }
}

public sealed class CertificateOptionsValidator : IValidateOptions<CertificateOptions>
{
    public ValidateOptionsResult Validate(string? name, CertificateOptions options) =>
        string.IsNullOrWhiteSpace(options.Font) || CertificateFont.Read(options.Font) is not null
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{CertificateOptions.Section}:{nameof(CertificateOptions.Font)} = '{options.Font}' is no TrueType file with all letters of Russian, Kazakh and Azerbaijani and ₸.");
}
