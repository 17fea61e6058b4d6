using System.Text.RegularExpressions;

namespace Diaspora.Domain.Import;

/// <summary>Knows the rows of a list that are no people.</summary>
public static partial class ImportRows
{
    /// <summary>A phone has at least so many digits, and fewer are no reason to think of one.</summary>
    private const int FewestDigits = 5;

    private const int MostWordsOfName = 4;

    private static readonly string[] Signatures =
    [
        "председател", "составил", "подготовил", "исполнител", "кассир", "бухгалтер", "казначе", "секретар", "ответственн", "директор", "президент", "проверил", "утвержд", "согласован", "подпис", "примечани", "дата составл",
        "төраға", "құрастыр", "дайында", "хатшы", "қазынашы", "жауапты", "sədr", "tərtib", "mühasib", "katib", "xəzinədar", "məsul", "chair", "prepared", "treasurer", "signature",
    ];

    /// <summary>Why a row is no person; nothing where it is one, or may be one: then a person sees what it lacks.</summary>
    /// <param name="phone">What stands for the phone.</param>
    public static ImportNoteKind? NoPerson(SheetRow row, IReadOnlyList<ImportColumn> columns, string name, string phone)
    {
        if (row.IsTitle || row.IsEmpty)
        {
            return ImportNoteKind.RowHeading;
        }

        if (ImportColumns.Repeats(row, columns))
        {
            return ImportNoteKind.RowHeader;
        }

        if (IsNumbering(row))
        {
            return ImportNoteKind.RowNumbers;
        }

        // After a stray quote nobody knows what stands where: such a row is told as one that is wrong.
        if (phone.Count(char.IsAsciiDigit) >= FewestDigits || row.Faults.Values.Contains(Problems.ImportCellQuote))
        {
            return null;
        }

        var texts = row.Cells.Select((_, index) => index).Where(index => !columns.Any(column => column.Index == index && column.Field == ImportField.Month) && row[index].Trim().Length > 0).ToList();
        if (texts.Exists(index => ImportColumns.IsTotal(row[index])))
        {
            return ImportNoteKind.RowTotal;
        }

        if (texts is [var first, ..] && IsSignature(row[first]))
        {
            return ImportNoteKind.RowSignature;
        }

        if (row.Cells.Where((cell, index) => row[index].Trim().Length > 0).Count() == 1 && !(name.Length > 0 && IsName(name)))
        {
            return ImportNoteKind.RowHeading;
        }

        return name.Length == 0 ? ImportNoteKind.RowNobody : null;
    }

    /// <summary>Whether the names of two people stand in one cell.</summary>
    public static bool IsTwoPeople(string name) => BetweenPeople().Split(name) is { Length: > 1 } parts && Array.TrueForAll(parts, part => part.Any(char.IsLetter));

    private static bool IsSignature(string text) => text.Spaced() is var said && (Array.Exists(Signatures, beginning => said.StartsWith(beginning, StringComparison.Ordinal)) || said.Contains("____", StringComparison.Ordinal));

    private static bool IsName(string text) =>
        text.Split(' ') is { Length: > 1 and <= MostWordsOfName } words && Array.TrueForAll(words, word => word.All(sign => char.IsLetter(sign) || sign is '-' or '.' or '\'' or '’' or 'ʼ')) && !OfPlace().IsMatch(text.Spaced());

    /// <summary>«1; 2; 3; 4» below the header: the columns' numbers.</summary>
    private static bool IsNumbering(SheetRow row)
    {
        var filled = row.Cells.Select(cell => cell.Trim()).Where(cell => cell.Length > 0).ToList();
        return filled.Count > 2 && filled.Index().All(cell => cell.Item == (cell.Index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"\s*[/;&+\n]\s*|\s+(?:и|және|мен|və|and)\s+|,(?=\s*\S+\s+\S+)(?<=\S+\s+\S+,)")]
    private static partial Regex BetweenPeople();

    [GeneratedRegex(@"(?<!\p{L})(?:г|гор|город|қ|қала|қаласы|обл|область|облысы|район|ауданы|село|ауыл|ауылы|пос|поселок|посёлок|филиал|группа|şəhər|şəhəri|rayon|rayonu|city)(?!\p{L})")]
    private static partial Regex OfPlace();
}
