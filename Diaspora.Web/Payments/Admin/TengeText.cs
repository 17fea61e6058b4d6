using System.Globalization;

namespace Diaspora.Web.Payments.Admin;

/// <summary>A sum as a person types it: «6000», «6 000», «6 000 ₸».</summary>
public static class TengeText
{
    /// <summary>A value that no sum can have. The form's rules then refuse it with a sentence.</summary>
    private const long Impossible = -1;

    /// <returns>Nothing where nothing is typed.</returns>
    public static long? Parse(string? text)
    {
        var digits = string.Concat((text ?? "").Where(sign => !char.IsWhiteSpace(sign) && sign != '₸'));
        return digits.Length == 0 ? null
            : long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var tenge) ? tenge
            : Impossible;
    }
}
