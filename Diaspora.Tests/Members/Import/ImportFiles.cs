namespace Diaspora.Tests.Members.Import;

/// <summary>The spreadsheets beside this file, and what they come to when they are read rightly.</summary>
internal static class ImportFiles
{
    private static readonly string[] Marks =
        ["оплатил", "2 000 ₸", "2000", "+", "да", "опл.", "2026-03-05", "2000 тг", "✓", "оплачено", "х", "нет", "", "—", "долг", "2000 (каспи)", "каспи 05.03"];

    public static byte[] Board => Of("1-board.xlsx");

    public static byte[] Colours => Of("2-colours-years.xlsx");

    public static byte[] Kassa => Of("3-kassa-cp1251.csv");

    /// <summary>Of each member the marks from January to November: one list over and over, each person beginning further on in it.</summary>
    public static IEnumerable<(string Phone, IReadOnlyList<string> Marks)> BoardMarks => Enumerable.Range(0, 10)
        .Select(person => ($"+7701234{person * 111:0000}", (IReadOnlyList<string>)[.. Enumerable.Range(0, 11).Select(month => Marks[(person * 5 + month) % Marks.Length])]));

    /// <summary>Of each member the green months: every third one is red, in the next year and for the next person one month earlier.</summary>
    public static IEnumerable<(string Phone, IReadOnlyList<Period> Months)> ColourMonths => Enumerable.Range(0, 6).Select(person => ($"+7705444{person:00}{10 + person}", (IReadOnlyList<Period>)
        [.. Period.Range(new Period(2024, 1), new Period(2026, 12)).Where(month => (person + month.Month + month.Year) % 3 != 1)]));

    private static byte[] Of(string name)
    {
        using var file = new MemoryStream();
        using var stored = typeof(ImportFiles).Assembly.GetManifestResourceStream($"Import.{name}")!;
        stored.CopyTo(file);
        return file.ToArray();
    }
}
