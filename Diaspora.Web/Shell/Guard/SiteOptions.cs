using Microsoft.Extensions.Options;

namespace Diaspora.Web.Shell.Guard;

/// <summary>The section <c>Site</c>: where the portal is reached from outside. Links in letters begin with it, and requests under another name are refused.</summary>
public sealed class SiteOptions
{
    public const string Section = "Site";

    public string? BaseUrl { get; set; }

    /// <summary>The address, or nothing where none is set.</summary>
    public Uri? Address => string.IsNullOrWhiteSpace(BaseUrl) ? null : new Uri(BaseUrl);

    /// <summary>Scheme, host and port, as a browser says where a page is from.</summary>
    public string? Origin => Address?.GetLeftPart(UriPartial.Authority);
}

internal sealed class SiteOptionsValidator : IValidateOptions<SiteOptions>
{
    public ValidateOptionsResult Validate(string? name, SiteOptions options) =>
        string.IsNullOrWhiteSpace(options.BaseUrl)
        || (Uri.TryCreate(options.BaseUrl, UriKind.Absolute, out var address) && address is { Scheme: "https" or "http", AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" })
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{SiteOptions.Section}:{nameof(SiteOptions.BaseUrl)} = '{options.BaseUrl}' is no address of a site, such as https://portal.example.kz.");
}
