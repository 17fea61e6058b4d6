namespace Diaspora.Domain.Import;

/// <summary>What a column means.</summary>
public enum ImportField
{
    /// <summary>Nothing for the portal.</summary>
    Skip,

    /// <summary>The name or a part of it: several columns are put together in their order.</summary>
    Name,
    Phone,
    Email,
    City,
    Joined,
    Month,

    /// <summary>Nobody has said yet: a month stands in its head, and what is below may be a debt or a date as well as a payment.</summary>
    Unclear,
}

/// <param name="Index">The column's place, from 0.</param>
/// <param name="Month">For <see cref="ImportField.Month"/>; for <see cref="ImportField.Unclear"/> the one that its head speaks of.</param>
/// <param name="IsSaid">A person has said so; else it was recognised.</param>
public sealed record ImportColumn(int Index, string Header, ImportField Field, Period? Month = null, bool IsSaid = false)
{
    /// <summary>The place of a phone that was typed where the sheet has no column for it.</summary>
    public const int Typed = -1;

    /// <summary>The sheet's place in the file, from 0.</summary>
    public int Sheet { get; init; }

    /// <summary>The month that its head says without a year.</summary>
    public int? Bare { get; init; }

    /// <summary>As spreadsheets name it: A, B, … Z, AA.</summary>
    public string Letter => LetterOf(Index);

    public static string LetterOf(int index) => index < 26 ? ((char)('A' + index)).ToString() : LetterOf(index / 26 - 1) + (char)('A' + index % 26);
}

/// <summary>Knows columns by their headers in Russian, Kazakh, Azerbaijani and English.</summary>
public static class ImportColumns
{
    /// <summary>The header of the template: the same words that are known below.</summary>
    public static readonly IReadOnlyList<string> Template = ["ФИО", "Телефон", "E-mail", "Город", "Месяц вступления"];

    /// <summary>Beside one of these the parts of a name are not wanted.</summary>
    private static readonly string[] WholeNames = ["фио", "фамилияимя", "фамилияи", "имяфамилия", "имяи", "участник", "плательщик", "членобъединения", "атыжөні", "тегіаты", "толықаты", "adsoyad", "soyadad", "üzv", "fullname", "member"];

    private static readonly string[] NameParts = ["фамилия", "имя", "отчество", "имяотчество", "тегі", "аты", "есімі", "әкесініңаты", "ad", "adı", "soyad", "soyadı", "ataadı", "name", "firstname", "lastname", "surname", "patronymic"];

    private static readonly string[] Totals = ["итого", "всего", "итог", "барлығы", "жиыны", "cəmi", "yekun", "total"];

    private static readonly (ImportField Field, string[] Beginnings)[] Others =
    [
        (ImportField.Phone, ["телефон", "номертел", "моб", "сотов", "контактныйтел", "whatsapp", "ватсап", "вотсап", "ұялы", "telefon", "mobil", "phone", "cell"]),
        (ImportField.Email, ["email", "mail", "почта", "эпочта", "элпочта", "электрон", "имейл", "емейл", "пошта", "эпошта", "epoçt", "elektron"]),
        (ImportField.City, ["город", "населенныйпункт", "местожительства", "қала", "тұрғылықты", "şəhər", "yaşadığı", "city", "town"]),
        (ImportField.Joined, ["месяцвступ", "датавступ", "вступ", "принят", "членс", "кірген", "қосыл", "мүшеболған", "мүшелікке", "qoşul", "üzvol", "joined", "joining", "datejoin"]),
    ];

    /// <inheritdoc cref="Recognise(IReadOnlyList{IReadOnlyList{string}})"/>
    public static IReadOnlyList<ImportColumn> Recognise(IReadOnlyList<string> header) => Twice(Recognise([.. header.Select(text => (IReadOnlyList<string>)[text])]));

    /// <summary>Every column of a header with what it seems to mean. Where two columns seem to mean the same, the first one gets it.</summary>
    /// <param name="heads">What stands over each column, from the top.</param>
    public static IReadOnlyList<ImportColumn> Recognise(IReadOnlyList<IReadOnlyList<string>> heads)
    {
        var hasWholeName = heads.Any(texts => texts.Any(text => Starts(Key(text), WholeNames)));
        HashSet<ImportField> taken = [];
        List<ImportColumn> columns = [];
        foreach (var (index, texts) in heads.Index())
        {
            var (field, month, bare) = Meaning(texts, hasWholeName);
            if (month is null && field is not (ImportField.Skip or ImportField.Name or ImportField.Unclear) && !taken.Add(field))
            {
                field = ImportField.Skip;
            }

            columns.Add(new ImportColumn(index, string.Join(' ', texts).Trim(), field, month) { Bare = bare });
        }

        return columns;
    }

