using System.Text.RegularExpressions;
using Diaspora.Domain.Members.Accounts;

namespace Diaspora.Web.Rights;

/// <summary>The section <c>Consent</c>.</summary>
public sealed partial class ConsentOptions
{
    public const string Section = "Consent";

    /// <summary>The wording of the association's own text; a later one asks every member again.</summary>
    public string? Version { get; set; }

    /// <summary>No earlier than the wording that the portal comes with: nobody agrees to an older text again.</summary>
    public bool HasGoodVersion => Version is null || (Form().IsMatch(Version) && string.CompareOrdinal(Version, RegistrationService.ConsentVersion) >= 0);

    [GeneratedRegex(@"^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$")]
    private static partial Regex Form();
}
