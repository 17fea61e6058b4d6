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
    /// <summary>As spreadsheets name it: A, B, … Z, AA.</summary>
    public string Letter => LetterOf(Index);

    public static string LetterOf(int index) => index < 26 ? ((char)('A' + index)).ToString() : LetterOf(index / 26 - 1) + (char)('A' + index % 26);
}

/// <summary>Knows columns by their headers in Russian, Kazakh, Azerbaijani and English.</summary>
public static class ImportColumns
{
    /// <summary>The header of the template: the same words that are known below.</summary>
    public static readonly IReadOnlyList<string> Template = ["ФИО", "Телефон", "E-mail", "Город", "Месяц вступления"];

    /// <summary>How many months in the second row make it a part of the header: one may be a date.</summary>
    private const int HeadsBelow = 2;

    /// <summary>Beside one of these the parts of a name are not wanted.</summary>
    private static readonly string[] WholeNames = ["фио", "фамилияимя", "участник", "членобъединения", "атыжөні", "тегіаты", "толықаты", "adsoyad", "soyadad", "üzv", "fullname", "member"];

    private static readonly string[] NameParts = ["фамилия", "имя", "отчество", "имяотчество", "тегі", "аты", "есімі", "әкесініңаты", "ad", "adı", "soyad", "soyadı", "ataadı", "name", "firstname", "lastname", "surname", "patronymic"];

    private static readonly string[] Totals = ["итого", "всего", "итог", "барлығы", "жиыны", "cəmi", "yekun", "total"];

    private static readonly (ImportField Field, string[] Beginnings)[] Others =
    [
        (ImportField.Phone, ["телефон", "номертел", "моб", "сотов", "контактныйтел", "whatsapp", "ватсап", "вотсап", "ұялы", "telefon", "mobil", "phone", "cell"]),
        (ImportField.Email, ["email", "mail", "почта", "эпочта", "элпочта", "электрон", "имейл", "емейл", "пошта", "эпошта", "epoçt", "elektron"]),
        (ImportField.City, ["город", "населенныйпункт", "местожительства", "қала", "тұрғылықты", "şəhər", "yaşadığı", "city", "town"]),
        (ImportField.Joined, ["месяцвступ", "датавступ", "вступ", "принят", "членс", "кірген", "қосыл", "мүшеболған", "мүшелікке", "qoşul", "üzvol", "joined", "joining", "datejoin"]),
    ];

    /// <summary>
    /// Every column of a header with what it seems to mean. Where two columns seem to mean the same, the first one gets it; but two that speak of one month are a question.
    /// </summary>
    public static IReadOnlyList<ImportColumn> Recognise(IReadOnlyList<string> header)
    {
        var hasWholeName = header.Any(text => Starts(Key(text), WholeNames));
        HashSet<ImportField> taken = [];
        List<ImportColumn> columns = [];
        for (var index = 0; index < header.Count; index++)
        {
            var (field, month) = Meaning(header[index], hasWholeName);
            if (month is null && field is not (ImportField.Skip or ImportField.Name or ImportField.Unclear) && !taken.Add(field))
            {
                field = ImportField.Skip;
            }

            columns.Add(new ImportColumn(index, header[index].Trim(), field, month));
        }

        var spoken = columns.Where(column => column.Month is not null).ToLookup(column => column.Month);
        return columns.ConvertAll(column => column.Field == ImportField.Month && spoken[column.Month].Count() > 1 ? column with { Field = ImportField.Unclear } : column);
    }

    /// <summary>As the other, and looks at what stands below: a column without a head beside a month's is a second half of it, and which half is the payment is a question.</summary>
    public static IReadOnlyList<ImportColumn> Recognise(SheetRow header, IReadOnlyList<SheetRow> below)
    {
        var columns = Recognise(header.Cells).ToList();
        foreach (var month in columns.Where(column => column.Field == ImportField.Month).ToList())
        {
            var next = month.Index + 1;
            if (header[next].Length == 0 && below.Any(row => row.Faults.Count == 0 && row[next].Trim().Length > 0))
            {
                columns[month.Index] = month with { Field = ImportField.Unclear };
                var half = new ImportColumn(next, "", ImportField.Unclear, month.Month);
                columns = next < columns.Count ? [.. columns[..next], half, .. columns[(next + 1)..]] : [.. columns, half];
            }
        }

        return columns;
    }

    /// <summary>Whether the row below the header goes on with it: months stand there in columns that the header leaves open, and nobody's name or phone.</summary>
    public static bool GoesOn(SheetRow header, SheetRow next) =>
        Recognise(header.Cells) is var columns
        && columns.Where(column => column.Field is ImportField.Name or ImportField.Phone).All(column => string.IsNullOrWhiteSpace(next[column.Index]))
        && next.Cells.Where((cell, index) => columns.ElementAtOrDefault(index) is not { Field: ImportField.Month } && ImportMonths.Mentions(cell, out _)).Count() >= HeadsBelow;

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
        columns.Where(column => column.Field is ImportField.Phone or ImportField.Name).All(column => Meaning(row[column.Index], false).Field == column.Field);

    /// <summary>Whether a row sums up the others.</summary>
    public static bool IsTotal(string name) => Starts(Key(name), Totals);

    private static (ImportField Field, Period? Month) Meaning(string header, bool hasWholeName)
    {
        if (ImportMonths.TryRead(header, out var month))
        {
            return (ImportField.Month, month);
        }

        var isOfMonth = ImportMonths.Mentions(header, out var spoken);
        var key = Key(header);
        var field = key.Length == 0 ? ImportField.Skip
            : Starts(key, WholeNames) ? ImportField.Name
            : key is "тел" or "tel" ? ImportField.Phone
            : NameParts.Contains(key) ? (hasWholeName ? ImportField.Skip : ImportField.Name)
            : Array.Find(Others, other => Starts(key, other.Beginnings)).Field;
        return isOfMonth && (field == ImportField.Skip || spoken is not null) ? (ImportField.Unclear, spoken) : (field, null);
    }

    private static bool Starts(string key, string[] beginnings) => Array.Exists(beginnings, beginning => key.StartsWith(beginning, StringComparison.Ordinal));

    private static string Key(string header) => string.Concat(header.Spaced().Replace('ё', 'е').Where(char.IsLetter));
}
