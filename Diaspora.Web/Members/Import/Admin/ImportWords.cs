using System.Globalization;
using Diaspora.Domain.Import;
using Diaspora.Domain.Members;
using Diaspora.Web.Payments.Admin.Record;
using Diaspora.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Members.Import.Admin;

/// <summary>What the check list says of a row.</summary>
public sealed class ImportWords(IStringLocalizer<ImportTexts> texts, ProblemWords problems, Wording words)
{
    /// <summary>«Нигяр Керимова · сегодня, 14:32 · 300 строк»</summary>
    public string Of(ImportListRow row) => string.Join(" · ", new[]
    {
        row.By,
        words.Moment(row.UndoneAt ?? row.BookedAt ?? row.CreatedAt),
        Wording.Plural(texts, "Rows", row.RowCount),
        row.Totals is { } totals && row.State == ImportState.Booked ? Wording.Money(totals.Tenge) : null,
    }.OfType<string>());

    public string Person(ImportCheckRow row) => string.Join(" · ", new[]
    {
        row.Phone is { } phone ? PhoneNumber.FromCanonical(phone).ToDisplay() : null,
        row.City.Length > 0 ? row.City : null,
        row.MemberNumber is { } number ? texts["Number", MemberNumber.FromStored(number).ToDisplay()].Value : null,
        row.Outcome is ImportOutcome.New or ImportOutcome.Duplicate && row.JoinedOn is { } joined ? texts["Joins", words.MonthYear(joined.Year, joined.Month)].Value : null,
    }.OfType<string>());

    /// <summary>«D «Телефон»: Не хватает двух цифр»</summary>
    public string Cell(CellProblem problem, IReadOnlyList<ImportColumn> columns) =>
        texts["Cell", ImportColumn.LetterOf(problem.Column), columns.FirstOrDefault(column => column.Index == problem.Column)?.Header ?? "", problems.Of(problem.Problem)];

    public string Twin(ImportTwin twin) =>
        twin.Row is { } row ? texts["TwinRow", twin.FullName, row] : texts["TwinMember", twin.FullName, MemberNumber.FromStored(twin.Number!).ToDisplay()];

    public string Change(FieldChange change) => change.IsFilled
        ? texts["Filled", texts[$"Field{change.Field}"], Value(change)]
        : texts["Replaced", texts[$"Field{change.Field}"], change.Before ?? "", Value(change)];

    /// <summary>«Янв 2025–Фев 2026 · 28 000 ₸», and how many of its months are there already.</summary>
    public string Months(ImportCheckRow row)
    {
        var booked = row.Booked.Count == 0 ? null
            : $"{MonthsText.InGrid(row.Booked.Select(month => month.Month), words, words.Today.Year)} · {Wording.Money(row.Booked.Sum(month => month.Amount.Tenge))}";
        var known = row.Known == 0 ? null : texts["KnownMonths", words.Months(row.Known)].Value;
        return string.Join(" · ", new[] { booked, known }.OfType<string>());
    }

    public int BookedCount(IReadOnlyList<ImportCheckRow> rows, ImportChoice choice) => rows.Count(row => IsBooked(row, choice));

    public string Summary(IReadOnlyList<ImportCheckRow> rows, ImportChoice choice)
    {
        var booked = rows.Where(row => IsBooked(row, choice)).ToList();
        return texts["Summary",
            Wording.Number(booked.Count(row => row.MemberNumber is null)), Wording.Number(booked.Count(row => row.MemberNumber is not null)),
            Wording.Number(booked.Sum(row => row.Booked.Count)), Wording.Money(booked.Sum(row => row.Booked.Sum(month => month.Amount.Tenge)))];
    }

    private static bool IsBooked(ImportCheckRow row, ImportChoice choice) => PlannedRow.IsBooked(row.Outcome, row.Booked, row.Changes, choice);

    private string Value(FieldChange change) =>
        change.Field == ImportField.Joined && DateOnly.TryParse(change.After, CultureInfo.InvariantCulture, out var day) ? words.MonthYear(day.Year, day.Month) : change.After;
}
