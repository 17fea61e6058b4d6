using System.Text.RegularExpressions;
using Diaspora.Domain.Members;

namespace Diaspora.Domain.Kaspi;

/// <summary>What a payer's message holds: numbers, months, and words that mean something here or do not.</summary>
internal sealed partial class ReadMessage
{
    private const int LongestCode = 10;

    /// <summary>A shorter number is a year, a month or a sum.</summary>
    private const int ShortestCode = 6;

    /// <summary>Words that say nothing against a due, by their beginnings in small letters.</summary>
    private static readonly string[] Plain =
    [
        "взнос", "член", "ежемес", "месяч", "месяц", "мес", "оплат", "плат", "перевод", "перечисл", "диаспор", "объедин", "ассоциац", "азерб", "каспи", "kaspi", "код", "номер", "тенге", "тг", "kzt", "год", "спасибо", "рахмет",
        "жарна", "мүше", "айлық", "үшін", "төле", "жыл", "üzv", "haqq", "ödən", "üçün", "aylıq", "aidat", "dues", "fee", "membership", "payment", "member", "monthly", "code", "vznos", "oplata", "diaspor", "пополнение", "gold",
    ];

    private static readonly HashSet<string> Short = ["за", "и", "на", "от", "в", "с", "по", "г", "гг", "ай", "ж", "no", "№", "для", "il", "ay", "və", "for", "the", "of", "za"];

    /// <summary>Whoever writes one of these pays for somebody of their family.</summary>
    private static readonly HashSet<string> Kin =
    [
        "маму", "мамы", "маме", "мама", "папу", "папы", "папе", "папа", "мать", "отца", "отец", "отцу", "брата", "брат", "брату", "сестру", "сестры", "сестра", "сестре", "сына", "сын", "сыну", "дочь", "дочку", "дочери",
        "мужа", "муж", "мужу", "жену", "жены", "жена", "жене", "супруга", "супругу", "супруги", "родителей", "родителя", "дядю", "дяди", "тётю", "тетю", "тёти", "тети", "бабушку", "бабушки", "дедушку", "дедушки", "свекровь", "тёщу", "тещу", "тестя", "зятя", "невестку",
        "анам", "анама", "анамның", "әкем", "әкеме", "әкемнің", "ағам", "ағама", "інім", "ініме", "әпкем", "әпкеме", "қарындасым", "күйеуім", "әйелім", "ұлым", "қызым", "ата", "әже",
        "anam", "anama", "atam", "atama", "qardaş", "qardaşım", "bacı", "bacım", "oğlum", "qızım", "ərim", "həyat", "mother", "father", "brother", "sister", "husband", "wife", "son", "daughter",
    ];

    private static readonly string[] NotDuesWords =
    [
        "долг", "обед", "ужин", "подар", "аренд", "такси", "продукт", "ремонт", "кафе", "еда", "билет", "кредит", "займ", "зарплат", "покупк", "товар", "доставк", "квартир", "возврат", "свадьб", "той", "туған", "сыйлық", "қарыз",
        "borc", "hədiyyə", "rent", "gift", "lunch", "dinner", "loan", "debt", "коммунал", "бензин", "ресторан", "цвет", "поминк", "садака", "садақа", "шашлык",
    ];

    public ReadMessage(string message)
    {
        var text = Spread(message.Visible());
        text = Take(text, PhoneRun(), TakePhone);
        Numbers = [.. RunsOf(text)];
        foreach (var number in Numbers.Where(number => number.Length >= ShortestCode - 1))
        {
            foreach (var code in Almost(number))
            {
                Slips.TryAdd(code, number);
            }
        }

        foreach (Match found in Words().Matches(text))
        {
            Read(found.Value);
        }

        foreach (Match found in MonthAndYear().Matches(text))
        {
            Add(found.Groups["month"].Value);
        }

        void Add(string month)
        {
            if (int.TryParse(month, out var number) && number is >= 1 and <= 12 && !Months.Contains(number))
            {
                Months.Add(number);
            }
        }
    }

    /// <summary>Whole numbers as they may be meant: with spaces or dashes inside they are one number too.</summary>
    public IReadOnlyList<string> Numbers { get; }

