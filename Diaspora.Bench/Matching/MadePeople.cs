namespace Diaspora.Bench.Matching;

/// <summary>Somebody as the different hands write them: the portal's list, the bank, a message.</summary>
/// <param name="Listed">As the association wrote the name down.</param>
/// <param name="Paying">As the bank prints it.</param>
internal sealed record MadePerson(string Listed, string Paying, string First, int FirstIndex, int SurnameIndex, bool IsMale)
{
    public string Initial => Paying.TrimEnd('.')[^1..];
}

/// <summary>Names for months that are made up, in the spellings that documents have. Nothing of the portal is asked how names are spelled.</summary>
internal sealed class MadePeople(Random random, MonthShape shape)
{
    /// <summary>Russian documents; Azerbaijani ones; the Cyrillic of those who keep the ə.</summary>
    private static readonly (string Russian, string Latin, string Mixed)[] Men =
    [
        ("Фарид", "Fərid", "Фəрид"), ("Рашад", "Rəşad", "Рəшад"), ("Эльчин", "Elçin", "Елчин"), ("Вугар", "Vüqar", "Вүгар"), ("Джейхун", "Ceyhun", "Ҹејхун"), ("Самир", "Samir", "Самир"), ("Ильгар", "İlqar", "Илгар"), ("Гусейн", "Hüseyn", "Һүсејн"),
        ("Мамед", "Məmməd", "Мəммəд"), ("Гасан", "Həsən", "Һəсəн"), ("Юсиф", "Yusif", "Јусиф"), ("Рагим", "Rəhim", "Рəһим"), ("Тофик", "Tofiq", "Тофиг"), ("Анар", "Anar", "Анар"), ("Эмин", "Emin", "Емин"), ("Турал", "Tural", "Турал"),
        ("Орхан", "Orxan", "Орхан"), ("Ровшан", "Rövşən", "Рөвшəн"), ("Яшар", "Yaşar", "Јашар"), ("Азер", "Azər", "Азəр"), ("Камран", "Kamran", "Камран"), ("Хикмет", "Hikmət", "Һикмəт"), ("Чингиз", "Çingiz", "Чинкиз"), ("Шамиль", "Şamil", "Шамил"),
        ("Нурлан", "Nurlan", "Нұрлан"), ("Ерлан", "Erlan", "Ерлан"), ("Тимур", "Timur", "Тимур"), ("Али", "Əli", "Əли"), ("Вагиф", "Vaqif", "Вагиф"), ("Алексей", "Aleksey", "Алексей"),
    ];

    private static readonly (string Russian, string Latin, string Mixed)[] Women =
    [
        ("Айгюн", "Aygün", "Айгүн"), ("Лейла", "Leyla", "Лејла"), ("Севиндж", "Sevinc", "Севинҹ"), ("Гюльнара", "Gülnarə", "Күлнарə"), ("Нигяр", "Nigar", "Никар"), ("Эльмира", "Elmira", "Елмира"), ("Тахмина", "Təhminə", "Тəһминə"), ("Зарина", "Zərinə", "Зəринə"),
        ("Кёнуль", "Könül", "Көнүл"), ("Фатима", "Fatimə", "Фатимə"), ("Хадиджа", "Xədicə", "Хəдиҹə"), ("Рена", "Rəna", "Рəна"), ("Шахназ", "Şahnaz", "Шаһназ"), ("Улькер", "Ülkər", "Үлкəр"), ("Айсель", "Aysel", "Айсел"), ("Мехрибан", "Mehriban", "Меһрибан"),
        ("Наргиз", "Nərgiz", "Нəркиз"), ("Камила", "Kamilə", "Камилə"), ("Анна Мария", "Anna Mariya", "Анна Мария"), ("Ольга", "Olqa", "Ольга"), ("Айнур", "Aynur", "Айнұр"), ("Гюзель", "Gözəl", "Көзəл"), ("Самира", "Samirə", "Самирə"), ("Диана", "Diana", "Диана"),
    ];

