using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Diaspora.Web.Shell.Localization;

/// <summary>What MudBlazor says by itself: names of its buttons, pagers, boxes that choose a line. It would say it in English.</summary>
internal sealed class MudWords(IStringLocalizer<MudTexts> texts) : MudLocalizer
{
    public override LocalizedString this[string key] => texts[key];
}
