using System.Globalization;
using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Shared.Refusals;

/// <summary>
/// The sentence of a <see cref="Problem"/> in the reader's language. Values are written by their type: a month by its name, an
/// instant as a local time. A sentence about another day has a twin whose key ends in <c>Earlier</c> and names the day.
/// </summary>
public sealed class ProblemWords(IStringLocalizer<ProblemTexts> texts, Wording wording, TimeProvider clock, TimeZoneInfo zone)
{
    private const string Nobody = "—";
    private const int Megabyte = 1024 * 1024;

    /// <summary>The sentence beside a field. What a colleague changed too is told below the form, so the field only points there.</summary>
    public string Beside(Problem problem) => FieldConflict.Is(problem) ? texts["ConflictField"] : Of(problem);

    public string Of(Problem problem)
    {
        var sentence = problem switch
        {
            { Code: Problems.PhoneTooShort, Args: [int missing] } => texts[problem.Code, texts[$"MissingDigits{missing}"]],
            { Code: Problems.PasswordTooShort, Args: [int length, int least] } => texts[problem.Code, Wording.Plural(texts, "Symbols", length), least],
            { Code: Problems.WrongSignIn, Args: [0, int pause] } => texts["WrongSignInPaused", "", Minutes(pause)],
            { Code: Problems.WrongSignIn, Args: [int left, int pause] } => texts[problem.Code, Wording.Plural(texts, "TriesLeft", left), Minutes(pause)],
            { Code: Problems.FileTooLarge } => texts[problem.Code, ReceiptRules.MaxBytes / Megabyte],
            _ => Dated(problem),
        };
        return Capitalised(sentence);
    }

    private LocalizedString Dated(Problem problem)
    {
        var key = problem.Args.OfType<DateTime>().Select(KeyEnding).FirstOrDefault() is { } ending && !texts[problem.Code + ending].ResourceNotFound
            ? problem.Code + ending
            : problem.Code;
        return texts[key, [.. problem.Args.Select(Written)]];
    }

    private string KeyEnding(DateTime utc) => utc == default ? "Undated" : IsToday(utc) ? "" : "Earlier";

    private object Written(object value) => value switch
    {
        Period period => period.Year == Local(clock.GetUtcNow().UtcDateTime).Year
            ? wording.MonthLower(period.Month)
            : texts["PeriodOfYear", wording.MonthLower(period.Month), period.Year].Value,
        Money money => Wording.Money(money.Tenge),
        IReadOnlyList<WaitingMonths> waiting => string.Join("; ", waiting.Select(one => $"{one.FullName} ({string.Join(", ", one.Months.Select(month => Written(month)))})")),
        IReadOnlyList<Period> months => months.Count == 0 ? texts["NoMonth"].Value : string.Join(", ", months.Select(month => Written(month))),
        PhoneNumber phone => phone.ToDisplay(),
        Role role => texts[$"Role{role}"].Value,
        DateTime utc when utc == default => "",
        DateTime utc => IsToday(utc) ? wording.Time(utc) : $"{wording.Date(utc)}, {wording.Time(utc)}",
        int number => Wording.Number(number),
        long number => Wording.Number(number),
        Nobody => texts["ThePortal"].Value,
        _ => value,
    };

    private string Minutes(int count) => Wording.Plural(texts, "Minutes", count);

    private bool IsToday(DateTime utc) => Local(utc).Date == Local(clock.GetUtcNow().UtcDateTime).Date;

    private DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone);

    /// <summary>In Kazakh a sentence may begin with a month, which is written small inside one.</summary>
    private static string Capitalised(string sentence) =>
        sentence.Length == 0 ? sentence : char.ToUpper(sentence[0], CultureInfo.CurrentCulture) + sentence[1..];
}
