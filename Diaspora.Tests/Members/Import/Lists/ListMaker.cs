using System.Globalization;
using Diaspora.Domain.Import;

namespace Diaspora.Tests.Members.Import.Lists;

/// <summary>Makes spreadsheets as associations keep them: any of the headers, marks and phones that were seen, and more that were not, in any mixture.</summary>
internal sealed class ListMaker
{
    private const int Fee = 2000;

    private static readonly string[][] Months =
    [
        ["Январь", "Февраль", "Март", "Апрель", "Май", "Июнь", "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь"],
        ["янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"],
        ["янв.", "февр.", "март", "апр.", "май", "июнь", "июль", "авг.", "сент.", "окт.", "нояб.", "дек."],
        ["Қаңтар", "Ақпан", "Наурыз", "Сәуір", "Мамыр", "Маусым", "Шілде", "Тамыз", "Қыркүйек", "Қазан", "Қараша", "Желтоқсан"],
        ["Yanvar", "Fevral", "Mart", "Aprel", "May", "İyun", "İyul", "Avqust", "Sentyabr", "Oktyabr", "Noyabr", "Dekabr"],
    ];

    private static readonly string[] Romans = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    private static readonly string[] Names = ["ФИО", "Ф.И.О.", "Фамилия, имя", "Участник", "Аты-жөні", "Ad, soyad", "Фамилия Имя", "ФИО участника"];
    private static readonly string[] Phones = ["Телефон", "Тел.", "Сотовый", "Моб. телефон", "Ұялы телефон", "Telefon", "Номер телефона", "WhatsApp"];
    private static readonly string[] Cities = ["Город", "Қала", "Şəhər", "Населенный пункт"];
    private static readonly string[] Towns = ["Алматы", "Шымкент", "Астана", "Тараз"];
    private static readonly string[] Surnames = ["Мамедов", "Гасымов", "Алиев", "Исмаилов", "Керимов", "Джабраилов", "Ахмедов", "Садыгов", "Babayev", "Нағиев", "Рзаев", "Гусейнов"];
    private static readonly string[] FirstNames = ["Рауф", "Вугар", "Тофик", "Эмин", "Руслан", "Elçin", "Әсел", "Анар", "Самир", "Фуад", "Орхан", "Камал"];
    private static readonly string[] Paid = ["да", "Да", "+", "оплатил", "оплачено", "Оплачено.", "✓", "опл.", "2000", "2 000", "2000 ₸", "2 000 тг", "2000,00", "1000+1000", "2000 (каспи)", "каспи 05.03", "иә", "bəli", "төленді", "ödənilib"];
    private static readonly string[] Unpaid = ["", "", "", "нет", "-", "—", "долг", "0", "не оплатил", "жоқ", "yox"];
    private static readonly string[] Words = ["х", "?", "перенос", "пенсионер", "опл", "льгота", "уехал", "бесплатно", "½", "потом", "н/д", "ок"];
    private static readonly string[] Colours = ["92D050", "FF0000", "FFFF00", "00B0F0", "C6EFCE"];
    private static readonly string[] Titles = ["Список участников", "Взносы азербайджанской диаспоры", "Ответственный: Лейла, тел. 8 701 000 00 02", "на 5 марта 2024 года", "Членские взносы (2000 тг/мес)"];

    private readonly Random _random;
    private readonly ListTruth _truth = new();
    private readonly List<string> _words;
    private readonly List<string> _colours;
    private readonly bool _isBook;
    private int _left;

    public ListMaker(int seed)
    {
        _random = new Random(seed);
        _isBook = Chance(60);
        _words = [.. Words.OrderBy(_ => _random.Next()).Take(_random.Next(0, 4))];
        _colours = _isBook && Chance(40) ? [.. Colours.OrderBy(_ => _random.Next()).Take(_random.Next(1, 3))] : [];
        _words.ForEach(word => Mean(ImportMark.WordOf(word)));
        _colours.ForEach(colour => Mean(CellColour.Of(colour)));
        _truth.Answers["=1000"] = new ImportAnswer("=1000", ImportMeaning.Sum, 1000);
        _truth.Answers["=4000"] = new ImportAnswer("=4000", ImportMeaning.Paid);
    }

