using Microsoft.Extensions.Options;

namespace Diaspora.Web.Shell.Guard;

/// <summary>The section <c>Site</c>: where the portal is reached from outside. Links in letters begin with it, and requests under another name are refused.</summary>
public sealed class SiteOptions
{
    public const string Section = "Site";

    public string? BaseUrl { get; set; }

    /// <summary>The address, or nothing where none is set.</summary>
    public Uri? Address => string.IsNullOrWhiteSpace(BaseUrl) ? null : new Uri(BaseUrl);

    public string? Origin => Address is { } address ? OriginOf(address) : null;

    /// <summary>Scheme, host and port, as a browser says where a page is from: the host in its ASCII form, and no port that goes without saying.</summary>
    public static string OriginOf(Uri address) => $"{address.Scheme}://{HostOf(address)}{(address.IsDefaultPort ? "" : $":{address.Port}")}";

    public static string HostOf(Uri address) => address.HostNameType == UriHostNameType.IPv6 ? address.Host : address.IdnHost;
}

public static class SiteAddress
{
    /// <summary>Whether the portal has an address. One that is none counts: that is said by its own section, and what is wrong besides is not lost.</summary>
    public static bool HasAddress(this IOptions<SiteOptions> site)
    {
        try
        {
            return site.Value.Address is not null;
        }
        catch (OptionsValidationException)
        {
            return true;
        }
    }
}

public sealed class SiteOptionsValidator : IValidateOptions<SiteOptions>
{
    public ValidateOptionsResult Validate(string? name, SiteOptions options) =>
        string.IsNullOrWhiteSpace(options.BaseUrl)
        || (Uri.TryCreate(options.BaseUrl, UriKind.Absolute, out var address) && address is { Scheme: "https" or "http", AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" })
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{SiteOptions.Section}:{nameof(SiteOptions.BaseUrl)} = '{options.BaseUrl}' is no address of a site, such as https://portal.example.kz.");
}