    private static readonly (string Russian, string Latin, string Mixed)[] Surnames =
    [
        ("Алиев", "Əliyev", "Əлиев"), ("Мамедов", "Məmmədov", "Мəммəдов"), ("Гусейнов", "Hüseynov", "Һүсејнов"), ("Гасанов", "Həsənov", "Һəсəнов"), ("Джафаров", "Cəfərov", "Ҹəфəров"), ("Исмаилов", "İsmayılov", "Исмајылов"), ("Велиев", "Vəliyev", "Вəлиев"),
        ("Аббасов", "Abbasov", "Аббасов"), ("Рзаев", "Rzayev", "Рзајев"), ("Ибрагимов", "İbrahimov", "Ибраһимов"), ("Керимов", "Kərimov", "Кəримов"), ("Касумов", "Qasımov", "Гасымов"), ("Гулиев", "Quliyev", "Гулиев"), ("Ахмедов", "Əhmədov", "Əһмəдов"),
        ("Халилов", "Xəlilov", "Хəлилов"), ("Наджафов", "Nəcəfov", "Нəҹəфов"), ("Садыков", "Sadıqov", "Садыгов"), ("Тагиев", "Tağıyev", "Тағыев"), ("Эфендиев", "Əfəndiyev", "Əфəндиев"), ("Багиров", "Bağırov", "Бағыров"), ("Юсифов", "Yusifov", "Јусифов"),
        ("Оруджев", "Orucov", "Оруҹов"), ("Шахбазов", "Şahbazov", "Шаһбазов"), ("Зейналов", "Zeynalov", "Зејналов"), ("Фарзалиев", "Fərzəliyev", "Фəрзəлиев"), ("Новрузов", "Novruzov", "Новрузов"), ("Бабаев", "Babayev", "Бабајев"), ("Ширванов", "Şirvanov", "Ширванов"),
        ("Ким", "Kim", "Ким"), ("Петров", "Petrov", "Петров"), ("Мустафаев", "Mustafayev", "Мустафаев"), ("Рустамов", "Rüstəmov", "Рүстəмов"),
    ];

    private readonly Dictionary<(int First, bool IsMale, string Initial), int> _shared = [];

    public MadePerson Member()
    {
        for (var tries = 0; ; tries++)
        {
            var isMale = random.NextDouble() < 0.5;
            var person = Person(isMale, Popular(isMale ? Men.Length : Women.Length), Popular(Surnames.Length));
            var key = (person.FirstIndex, isMale, Surnames[person.SurnameIndex].Russian[..1]);
            var count = _shared.GetValueOrDefault(key);
            if (count < shape.Namesakes || tries > 200)
            {
                _shared[key] = count + 1;
                return person;
            }
        }
    }

    /// <summary>Mostly of the same surname.</summary>
    public MadePerson Relative(MadePerson of)
    {
        var isMale = random.NextDouble() < 0.5;
        return Person(isMale, random.Next(isMale ? Men.Length : Women.Length), random.NextDouble() < 0.6 ? of.SurnameIndex : random.Next(Surnames.Length));
    }

    /// <summary>A few names are much more common than the others.</summary>
    private int Popular(int count) => (int)(Math.Pow(random.NextDouble(), 1.6) * Math.Min(count, shape.Names));

    private MadePerson Person(bool isMale, int first, int surname)
    {
        var names = isMale ? Men[first] : Women[first];
        var family = Surnames[surname];

        // Russian names have no other spelling in most papers.
        var hand = random.Next(10) switch { < 6 => 0, < 8 => 1, _ => 2 };
        var (given, last) = hand switch
        {
            0 => (names.Russian, family.Russian + (isMale || family.Russian == "Ким" ? "" : "а")),
            1 => (names.Latin, family.Latin + (isMale || family.Latin == "Kim" ? "" : "a")),
            _ => (names.Mixed, family.Mixed + (isMale || family.Mixed == "Ким" ? "" : "а")),
        };
        if (!isMale && random.NextDouble() < 0.03)
        {
            last += "-" + (hand == 1 ? Surnames[random.Next(Surnames.Length)].Latin : Surnames[random.Next(Surnames.Length)].Russian) + (hand == 1 ? "a" : "а");
        }

        var listed = random.Next(10) switch
        {
            < 6 => $"{last} {given}",
            < 8 => $"{given} {last}",
            8 => $"{last} {given} {(isMale ? "Рашид оглы" : "Вагиф кызы")}",
            _ => $"{last} {given} {(isMale ? "Самирович" : "Самировна")}",
        };

        // The bank has the identity card: Cyrillic for most, the ə as a Latin letter; now and then Latin, or all in capitals.
        var (paid, letter) = random.Next(10) switch
        {
            < 6 => (names.Russian, family.Russian[..1]),
            < 8 => (names.Mixed, family.Mixed[..1]),
            8 => (names.Latin, family.Latin[..1]),
            _ => (names.Russian.ToUpperInvariant(), family.Russian[..1]),
        };
        return new MadePerson(listed, $"{paid} {letter}.", given, first, surname, isMale);
    }
}
