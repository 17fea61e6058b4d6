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
    private readonly bool _isTwoYears;
    private readonly bool _isNameSplit;
    private readonly bool _hasGroup;

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
        _isTwoYears = !hasSheets && _year is YearAt.Above or YearAt.InHead && random.Next(3) == 0;
        _isNameSplit = random.Next(5) == 0;
        _hasGroup = isBook && !_isThree && random.Next(4) == 0;
        RepeatsHeader = random.Next(5) == 0;
        HasLegend = isBook && random.Next(4) == 0;
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

    public bool RepeatsHeader { get; }

    public bool HasLegend { get; }

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

    /// <summary>n is the name, or s and f its two halves, p the phone, c the city, # a number.</summary>
    public List<char> Order(bool hasPhone)
    {
        List<char> order = _hasNumbers ? ['#'] : [];
        char[] name = _isNameSplit ? ['s', 'f'] : ['n'];
        order.AddRange(_phoneFirst && hasPhone ? ['p', .. name] : hasPhone ? [.. name, 'p'] : name);
        return _hasCity ? [.. order, 'c'] : order;
    }

    /// <summary>The months with the places of their columns after the others.</summary>
    public List<(Period Month, int Column)> Columns(int year) =>
        [.. Enumerable.Range(0, _isTwoYears ? 2 : 1).SelectMany(more => Enumerable.Range(0, _months).Select(month => (new Period(FirstYear(year) + more, month + 1), more * _months + month)))];

    private int FirstYear(int year) => _isTwoYears ? year - 1 : year;

    /// <returns>The first row below it.</returns>
    public int WriteHeader(ListGrid grid, int row, string?[] heads, int year, string[] names, string[] romans)
    {
        var above = _year == YearAt.Above ? 1 + (_isThree ? 1 : 0) : 0;
        var months = Columns(year);
        var count = months.Count;
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
            for (var more = 0; more * _months < count; more++)
            {
                Above(grid, row, heads.Length + more * _months, FirstYear(year) + more, above);
            }
        }

        // «Контакты» over the first columns.
        if (_hasGroup && above > 0 && !isDown && !isTop && heads.Length > 2)
        {
            grid.Put(row, heads.Length - 2, "Контакты");
            grid.Merge(row, heads.Length - 2, row, heads.Length - 1);
        }

        foreach (var (month, column) in months)
        {
            grid.Put(low, heads.Length + column, _year switch
            {
                YearAt.InHead => Whole(month.Year, month.Month, names, romans),
                YearAt.Neighbour when month.Month == 1 => $"{names[0].TrimEnd('.')}.{year % 100}",
                YearAt.Above when _style == 5 => romans[month.Month - 1],
                YearAt.Above when _style == 4 => month.Month.ToString(CultureInfo.InvariantCulture),
                _ => names[month.Month - 1],
            });
        }

        if (HasTail)
        {
            grid.Put(low, heads.Length + count, "Итого");
            grid.Put(low, heads.Length + count + 1, "Комментарий");
        }

        return low + 1;
    }

    /// <summary>A year over its months, and perhaps quarters between.</summary>
    private void Above(ListGrid grid, int row, int first, int year, int above)
    {
        grid.Put(row, first, new[] { $"{year}", $"{year} год", $"{year} г.", $"Взносы {year}" }[_random.Next(4)]);
        if (_isBook)
        {
            grid.Merge(row, first, row, first + _months - 1);
        }

        for (var quarter = 0; above > 1 && quarter * 3 < _months; quarter++)
        {
            grid.Put(row + 1, first + quarter * 3, $"{quarter + 1} квартал");
            if (_isBook)
            {
                grid.Merge(row + 1, first + quarter * 3, row + 1, first + Math.Min(quarter * 3 + 2, _months - 1));
            }
        }
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
