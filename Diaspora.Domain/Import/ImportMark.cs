namespace Diaspora.Domain.Import;

/// <summary>What a month's cell says.</summary>
/// <param name="Amount">The sum where one is written; else the fee of the month is meant.</param>
public readonly record struct ImportMark(bool IsPaid, Money? Amount)
{
    private const long MostTenge = 100_000_000;

    private static readonly HashSet<string> Paid = new(StringComparer.Ordinal)
    {
        "да", "иә", "ия", "bəli", "бәли", "hə", "һә", "evet", "yes", "+", "✓", "✔", "☑", "✅", "true", "истина", "оплачено", "оплачен", "оплатил", "оплатила", "төленді", "төледі", "ödənilib", "өдәнилиб", "ödendi", "paid",
    };

    private static readonly HashSet<string> NotPaid = new(StringComparer.Ordinal)
    {
        "", "-", "–", "—", "нет", "жоқ", "yox", "јох", "hayir", "no", "false", "ложь", "долг", "не оплачено", "не оплачен", "не оплатил", "не оплатила", "төленбеді", "ödənilməyib", "өдәнилмәјиб", "ödenmedi",
    };

    /// <returns>What is wrong with the cell; nothing when it was read.</returns>
    public static Problem? Read(string? text, out ImportMark mark)
    {
        var typed = text.Spaced().Replace('ı', 'i');
        mark = new ImportMark(Paid.Contains(typed), null);
        if (mark.IsPaid || NotPaid.Contains(typed))
        {
            return null;
        }

        if (WholeNumber.TryRead(typed is ['+', not ' ', ..] ? typed[1..] : typed, out var tenge) && tenge <= MostTenge)
        {
            mark = tenge == 0 ? default : new ImportMark(true, new Money(tenge));
            return null;
        }

        mark = new ImportMark(ImportMonths.IsDay(typed), null);
        return mark.IsPaid ? null : new Problem(Problems.ImportMarkUnknown, text?.Trim() ?? "");
    }
}
