using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Reports;
using Diaspora.Web.Shared;

namespace Diaspora.Web.Reports;

/// <summary>What stands in the files of the reports, in Russian whoever reads it (decision 4). A field without a figure says why in a word: a blank would mean four things.</summary>
public sealed class ReportTables(TimeZoneInfo zone)
{
    private const string All = "Итого";
    private const string NotBegun = "не идёт";
    private const string NoCity = "Город не указан";
    private static readonly string[] Figure = ["Показатель", "Количество", "Сумма, ₸"];
    private static readonly string[] People = ["ФИО", "Телефон", "Город"];

    /// <summary>A month: its figures, ways of paying, and cities. A closed month as it was kept, and beside it what it is by now.</summary>
    public static IReadOnlyList<ReportTable> Of(MonthDetails details)
    {
        var (shown, month) = (details.Shown, details.Shown.Month);
        return
        [
            ReportTable.Of($"Итоги {month}", Figure, FiguresOf(shown)),
            .. details.Kept is null ? Array.Empty<ReportTable>() : [ReportTable.Of("После закрытия", ["Сейчас", .. Figure[1..]], FiguresOf(details.Now))],
            MethodsOf("Оплачено за месяц", shown.Methods),
            MethodsOf("Поступило за дни месяца", shown.Came.Methods),
            CitiesOf(shown),
        ];
    }

    /// <summary>All tables of a month one below the other: a CSV has no sheets.</summary>
    public static ReportTable InOne(MonthDetails details) => new(
        "Итоги", ["Раздел", .. Figure],
        Of(details).Where(table => table.Header.Count == Figure.Length)
            .Append(CitiesOf("По городам: оплатили", details.Shown, city => city.Payers, city => city.Collected))
            .Append(CitiesOf("По городам: не оплатили", details.Shown, city => city.Unpaid, city => details.Shown.Figures.OwedBy(city.Unpaid)))
            .ToAsyncEnumerable()
            .SelectMany(table => table.WithTotalsAsync().Select(IReadOnlyList<object[]> (part) => [.. part.Select(row => (object[])[table.Name, .. row])])));

    public ReportTable Of(YearSummary year)
    {
        var months = year.Months;
        return ReportTable.Of(
            $"Год {year.Year}",
            ["Месяц", "Ожидалось, ₸", "Собрано за месяц, ₸", "Собрано, %", "Поступило в дни месяца, ₸", "Оплатили", "На проверке", "На проверке, ₸", "Не оплатили", "Не оплачено, ₸", "Платить не нужно", "Поправка после закрытия, ₸", "Закрыт"],
            [.. months.Select(month => (object[])
            [
                month.Month.ToString(), month.IsTold ? month.Expected.Tenge : NotBegun, month.Figures.Collected.Tenge, month.IsTold ? month.Figures.Percent : NotBegun, month.Came.Tenge, (long)month.Figures.Payers, (long)month.Figures.OnReview,
                month.Figures.Waiting.Tenge, (long)month.Figures.Unpaid, month.Figures.Owed.Tenge, (long)month.Free, month.Correction.Tenge, !month.IsTold ? NotBegun : month.ClosedAt is null ? "открыт" : Spreadsheet.Day(month.ClosedAt, zone),
            ])],
            [
                All, year.Expected.Tenge, year.Collected.Tenge, year.Percent, year.Came.Tenge, months.Sum(month => (long)month.Figures.Payers), months.Sum(month => (long)month.Figures.OnReview),
                months.Sum(month => month.Figures.Waiting.Tenge), months.Sum(month => (long)month.Figures.Unpaid), months.Sum(month => month.Figures.Owed.Tenge), months.Sum(month => (long)month.Free), year.Correction.Tenge, "",
            ]);
    }

    /// <summary>Members and months: each field is the tile's word, and the sum where there is one.</summary>
    public static ReportTable Of(MatrixParts matrix)
    {
        var (sums, paid, debt) = (new long[12], 0L, 0L);
        return new ReportTable(
            $"Месяцы {matrix.Year}",
            [.. People, .. Period.Range(new Period(matrix.Year, 1), new Period(matrix.Year, 12)).Select(month => month.ToString()), "Оплачено за год, ₸", "Долг на сегодня, ₸"],
            matrix.Parts.Select(IReadOnlyList<object[]> (part) => [.. part.Select(RowOf)]),
            () => [All, "", "", .. sums.Cast<object>(), paid, debt]);

        object[] RowOf(MatrixRow row)
        {
            (paid, debt) = (paid + row.Paid.Tenge, debt + row.Debt.Tenge);
            foreach (var tile in row.Tiles.Where(tile => tile.State is MonthState.Paid or MonthState.Prepaid))
            {
                sums[tile.Period.Month - 1] += tile.Amount.Tenge;
            }

            return [.. PersonOf(row), .. row.Tiles.Select(WordOf), row.Paid.Tenge, row.Debt.Tenge];
        }
    }

