using System.Text.RegularExpressions;

namespace Diaspora.Domain.Import;

/// <summary>What a month's cell says.</summary>
/// <param name="Amount">The sum where one is written; else the fee of the month is meant.</param>
public readonly partial record struct ImportMark(bool IsPaid, Money? Amount)
{
    internal const long MostTenge = 100_000_000;

    private static readonly char[] Ends = ['.', '!', ',', ';'];

    /// <summary>An abbreviation is known with its dot: without it, it may be another word.</summary>
    private static readonly HashSet<string> Paid = new(StringComparer.Ordinal)
    {
        "да", "иә", "ия", "bəli", "бәли", "hə", "һә", "evet", "yes", "+", "✓", "✔", "☑", "✅", "√", "true", "истина", "оплачено", "оплачен", "оплачена", "оплатил", "оплатила", "опл.", "уплачено", "сдал", "сдала", "сдано",
        "төленді", "төледі", "төл.", "ödənilib", "өдәнилиб", "ödəyib", "ödəndi", "ödendi", "paid",
    };

    private static readonly HashSet<string> NotPaid = new(StringComparer.Ordinal)
    {
        "", "-", "–", "—", "−", "--", "нет", "жоқ", "yox", "јох", "hayir", "no", "false", "ложь", "долг", "не оплачено", "не оплачен", "не оплачена", "не оплатил", "не оплатила", "не опл.", "не сдал", "не сдала", "должен", "должна",
        "төленбеді", "төлемеді", "қарыз", "ödənilməyib", "өдәнилмәјиб", "ödəməyib", "ödenmedi", "borc", "unpaid",
    };

    /// <summary>The day of the payment, where the cell says it.</summary>
    public DateOnly? On { get; init; }

    /// <summary>What stands beside the mark and is not used: «(каспи)», a day without its year.</summary>
    public string? Beside { get; init; }

    /// <returns>What is wrong with the cell; nothing when it was read.</returns>
    public static Problem? Read(string? text, out ImportMark mark)
    {
        var typed = WordOf(text);
        if (TryRead(typed, out mark))
        {
            return null;
        }

        // «2000 (каспи)», «каспи 05.03»: the way it was paid changes nothing. Any other word beside a mark may change all.
        var core = Way().Replace(typed, " ").Spaced().Trim(' ', ',', ';', ':');
        if (core.Length > 0 && core != typed && TryRead(core, out mark) && mark.IsPaid)
        {
            mark = mark with { Beside = text!.Trim() };
            return null;
        }

        mark = default;
        return new Problem(Problems.ImportMarkUnknown, text?.Trim() ?? "");
    }

    /// <summary>A cell's text as a word that is asked once, however it was typed.</summary>
    public static string WordOf(string? text) => text.Spaced().Replace('ı', 'i');

    private static bool TryRead(string typed, out ImportMark mark)
    {
        var whole = typed.TrimEnd(Ends);
        mark = new ImportMark(Paid.Contains(typed) || Paid.Contains(whole), null);
        if (mark.IsPaid || NotPaid.Contains(typed) || NotPaid.Contains(whole))
        {
            return true;
        }

        if (SumOf(typed) is { } tenge)
        {
            mark = tenge == 0 ? default : new ImportMark(true, new Money(tenge));
            return true;
        }

        if (DayOfMonth().IsMatch(whole))
        {
            mark = new ImportMark(true, null) { Beside = typed };
            return true;
        }

        var isDay = ImportMonths.IsDay(typed);
        mark = !isDay ? default : ImportMonths.ReadDay(typed, out var day) is null ? new ImportMark(true, null) { On = day } : new ImportMark(true, null) { Beside = typed };
        return isDay;
    }

    /// <summary>Of one sum or of several with a plus between them.</summary>
    private static long? SumOf(string typed)
    {
        long sum = 0;
        foreach (var part in (typed is ['+', not ' ', ..] ? typed[1..] : typed).Split('+'))
        {
            if (!WholeNumber.TryRead(part, out var tenge) || tenge > MostTenge)
            {
                return null;
            }

            sum += tenge;
        }

        return sum <= MostTenge ? sum : null;
    }

    /// <summary>How money comes, alone or in brackets.</summary>
    [GeneratedRegex(@"(?<![\p{L}\d])\(?(?:(?:через|на|по|by|via) )?(?:каспи|kaspi|kaspi\.kz)(?: (?:голд|gold|перевод|qr|pay))?\)?(?![\p{L}\d])|(?<![\p{L}\d])\(?(?:нал|наличн(?:ые|ыми)|наличка|касса|карта|картой|на карту|перевод|переводом|банк|через банк|терминал|qr|cash|card|аударым|қолма-қол|карточка|nağd|kart|köçürmə)\.?\)?(?![\p{L}\d])")]
    private static partial Regex Way();

    /// <summary>«05.03»: a day without its year.</summary>
    [GeneratedRegex(@"^(?:0[1-9]|[12]\d|3[01])[./](?:0[1-9]|1[0-2])$")]
    private static partial Regex DayOfMonth();
}