    public (byte[] File, string Name, ListTruth Truth) Make()
    {
        var count = _random.Next(1, 12);
        for (var person = 0; person < count; person++)
        {
            _truth.People.Add(new ListTruth.Person($"{Surnames[person]} {Any(FirstNames)}", $"+7{Any("701", "702", "705", "747", "777")}{_random.Next(1_000_000):0000000}"[..^2] + $"{person:00}", Any(Towns)));
        }

        var years = _isBook && Chance(40) ? Enumerable.Range(2024, _random.Next(2, 4)).ToList() : [_random.Next(2024, 2027)];
        var shape = new ListShape(_random, _isBook, years.Count > 1);
        List<ListGrid> grids = [.. years.Select((year, index) => Grid(shape, year, index))];
        if (shape.IsYearAsked)
        {
            _truth.AskedYear = years[0];
        }

        if (_isBook && Chance(30))
        {
            grids.Insert(_random.Next(grids.Count + 1), Notes());
        }

        return _isBook ? (ListWriter.Xlsx(grids), "список.xlsx", _truth) : (ListWriter.Csv(grids[0], Any(';', ',', '\t'), Chance(50)), "список.csv", _truth);
    }

    private ListGrid Grid(ListShape shape, int year, int index)
    {
        var grid = new ListGrid(shape.SheetName(year, index));
        var row = 0;
        foreach (var title in shape.Titles(year, Titles))
        {
            grid.Put(row, 0, title);
            if (shape.MergesTitles)
            {
                grid.Merge(row, 0, row, 5);
            }

            row += 1 + _random.Next(2);
        }

        var hasPhone = index == 0 || !shape.PhonesOnFirstOnly;
        string?[] heads = [.. shape.Order(hasPhone).Select(kind => kind switch { 'n' => Any(Names), 's' => "Фамилия", 'f' => "Имя", 'p' => Any(Phones), 'c' => Any(Cities), '#' => "№", _ => null })];
        var kinds = shape.Order(hasPhone);
        var first = heads.Length;
        row = shape.WriteHeader(grid, row, heads, year, Any(Months), Romans);
        var months = shape.Columns(year);
        var last = first + months.Count - 1;
        if (shape.HasNumbering)
        {
            for (var column = 0; column <= last; column++)
            {
                grid.Put(row, column, (column + 1).ToString(CultureInfo.InvariantCulture));
            }

            row++;
        }

        foreach (var (place, person) in _truth.People.Index())
        {
            if (shape.HasHeadings && (place == 0 || Chance(20)))
            {
                grid.Put(row, _isBook && Chance(50) ? 0 : NameOf(kinds), Any("г. Алматы", "Шымкент", "город Тараз", "Астана қаласы"));
                row++;
            }

            if (shape.RepeatsHeader && place == 3)
            {
                foreach (var (column, head) in heads.Index())
                {
                    grid.Put(row, column, head);
                }

                row++;
            }

            foreach (var (column, kind) in kinds.Index())
            {
                grid.Put(row, column, kind switch { 'n' => person.Name, 's' => person.Name.Split(' ')[0], 'f' => person.Name.Split(' ')[1], 'p' => PhoneOf(person), 'c' => person.City, '#' => (object)(long)(place + 1), _ => "" });
            }

            months.ForEach(month => Mark(grid, row, first + month.Column, person, month.Month));

            if (shape.HasTail)
            {
                grid.Put(row, last + 2, Chance(30) ? Any("переехал", "платит за жену", "просил отсрочку") : "");
            }

            row++;
        }

        if (shape.HasTotals)
        {
            grid.Put(row, NameOf(kinds), Any("ИТОГО", "Всего:", "Барлығы", "Cəmi"));
            grid.Put(row, first, 12_000L);
            row += 1 + _random.Next(2);
            grid.Put(row, NameOf(kinds), Any("Председатель ________ Керимов А.", "Составил: Лейла", "Кассир Гасымова Л."));
        }

        foreach (var colour in shape.HasLegend ? _colours : [])
        {
            row += 2;
            grid.Put(row, NameOf(kinds), "— условный цвет");
            grid.Fills[(row, 0)] = colour;
        }

        return grid;
    }

