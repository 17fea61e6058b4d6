namespace Diaspora.Web.Payments;

/// <summary>Where members pay: the section <c>Kaspi</c> of the configuration. Kaspi is only linked to; nothing is asked of it.</summary>
public sealed class KaspiOptions
{
    public const string Section = "Kaspi";

    /// <summary>Whose name the payer sees in Kaspi before sending.</summary>
    public string Recipient { get; set; } = "";

    /// <summary>The phone or card the transfer goes to, as people read it.</summary>
    public string Phone { get; set; } = "";

    /// <summary>The payment link; without it neither the button nor the QR is shown.</summary>
    public string? Link { get; set; }

    /// <summary>Members are sent there with money in hand, so no other address is taken, whatever the configuration says.</summary>
    public bool HasGoodLink => string.IsNullOrEmpty(Link)
        || (Uri.TryCreate(Link, UriKind.Absolute, out var uri)
            && uri is { Scheme: "https", Host: "pay.kaspi.kz" or "kaspi.kz", IsDefaultPort: true, UserInfo.Length: 0 }
            && uri.AbsolutePath.StartsWith("/pay/", StringComparison.Ordinal)
            && uri.AbsolutePath.Length > "/pay/".Length);
}
