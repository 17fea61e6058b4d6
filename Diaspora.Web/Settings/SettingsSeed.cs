using Diaspora.Domain.Dues;
using Diaspora.Domain.Settings;
using Diaspora.Web.Content;
using Diaspora.Web.Payments;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Settings;

/// <summary>The settings as the configuration says: what an empty database begins with.</summary>
public sealed class SettingsSeed(DuesRules rules, IOptions<AssociationOptions> association, IOptions<KaspiOptions> kaspi)
{
    /// <exception cref="OptionsValidationException">A value is wrong; the message names its key.</exception>
    public SettingsSnapshot Read() => new(rules) { Association = association.Value.ToContacts(), Kaspi = kaspi.Value.ToRequisites() };
}
