namespace Diaspora.Web.Payments.Admin.Record;

/// <summary>A sum as a person types it: «6000», «6 000», «6 000,00 ₸».</summary>
public static class TengeText
{
    /// <summary>A value that no sum can have. The form's rules then refuse it with a sentence.</summary>
    private const long Impossible = -1;

    /// <returns>Nothing where nothing is typed.</returns>
    public static long? Parse(string? text)
    {
        return string.IsNullOrWhiteSpace(text.Visible()) ? null : WholeNumber.TryRead(text, out var tenge) ? tenge : Impossible;
    }
}