    private static int NameOf(List<char> kinds) => kinds.FindIndex(kind => kind is 'n' or 's');

    private void Mark(ListGrid grid, int row, int column, ListTruth.Person person, Period month)
    {
        var chance = _random.Next(100);
        if (_colours.Count > 0 && chance < 60)
        {
            var colour = Any(_colours.ToArray());
            grid.Fills[(row, column)] = colour;
            Take(person, month, _truth.Answers[CellColour.Of(colour)], null);
        }
        else if (chance < 40)
        {
            grid.Put(row, column, Any(Unpaid));
        }
        else if (chance < 75)
        {
            grid.Put(row, column, Any(Paid) is "2000" && _isBook ? 2000L : Any(Paid));
            person.Paid[month] = new ListTruth.Paid(Fee, null);
        }
        else if (chance < 85)
        {
            var day = new DateOnly(2026, 1, 1).AddDays(-_random.Next(300));
            grid.Put(row, column, day);
            person.Paid[month] = new ListTruth.Paid(Fee, day);
        }
        else if (chance < 88)
        {
            grid.Put(row, column, Any("1000", "1 000 тг"));
            person.Paid[month] = new ListTruth.Paid(1000, null);
        }
        else if (chance < 91)
        {
            grid.Put(row, column, Any("4000", "2000+2000"));
            person.Paid[month] = new ListTruth.Paid(Fee, null);
        }
        else if (_words.Count > 0)
        {
            var word = Any(_words.ToArray());
            grid.Put(row, column, Chance(30) ? word.ToUpperInvariant() : word);
            Take(person, month, _truth.Answers[ImportMark.WordOf(word)], null);
        }
    }

    private static void Take(ListTruth.Person person, Period month, ImportAnswer answer, DateOnly? on)
    {
        if (answer.Meaning is ImportMeaning.Paid or ImportMeaning.Sum)
        {
            person.Paid[month] = new ListTruth.Paid(answer.Tenge ?? Fee, on);
        }
        else if (answer.Meaning == ImportMeaning.Exempt)
        {
            person.Exempt.Add(month);
        }
    }

    private string PhoneOf(ListTruth.Person person)
    {
        if (_left++ > 0 && Chance(6))
        {
            person.IsPhoneMended = true;
            return Any("нет", "7,7012E+10", "7.7012E+10", $"{person.Phone} / 8 777 000 11 22", "8 701 55", $"{person.Phone} (жена)");
        }

        var digits = person.Phone[2..];
        return Any($"8 ({digits[..3]}) {digits[3..6]}-{digits[6..8]}-{digits[8..]}", $"+7{digits}", $"8{digits}", $"7{digits}", $"+7 {digits[..3]} {digits[3..6]} {digits[6..8]} {digits[8..]}", $"8-{digits[..3]}-{digits[3..]}", digits);
    }

    /// <summary>A sheet that is no list.</summary>
    private ListGrid Notes()
    {
        var grid = new ListGrid("Заметки") { IsHidden = Chance(50) };
        grid.Put(0, 0, "просто заметки");
        grid.Put(1, 0, "собрать за март");
        return grid;
    }

    private void Mean(string word)
    {
        var meaning = (ImportMeaning)_random.Next(4);
        _truth.Answers[word] = new ImportAnswer(word, meaning, meaning == ImportMeaning.Sum ? 1500 : null);
    }

    private bool Chance(int percent) => _random.Next(100) < percent;

    private T Any<T>(params T[] of) => of[_random.Next(of.Length)];
}
