namespace Diaspora.Domain.Import;

/// <summary>Finds the years of heads that say a month alone: a year over them, a neighbour, the sheet's name, a title. Where two of these differ it is a question.</summary>
public static class HeadYears
{
    /// <summary>So many numbers in a row are months and no accident.</summary>
    private const int FewestNumbers = 3;

    /// <summary>A year that stands over the first of its months, as a merged cell does in a CSV, is said of all up to the next year; where it is the only one, of all months.</summary>
    /// <param name="texts">By column, then by the header's rows.</param>
    internal static void Spread(List<List<string>> texts, int row)
    {
        var years = texts.Index().Where(column => ImportMonths.YearAlone(column.Item[row]) is not null).ToList();
        for (var index = 0; index < texts.Count && years.Count > 0; index++)
        {
            var below = texts[index].Skip(row + 1).ToList();
            if (texts[index][row].Length == 0 && below.Exists(text => ImportMonths.Bare(text) is not null || ImportMonths.Numbered(text) is not null) && below.TrueForAll(text => ImportMonths.YearAlone(text) is null))
            {
                var left = years.LastOrDefault(year => year.Index < index);
                texts[index][row] = left.Item is not null ? left.Item[row] : years.Count == 1 ? years[0].Item[row] : "";
            }
        }
    }

    /// <param name="titles">What stands above the header.</param>
    internal static List<ImportColumn> Complete(List<ImportColumn> heads, string sheetName, IReadOnlyList<string> titles)
    {
        var columns = Beside(Beside(heads, 1), -1);
        var isNumbered = columns.Count(column => column is { Bare: not null, Field: ImportField.Skip }) >= FewestNumbers;
        columns = columns.ConvertAll(column => column is not { Bare: not null, Field: ImportField.Skip } ? column : isNumbered ? column with { Field = ImportField.Unclear } : column with { Bare = null });
        var bare = columns.FindAll(column => column is { Bare: not null, Field: ImportField.Unclear });
        int?[] said = [ImportMonths.YearOfTitle(sheetName), ImportMonths.YearOfTitle(string.Join(' ', titles))];
        return said.OfType<int>().Distinct().ToList() is [var year] && bare.Select(column => column.Bare).Distinct().Count() == bare.Count
            ? columns.ConvertAll(column => bare.Contains(column) ? In(column, year) : column)
            : columns;
    }

    /// <summary>The same heads with the year that a person said: the first month's, and the next year begins where a month does not come after the one before.</summary>
    public static IReadOnlyList<ImportColumn> Said(IReadOnlyList<ImportColumn> columns, int year)
    {
        var last = 0;
        List<ImportColumn> said = [];
        foreach (var column in columns)
        {
            if (column is { Bare: { } month, Field: ImportField.Unclear, Month: null })
            {
                year += month <= last ? 1 : 0;
                last = month;
                said.Add(In(column, year));
            }
            else
            {
                said.Add(column);
            }
        }

        return said;
    }

    /// <summary>«янв.26; фев; мар»: the year of the neighbour, and the next one after its December.</summary>
    private static List<ImportColumn> Beside(List<ImportColumn> heads, int step)
    {
        var columns = heads.ToList();
        Period? known = null;
        for (var index = step > 0 ? 0 : columns.Count - 1; index >= 0 && index < columns.Count; index += step)
        {
            var column = columns[index];
            if (column.Field == ImportField.Month)
            {
                known = column.Month;
            }
            else if (column is { Bare: { } month, Field: ImportField.Unclear } && known is { } beside && month != beside.Month)
            {
                var turns = step > 0 ? month < beside.Month : month > beside.Month;
                columns[index] = In(column, turns ? beside.Year + step : beside.Year);
                known = columns[index].Month;
            }
            else if (column is { Bare: not null, Field: ImportField.Unclear })
            {
                known = null;
            }
        }

        return columns;
    }

    private static ImportColumn In(ImportColumn column, int year) => column with { Field = ImportField.Month, Month = new Period(year, column.Bare!.Value) };
}
