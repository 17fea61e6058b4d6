using System.Text.RegularExpressions;

namespace Diaspora.Domain.Kernel;

/// <summary>
/// The names of months in the languages that heads are written in: Russian, Kazakh (Cyrillic and Latin), Azerbaijani (Latin and old Cyrillic), Turkish, English.
/// All in small letters, and with i for ı, which whoever writes in large letters cannot tell apart.
/// </summary>
internal static partial class MonthWords
{
    /// <summary>An abbreviation has at least so many letters.</summary>
    private const int Shortest = 3;

    /// <summary>January first; of each month its names and their forms.</summary>
    private static readonly string[][] Names =
    [
        ["январь", "января", "январе", "қаңтар", "qañtar", "qantar", "qańtar", "yanvar", "јанвар", "ocak", "january"],
        ["февраль", "февраля", "феврале", "ақпан", "aqpan", "fevral", "феврал", "şubat", "february"],
        ["март", "марта", "марте", "наурыз", "nauryz", "naýryz", "mart", "march"],
        ["апрель", "апреля", "апреле", "сәуір", "säuir", "sáýir", "aprel", "апрел", "nisan", "april"],
        ["май", "мая", "мае", "мамыр", "mamyr", "may", "mayis"],
        ["июнь", "июня", "июне", "маусым", "mausym", "maýsym", "iyun", "ијун", "haziran", "june"],
        ["июль", "июля", "июле", "шілде", "şilde", "shilde", "iyul", "ијул", "temmuz", "july"],
        ["август", "августа", "августе", "тамыз", "tamyz", "avqust", "ağustos", "august"],
        ["сентябрь", "сентября", "сентябре", "қыркүйек", "qyrküiek", "qyrkúiek", "sentyabr", "сентјабр", "eylül", "september"],
        ["октябрь", "октября", "октябре", "қазан", "qazan", "oktyabr", "октјабр", "ekim", "october"],
        ["ноябрь", "ноября", "ноябре", "қараша", "qaraşa", "qarasha", "noyabr", "нојабр", "kasim", "november"],
        ["декабрь", "декабря", "декабре", "желтоқсан", "jeltoqsan", "dekabr", "декабр", "aralik", "december"],
    ];

    /// <summary>Words that say no more than that the column is of dues. With any other word it is a question what stands below.</summary>
    [GeneratedRegex(@"(?<!\p{L})(?:взнос(?:ы|а|ов)?|членск(?:ий|ие|их)|оплат[аы]|ежемесячн(?:ый|ые)|за|месяц|мес|жарна(?:сы)?|төлем|мүшелік|айлық|айы|ай|үшін|üzvlük|ödəniş|haqqi|aylik|ayliq|ay|ayi|üçün|aidat|aidati|dues|fee|fees|membership|monthly|month|for)(?!\p{L})\.?")]
    public static partial Regex OfDues();

    /// <summary>The month of a name, of one of its forms or of its beginning.</summary>
    public static int? Of(string word) => word.Length < Shortest ? null : Find(name => name.StartsWith(word, StringComparison.Ordinal));

    /// <summary>The month of a whole name: short words mean other things too, where nothing else speaks of a month.</summary>
    public static int? OfWhole(string word) => Find(name => name == word);

    /// <summary>Whether a word begins as a month does, like «маршрут»: too little to read it, enough to ask.</summary>
    public static bool Resembles(string word) => word.Length >= Shortest && Of(word[..Shortest]) is not null;

    private static int? Find(Predicate<string> isIt)
    {
        // «iyu» begins two of them, and is none.
        var place = Array.FindIndex(Names, names => Array.Exists(names, isIt));
        return place < 0 || Array.FindLastIndex(Names, names => Array.Exists(names, isIt)) != place ? null : place + 1;
    }
}
