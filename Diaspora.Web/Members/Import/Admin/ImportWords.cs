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
    public const string All = nameof(All);

    /// <summary>Of <see cref="KindOf"/>: an answer to a question settles it.</summary>
    public const string Asked = nameof(Asked);

    /// <summary>By what the rows of a list are told apart, in the order in which they are offered.</summary>
    public static readonly IReadOnlyList<string> Kinds =
    [
        All, nameof(ImportOutcome.New), nameof(ImportOutcome.Changed), nameof(ImportOutcome.Unchanged), nameof(ImportOutcome.Duplicate), nameof(ImportOutcome.Error), Asked, nameof(ImportOutcome.Skipped),
    ];

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

    /// <summary>«D «Телефон»: Не хватает двух цифр», with the row where it is not the person's first.</summary>
    public string Cell(CellProblem problem, ImportCheckRow row, ImportDetails details)
    {
        var sentence = problems.Of(problem.Problem);
        var said = problem.Column == ImportColumn.Typed ? sentence : texts["Cell", ImportColumn.LetterOf(problem.Column), HeadOf(problem.Place, problem.Column, details), sentence].Value;
        return problem.Place == row.Number ? said : $"{Row(problem.Place, details)} · {said}";
    }

    /// <summary>«строка 7, D «Телефон»»</summary>
    public string Where(int place, int column, ImportDetails details) => column == ImportColumn.Typed ? texts["WhereTyped", Row(place, details)]
        : texts["Where", Row(place, details), ImportColumn.LetterOf(column), HeadOf(place, column, details)];

    /// <summary>The cells of a row that can be typed anew: what is wrong or unclear with them, and what was typed before.</summary>
    public IReadOnlyList<CellToMend> ToMend(ImportCheckRow row, ImportDetails details) =>
    [
        .. row.Problems.Where(problem => !IsColour(problem)).Select(problem => new CellToMend(problem.Place, problem.Column, problem.Text, Where(problem.Place, problem.Column, details), problems.Of(problem.Problem))
        {
            IsInDoubt = problem.Problem.Code is Problems.ImportCellQuote or Problems.ImportCellMerged,
            Numbers = problem.Problem.Code is Problems.ImportPhoneChoice or Problems.ImportPhoneBeside ? [.. ImportPhones.Among(problem.Text).Select(number => number.ToDisplay())] : [],
        }),
        .. row.Mends.Select(mend => new CellToMend(mend.Place, mend.Column, mend.Text, Where(mend.Place, mend.Column, details), null)),
    ];

    /// <summary>How a row is counted: by its outcome, but for those that only wait for an answer.</summary>
    public static string KindOf(ImportCheckRow row) => row.Outcome == ImportOutcome.Error && row.Problems.All(IsAsked) ? Asked : row.Outcome.ToString();

    public static bool Is(ImportCheckRow row, string kind) => kind == All || KindOf(row) == kind;

    /// <summary>Whether an answer to a question settles it, for this cell and all others.</summary>
    public static bool IsAsked(CellProblem problem) => problem.Problem.Code is Problems.ImportColourUnknown or Problems.ImportMarkUnknown or Problems.ImportSumUnclear;

    /// <summary>Of these a row may have one in every month: they are told together.</summary>
    public static bool IsColour(CellProblem problem) => problem.Problem.Code == Problems.ImportColourUnknown;

    public string Colour => problems.Of(new Problem(Problems.ImportColourUnknown));

    /// <summary>«строка 7», and the sheet's name where there are several.</summary>
    public string Row(int place, ImportDetails details) =>
        details.HasSeveralSheets ? texts["RowOfSheet", SheetOf(RowPlace.SheetOf(place), details), RowPlace.RowOf(place)] : texts["RowNumber", RowPlace.RowOf(place)];

    /// <summary>«Лист «2025»: 6 человек, янв–дек 2025»</summary>
    public string Sheet(ImportSheetDetails sheet)
    {
        var months = sheet.Columns.Select(column => column is { Field: ImportField.Month, Month: { } month } ? month : (Period?)null).OfType<Period>().ToList();
        var people = Wording.Plural(texts, "People", sheet.People);
        return months.Count == 0 ? texts["SheetGives", sheet.Sheet.Name, people] : texts["SheetGivesMonths", sheet.Sheet.Name, people, MonthsText.InGrid(months, words, words.Today.Year)];
    }

    /// <summary>«х», «1 000 ₸», or the name of a colour.</summary>
    public string Question(ImportQuestion question) => question.Kind switch
    {
        ImportQuestionKind.Colour => texts["QuestionColour", texts[$"Colour{CellColour.NameOf(question.Word)}"], question.Text],
        ImportQuestionKind.Sum => Wording.Money(question.Sum!.Value.Tenge),
        _ => texts["QuestionWord", question.Text],
    };

    /// <summary>In how many cells it is, and where the first of them is.</summary>
    public string Found(ImportQuestion question, ImportDetails details) => texts[
        $"Found{question.Kind}", Wording.Plural(texts, "Cells", question.Count), Row(question.Place, details), HeadOf(question.Place, question.Column, details)];

    public string Meaning(ImportQuestion question, ImportMeaning meaning) => meaning switch
    {
        ImportMeaning.Paid when question.Kind == ImportQuestionKind.Sum => texts["MeaningFee"],
        ImportMeaning.Ahead => texts["MeaningAhead", words.Months(question.Fees)],
        ImportMeaning.Sum when question.Sum is { } sum => texts["MeaningThisSum", Wording.Money(sum.Tenge)],
        _ => texts[$"Meaning{meaning}"],
    };

    /// <summary>What is not used, and why.</summary>
    public string Note(ImportNote note, ImportDetails details)
    {
        var what = CellColour.IsOne(note.What) ? texts["QuestionColour", texts[$"Colour{CellColour.NameOf(note.What)}"], CellColour.HexOf(note.What)].Value : note.What;
        var said = texts[what.Length == 0 && note.Kind is ImportNoteKind.Column or ImportNoteKind.Comment ? $"Note{note.Kind}Bare" : $"Note{note.Kind}", what, Wording.Plural(texts, "Cells", note.Count), note.Where, Wording.Number(note.Count)].Value;
        return details.HasSeveralSheets && note.Kind > ImportNoteKind.SheetLeft ? $"«{SheetOf(note.Sheet, details)}» · {said}" : said;
    }

    private static string HeadOf(int place, int column, ImportDetails details) =>
        details.Columns.FirstOrDefault(one => one.Sheet == RowPlace.SheetOf(place) && one.Index == column)?.Header ?? "";

    private static string SheetOf(int sheet, ImportDetails details) => details.Sheets.FirstOrDefault(one => one.Sheet.Index == sheet)?.Sheet.Name ?? "";

    public string Twin(ImportTwin twin) =>
        twin.Row is { } row ? texts["TwinRow", twin.FullName, RowPlace.RowOf(row)] : texts["TwinMember", twin.FullName, MemberNumber.FromStored(twin.Number!).ToDisplay()];

    public string Change(FieldChange change) => change.IsFilled
        ? texts["Filled", texts[$"Field{change.Field}"], Value(change)]
        : texts["Replaced", texts[$"Field{change.Field}"], change.Before ?? "", Value(change)];

    /// <summary>«Янв 2025–Фев 2026 · 28 000 ₸», and how many of its months are there already.</summary>
    public string Months(ImportCheckRow row)
    {
        var booked = row.Booked.Count == 0 ? null
            : $"{MonthsText.InGrid(row.Booked.Select(month => month.Month), words, words.Today.Year)} · {Wording.Money(row.Booked.Sum(month => month.Amount.Tenge))}";
        var known = row.Known == 0 ? null : texts["KnownMonths", words.Months(row.Known)].Value;
        var free = row.Exempt.Select(span => texts["Exempt", MonthsText.InGrid(Period.Range(span.From, span.To), words, words.Today.Year), span.Reason].Value);
        return string.Join(" · ", new[] { booked, known }.OfType<string>().Concat(free));
    }

    public int BookedCount(IReadOnlyList<ImportCheckRow> rows, ImportChoice choice) => rows.Count(row => IsBooked(row, choice));

    public string Summary(IReadOnlyList<ImportCheckRow> rows, ImportChoice choice)
    {
        var booked = rows.Where(row => IsBooked(row, choice)).ToList();
        return texts["Summary",
            Wording.Number(booked.Count(row => row.MemberNumber is null)), Wording.Number(booked.Count(row => row.MemberNumber is not null)),
            Wording.Number(booked.Sum(row => row.Booked.Count)), Wording.Money(booked.Sum(row => row.Booked.Sum(month => month.Amount.Tenge)))];
    }

    private static bool IsBooked(ImportCheckRow row, ImportChoice choice) => PlannedRow.IsBooked(row.Outcome, row.Booked.Count + row.Exempt.Count, row.Changes, choice);

    private string Value(FieldChange change) =>
        change.Field == ImportField.Joined && DateOnly.TryParse(change.After, CultureInfo.InvariantCulture, out var day) ? words.MonthYear(day.Year, day.Month) : change.After;
}
