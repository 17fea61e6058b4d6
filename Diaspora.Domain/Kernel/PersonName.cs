using System.Text;

namespace Diaspora.Domain.Kernel;

public static class PersonName
{
    /// <summary>Surname, name and the rest as typed, with single spaces and each letter as one sign (some keyboards send й as two).</summary>
    public static string Tidy(string name) =>
        string.Join(' ', name.Visible().Whole(NormalizationForm.FormC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