    /// <summary>Who owes past months today.</summary>
    public static ReportTable DebtorsOf(MatrixParts debtors)
    {
        var (months, debt) = (0L, 0L);
        return new ReportTable(
            "Должники",
            [.. People, "Месяцев", "Группа", "Долг, ₸"],
            debtors.Parts.Select(IReadOnlyList<object[]> (part) => [.. part.Where(row => row.DebtMonths > 0).Select(RowOf)]),
            () => [All, "", "", months, "", debt]);

        object[] RowOf(MatrixRow row)
        {
            (months, debt) = (months + row.DebtMonths, debt + row.Debt.Tenge);
            return [.. PersonOf(row), (long)row.DebtMonths, NameOf(DebtSpan.All.First(span => span.Has(row.DebtMonths))), row.Debt.Tenge];
        }
    }

    /// <summary>«4–6»</summary>
    public static string NameOf(DebtSpan span) => span switch
    {
        { To: null } => $"{span.From}+",
        _ when span.To == span.From => $"{span.From}",
        _ => $"{span.From}–{span.To}",
    };

    private static object[] PersonOf(MatrixRow row) => [new Typed(row.FullName), Spreadsheet.Phone(row.Phone), row.City is null ? NoCity : new Typed(row.City)];

    private static object WordOf(MonthTile tile)
    {
        var word = Spreadsheet.Word(tile.State.Look().Key);
        return tile.State is MonthState.Exempt or MonthState.Suspended or MonthState.Before ? word : $"{word} {tile.Amount.Tenge}";
    }

    private static List<object[]> FiguresOf(MonthSummary month) =>
    [
        ["Ожидалось", (long)month.Figures.Payable, month.Figures.Expected.Tenge],
        ["Собрано за месяц", (long)month.Figures.Payers, month.Figures.Collected.Tenge],
        ["Собрано, %", month.Figures.Percent, ""],
        ["Поступило в дни месяца", (long)month.Came.Transfers, month.Came.Sum.Tenge],
        ["Возвращено в дни месяца", "", month.Came.Returned.Tenge],
        ["На проверке", (long)month.Figures.OnReview, month.Figures.Waiting.Tenge],
        ["Не оплатили", (long)month.Figures.Unpaid, month.Figures.Owed.Tenge],
        ["Освобождены", (long)month.Exempt, 0L],
        ["Приостановлены", (long)month.Suspended, 0L],
    ];

    private static ReportTable MethodsOf(string name, IReadOnlyList<MethodSum> methods) => ReportTable.Of(
        name, ["Способ", .. Figure[1..]],
        [.. methods.Select(method => (object[])[Spreadsheet.Word($"Method{method.Method}"), (long)method.Count, method.Sum.Tenge])],
        [All, methods.Sum(method => (long)method.Count), methods.Sum(method => method.Sum.Tenge)]);

    private static object NameOf(CityFigures city) => city.City is null ? NoCity : new Typed(city.City);

    private static ReportTable CitiesOf(string name, MonthSummary month, Func<CityFigures, long> count, Func<CityFigures, Money> sum) => ReportTable.Of(
        name, ["Город", .. Figure[1..]],
        [.. month.Cities.Select(city => (object[])[NameOf(city), count(city), sum(city).Tenge])],
        [All, month.Cities.Sum(count), Money.Sum(month.Cities.Select(sum)).Tenge]);

    private static ReportTable CitiesOf(MonthSummary month)
    {
        var (cities, figures) = (month.Cities, month.Figures);
        return ReportTable.Of(
            "По городам",
            ["Город", "Оплатили", "Собрано за месяц, ₸", "На проверке", "Не оплатили", "Не оплачено, ₸"],
            [.. cities.Select(city => (object[])
            [
                NameOf(city), (long)city.Payers, city.Collected.Tenge, (long)city.OnReview, (long)city.Unpaid, figures.OwedBy(city.Unpaid).Tenge,
            ])],
            [All, (long)figures.Payers, figures.Collected.Tenge, (long)figures.OnReview, (long)figures.Unpaid, figures.Owed.Tenge]);
    }
}
