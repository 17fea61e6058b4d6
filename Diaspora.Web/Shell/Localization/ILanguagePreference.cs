namespace Diaspora.Web.Shell.Localization;

/// <summary>Keeps the chosen language with the signed-in person, so that messages are written in it too.</summary>
public interface ILanguagePreference
{
    Task SaveAsync(string culture);
}
