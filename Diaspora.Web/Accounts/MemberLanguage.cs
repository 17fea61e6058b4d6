using Diaspora.Domain.Members;
using Diaspora.Web.Shell;

namespace Diaspora.Web.Accounts;

/// <summary>Keeps the language a signed-in person switches to in the profile.</summary>
public sealed class MemberLanguage(MemberService members, CurrentActor current) : ILanguagePreference
{
    public async Task SaveAsync(string culture)
    {
        var actor = await current.GetAsync();
        if (actor.MemberId is null)
            return;

        try
        {
            await members.SpeakAsync(actor, culture);
        }
        catch (DomainException)
        {
            // Blocked a moment ago: the page in the chosen language will say so.
        }
    }
}
