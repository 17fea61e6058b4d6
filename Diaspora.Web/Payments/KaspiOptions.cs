using Diaspora.Domain.Settings;

namespace Diaspora.Web.Payments;

/// <summary>The section <c>Kaspi</c> of the configuration: what the settings of the portal begin with.</summary>
public sealed class KaspiOptions
{
    public const string Section = "Kaspi";

    public string? Recipient { get; set; }

    public string? Phone { get; set; }

    public string? Link { get; set; }

    public string? AccountPrefix { get; set; }

    public bool HasGoodLink => KaspiRequisites.IsGoodLink(Link);

    /// <summary>An example is cut off where the own part begins.</summary>
    public bool HasWholeLink => Link is null || !(Link.Contains('…', StringComparison.Ordinal) || Link.Contains("...", StringComparison.Ordinal));

    public bool HasGoodPrefix => AccountPrefix is null || (AccountPrefix.Length <= SettingsLimits.PrefixLength && AccountPrefix.All(char.IsAsciiDigit));

    public KaspiRequisites ToRequisites() => new(Given(Recipient), Given(Phone), Given(Link), Given(AccountPrefix));

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
