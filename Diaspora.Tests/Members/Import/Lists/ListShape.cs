using System.Globalization;

namespace Diaspora.Tests.Members.Import.Lists;

/// <summary>How a list is laid out: how its months are written and where their year stands, what is above, between and below.</summary>
internal sealed class ListShape
{
    private readonly Random _random;
    private readonly bool _isBook;
    private readonly YearAt _year;
    private readonly int _style;
    private readonly bool _hasNumbers;
    private readonly bool _hasCity;
    private readonly bool _phoneFirst;
    private readonly int _months;
    private readonly bool _isThree;

    public ListShape(Random random, bool isBook, bool hasSheets)
    {
        (_random, _isBook) = (random, isBook);
        var ways = Enum.GetValues<YearAt>().Where(way => way switch { YearAt.SheetName => isBook, YearAt.Nowhere => !hasSheets, _ => true }).ToList();
        _year = ways[random.Next(ways.Count)];
        _style = random.Next(6);
        _hasNumbers = random.Next(2) == 0;
        _hasCity = random.Next(2) == 0;
        _phoneFirst = random.Next(4) == 0;
        _months = random.Next(3, 13);
        _isThree = random.Next(3) == 0;
        MergesTitles = isBook && random.Next(2) == 0;
        PhonesOnFirstOnly = hasSheets && random.Next(3) == 0;
        HasNumbering = random.Next(8) == 0;
        HasHeadings = random.Next(3) == 0;
        HasTail = random.Next(2) == 0;
        HasTotals = random.Next(2) == 0;
    }

    private enum YearAt
    {
        InHead,
        Above,
        SheetName,
        Title,
        Neighbour,
        Nowhere,
    }

    public bool MergesTitles { get; }

    public bool PhonesOnFirstOnly { get; }

    public bool HasNumbering { get; }

    public bool HasHeadings { get; }

    public bool HasTail { get; }

    public bool HasTotals { get; }

    public bool IsYearAsked => _year == YearAt.Nowhere;

    public string SheetName(int year, int index) => _year == YearAt.SheetName ? (_random.Next(2) == 0 ? $"{year}" : $"Взносы {year}") : $"Лист{index + 1}";

    public IEnumerable<string> Titles(int year, string[] some)
    {
        var titles = some.OrderBy(_ => _random.Next()).Take(_random.Next(3)).ToList();
        if (_year == YearAt.Title)
        {
            titles.Add($"Взносы за {year} год");
        }

        return titles;
    }

    /// <summary>n is the name, p the phone, c the city, # a number.</summary>
    public List<char> Order(bool hasPhone)
    {
        List<char> order = _hasNumbers ? ['#'] : [];
        order.AddRange(_phoneFirst && hasPhone ? ['p', 'n'] : hasPhone ? ['n', 'p'] : ['n']);
        return _hasCity ? [.. order, 'c'] : order;
    }

    public int MonthCount(int year) => year == 2026 ? Math.Min(_months, 12) : _months;

    /// <returns>The first row below it.</returns>
    public int WriteHeader(ListGrid grid, int row, string?[] heads, int year, string[] names, string[] romans)
    {
        var above = _year == YearAt.Above ? 1 + (_isThree ? 1 : 0) : 0;
        var count = MonthCount(year);
        var low = row + above;
        var isDown = _isBook && _random.Next(2) == 0;
        var isTop = !isDown && above > 0 && _random.Next(2) == 0;
        foreach (var (column, head) in heads.Index())
        {
            grid.Put(isDown || isTop ? row : low, column, head);
            if (isDown)
            {
                grid.Merge(row, column, low, column);
            }
        }

        if (above > 0)
        {
            grid.Put(row, heads.Length, new[] { $"{year}", $"{year} год", $"{year} г." }[_random.Next(3)]);
            if (_isBook)
            {
                grid.Merge(row, heads.Length, row, heads.Length + count - 1);
            }

            for (var quarter = 0; above > 1 && quarter * 3 < count; quarter++)
            {
                grid.Put(row + 1, heads.Length + quarter * 3, $"{quarter + 1} квартал");
                if (_isBook)
                {
                    grid.Merge(row + 1, heads.Length + quarter * 3, row + 1, Math.Min(heads.Length + quarter * 3 + 2, heads.Length + count - 1));
                }
            }
        }

        for (var month = 1; month <= count; month++)
        {
            grid.Put(low, heads.Length + month - 1, _year switch
            {
                YearAt.InHead => Whole(year, month, names, romans),
                YearAt.Neighbour when month == 1 => $"{names[0].TrimEnd('.')}.{year % 100}",
                YearAt.Above when _style == 5 => romans[month - 1],
                YearAt.Above when _style == 4 => month.ToString(CultureInfo.InvariantCulture),
                _ => names[month - 1],
            });
        }

        if (HasTail)
        {
            grid.Put(low, heads.Length + count, "Итого");
            grid.Put(low, heads.Length + count + 1, "Комментарий");
        }

        return low + 1;
    }

    private object Whole(int year, int month, string[] names, string[] romans) => _style switch
    {
        0 => $"{names[month - 1].TrimEnd('.')}.{year % 100}",
        1 => $"{names[month - 1].TrimEnd('.')} {year}",
        2 => $"{month:00}.{year}",
        3 => $"{month:00}/{year % 100}",
        4 => $"{romans[month - 1]}.{year % 100}",
        _ => _isBook ? new DateOnly(year, month, 1) : $"{year}-{month:00}",
    };
}
