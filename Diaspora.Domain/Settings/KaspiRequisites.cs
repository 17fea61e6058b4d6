namespace Diaspora.Domain.Settings;

/// <summary>Where members pay. Kaspi is only linked to; nothing is asked of it.</summary>
/// <param name="Recipient">Whose name the payer sees in Kaspi before sending.</param>
/// <param name="Phone">The phone or card the transfer goes to, as people read it.</param>
/// <param name="Link">The payment link; without it neither the button nor the QR is shown.</param>
/// <param name="AccountPrefix">What the bank puts before a member's number once the association has a «Платежи» service; shown to nobody yet.</param>
public sealed record KaspiRequisites(string? Recipient, string? Phone, string? Link, string? AccountPrefix)
{
    public static readonly KaspiRequisites None = new(null, null, null, null);

    public bool HasGoodLink => IsGoodLink(Link);

    /// <summary>Members are sent there with money in hand, so no other address is taken, whoever asks for it.</summary>
    public static bool IsGoodLink(string? link) => string.IsNullOrEmpty(link)
        || (Uri.TryCreate(link, UriKind.Absolute, out var uri)
            && uri is { Scheme: "https", Host: "pay.kaspi.kz" or "kaspi.kz", IsDefaultPort: true, UserInfo.Length: 0 }
            && uri.AbsolutePath.StartsWith("/pay/", StringComparison.Ordinal)
            && uri.AbsolutePath.Length > "/pay/".Length);
}