    /// <summary>
    /// What is a question: two columns that speak of one month; and, with what stands below, a column without a head beside a month's, which is a second half of it.
    /// Which half is the payment only a person knows.
    /// </summary>
    public static IReadOnlyList<ImportColumn> Ask(IReadOnlyList<ImportColumn> known, IEnumerable<SheetRow> below)
    {
        var columns = Twice(known).ToList();
        foreach (var month in columns.Where(column => column.Field == ImportField.Month).ToList())
        {
            var next = month.Index + 1;
            if ((next >= columns.Count || columns[next].Header.Length == 0) && below.Any(row => row.Faults.Count == 0 && row[next].Trim().Length > 0))
            {
                columns[month.Index] = month with { Field = ImportField.Unclear };
                var half = new ImportColumn(next, "", ImportField.Unclear, month.Month);
                columns = next < columns.Count ? [.. columns[..next], half, .. columns[(next + 1)..]] : [.. columns, half];
            }
        }

        return columns;
    }

    private static IReadOnlyList<ImportColumn> Twice(IReadOnlyList<ImportColumn> columns)
    {
        var spoken = columns.Where(column => column.Month is not null).ToLookup(column => column.Month);
        return [.. columns.Select(column => column.Field == ImportField.Month && spoken[column.Month].Count() > 1 ? column with { Field = ImportField.Unclear } : column)];
    }

    /// <summary>Whether a row has a head for names. Quick to see, and without one nothing else need be looked at.</summary>
    public static bool NamesPeople(SheetRow row) => row.Cells.Any(cell => FieldOf(Key(cell), hasWholeName: false) == ImportField.Name);

    /// <summary>Whether a row names at least name and phone: without them nobody can be imported.</summary>
    public static bool IsHeader(SheetRow row) =>
        !row.IsTitle && Recognise(row.Cells) is var columns && columns.Any(column => column.Field == ImportField.Name) && columns.Any(column => column.Field == ImportField.Phone);

    /// <summary>The place of the header among the first rows; where none is recognised, of the first row that looks like one.</summary>
    public static int HeaderOf(IReadOnlyList<SheetRow> rows)
    {
        var top = rows.Take(ImportLimits.HeaderRows).ToList();
        var known = top.FindIndex(IsHeader);
        return known >= 0 ? known : Math.Max(0, top.FindIndex(row => row.Cells.Count(cell => !string.IsNullOrWhiteSpace(cell)) > 1));
    }

    /// <summary>Whether a row repeats the header. A list that was put together from several has it several times.</summary>
    public static bool Repeats(SheetRow row, IReadOnlyList<ImportColumn> columns) =>
        columns.Where(column => column.Field is ImportField.Phone or ImportField.Name).All(column => Meaning([row[column.Index]], false).Field == column.Field);

    /// <summary>Whether a row sums up the others.</summary>
    public static bool IsTotal(string name) => Starts(Key(name), Totals);

    /// <summary>Together the rows of a head may say a month; where they do not, the lowest that is known counts: «Контакты» over «Телефон».</summary>
    private static (ImportField Field, Period? Month, int? Bare) Meaning(IReadOnlyList<string> texts, bool hasWholeName)
    {
        var head = string.Join(' ', texts);
        if (ImportMonths.TryRead(head, out var month) || (texts.Count > 1 && texts.Any(text => ImportMonths.YearAlone(text) is not null) && TryReadParts(texts, out month)))
        {
            return (ImportField.Month, month, null);
        }

        if (texts.Select(ImportMonths.Bare).OfType<int>().Distinct().ToList() is [var bare] && texts.All(text => ImportMonths.Bare(text) is not null || ImportMonths.IsPartOfYear(text)))
        {
            return (ImportField.Unclear, null, bare);
        }

        var isOfMonth = ImportMonths.Mentions(head, out var spoken);
        var field = texts.Reverse().Select(text => FieldOf(Key(text), hasWholeName)).FirstOrDefault(one => one != ImportField.Skip);
        return isOfMonth && (field == ImportField.Skip || spoken is not null) ? (ImportField.Unclear, spoken, null) : (field, null, texts is [var only] ? ImportMonths.Numbered(only) : null);
    }

    /// <summary>A year, and a month as a word or a number, and nothing else but halves and quarters of the year.</summary>
    private static bool TryReadParts(IReadOnlyList<string> texts, out Period month)
    {
        var years = texts.Select(ImportMonths.YearAlone).OfType<int>().Distinct().ToList();
        var months = texts.Select(text => ImportMonths.Bare(text) ?? ImportMonths.Numbered(text)).OfType<int>().Distinct().ToList();
        var isAll = texts.All(text => ImportMonths.YearAlone(text) is not null || ImportMonths.Bare(text) is not null || ImportMonths.Numbered(text) is not null || ImportMonths.IsPartOfYear(text));
        month = isAll && years is [var year] && months is [var number] ? new Period(year, number) : default;
        return month != default;
    }

    private static ImportField FieldOf(string key, bool hasWholeName) => key.Length == 0 ? ImportField.Skip
        : Starts(key, WholeNames) ? ImportField.Name
        : key is "тел" or "tel" ? ImportField.Phone
        : NameParts.Contains(key) ? (hasWholeName ? ImportField.Skip : ImportField.Name)
        : Array.Find(Others, other => Starts(key, other.Beginnings)).Field;

    private static bool Starts(string key, string[] beginnings) => Array.Exists(beginnings, beginning => key.StartsWith(beginning, StringComparison.Ordinal));

    private static string Key(string header) => string.Concat(header.Spaced().Replace('ё', 'е').Where(char.IsLetter));
}
