using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Settings;
using Diaspora.Web.Kaspi.Biller;
using Diaspora.Web.Kaspi.Invoices;

namespace Diaspora.Web.Payments;

/// <summary>The section <c>Kaspi</c> of the configuration: what the settings of the portal begin with, and the ways in which the bank tells of money.</summary>
public sealed class KaspiOptions
{
    public const string Section = "Kaspi";

    public string? Recipient { get; set; }

    public string? Phone { get; set; }

    public string? Link { get; set; }

    public string? AccountPrefix { get; set; }

    public BillerOptions Biller { get; set; } = new();

    public ApiPayOptions ApiPay { get; set; } = new();

    /// <summary>A bank to try it with; in Development, where nobody says otherwise.</summary>
    public bool? Simulator { get; set; }

    /// <summary>So many days a line of a statement, or a call of the bank, is kept as it came: five years, as books are.</summary>
    public int KeepLinesDays { get; set; } = 1826;

    /// <summary>So many days the body of an aggregator's call is kept.</summary>
    public int KeepCallsDays { get; set; } = 400;

    public RawTextLimits RawText => new(KeepLinesDays, KeepCallsDays);

    public bool HasGoodLink => KaspiRequisites.IsGoodLink(Link);

    /// <summary>An example is cut off where the own part begins.</summary>
    public bool HasWholeLink => Link is null || !(Link.Contains('…', StringComparison.Ordinal) || Link.Contains("...", StringComparison.Ordinal));

    public bool HasGoodPrefix => AccountPrefix is null || (AccountPrefix.Length <= SettingsLimits.PrefixLength && AccountPrefix.All(char.IsAsciiDigit));

    public KaspiRequisites ToRequisites() => new(Given(Recipient), Given(Phone), Given(Link), Given(AccountPrefix));

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