    /// <summary>The codes that a number would be with a slip in it, and that number.</summary>
    public Dictionary<string, string> Slips { get; } = [];

    /// <summary>Canonical numbers of telephones.</summary>
    public List<string> Phones { get; } = [];

    public List<int> Months { get; } = [];

    /// <summary>Words that are perhaps somebody's name; of what they are nothing is known.</summary>
    public List<string> Others { get; } = [];

    /// <summary>The word that speaks against a due.</summary>
    public string? NotDues { get; private set; }

    public bool NamesKin { get; private set; }

    /// <summary>Whether a number stands there that is long enough to be meant as a code.</summary>
    public bool HasLongNumber => Phones.Count > 0 || Numbers.Any(number => number.Length >= ShortestCode);

    /// <summary>The codes that differ from a number in one digit, or in two that changed places.</summary>
    private static IEnumerable<string> Almost(string number)
    {
        for (var at = 0; at < number.Length; at++)
        {
            for (var digit = '0'; digit <= '9'; digit++)
            {
                if (digit != number[at])
                {
                    yield return $"{number[..at]}{digit}{number[(at + 1)..]}";
                }

                // One digit was left out.
                yield return $"{number[..at]}{digit}{number[at..]}";
            }

            // One digit too many.
            yield return number.Remove(at, 1);
            if (at + 1 < number.Length && number[at] != number[at + 1])
            {
                yield return $"{number[..at]}{number[at + 1]}{number[at]}{number[(at + 2)..]}";
            }
        }

        for (var digit = '0'; digit <= '9'; digit++)
        {
            yield return number + digit;
        }
    }

    private void Read(string word)
    {
        var small = word.Small();
        if (MonthWords.Of(small) is { } month && !NotDuesWords.Contains(small))
        {
            if (!Months.Contains(month))
            {
                Months.Add(month);
            }
        }
        else if (Array.Exists(NotDuesWords, start => small.StartsWith(start, StringComparison.Ordinal) && (start.Length > 3 || small.Length <= 4)))
        {
            NotDues ??= word;
            Others.Add(word);
        }
        else if (Kin.Contains(small))
        {
            NamesKin = true;
        }
        else if (!Short.Contains(small) && !Array.Exists(Plain, start => small.StartsWith(start, StringComparison.Ordinal)))
        {
            Others.Add(word);
        }
    }

    private string TakePhone(string run)
    {
        if (PhoneNumber.TryParse(run, out var phone, out _))
        {
            Phones.Add(phone.Value);
            return " ";
        }

        return run;
    }

    private static string Take(string text, Regex what, Func<string, string> left) => what.Replace(text, found => left(found.Value));

    /// <summary>Digits of other scripts are digits; nobody types them, programs do.</summary>
    private static string Spread(string text) => text.Whole(System.Text.NormalizationForm.FormKC);

    private static IEnumerable<string> RunsOf(string text)
    {
        HashSet<string> seen = [];
        foreach (Match run in Digits().Matches(text))
        {
            var groups = Group().Matches(run.Value).Select(group => group.Value).ToList();
            for (var from = 0; from < groups.Count; from++)
            {
                var number = "";
                for (var to = from; to < groups.Count && number.Length + groups[to].Length <= LongestCode; to++)
                {
                    number += groups[to];
                    if (number.Length >= 4 && seen.Add(number))
                    {
                        yield return number;
                    }
                }
            }
        }
    }

    /// <summary>Eleven digits from a 7 or an 8 on, or more after a plus.</summary>
    [GeneratedRegex(@"(?<!\d)(?:\+\d[\d ()-]{8,17}\d|(?:[78][ -]?)?\(?7\d{2}\)?[ -]?\d{3}[ -]?\d{2}[ -]?\d{2})(?!\d)")]
    private static partial Regex PhoneRun();

    [GeneratedRegex(@"\d+(?:[ -]{1,2}\d+)*")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Group();

    [GeneratedRegex(@"[\p{L}\p{M}'’]+")]
    private static partial Regex Words();

    [GeneratedRegex(@"(?<!\d)(?:(?<month>\d{1,2})[./-]20\d{2}|20\d{2}[./-](?<month>\d{1,2}))(?!\d)")]
    private static partial Regex MonthAndYear();
}
