using System.Globalization;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Diaspora.Web.Payments.Admin.Record;
using Diaspora.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Kaspi.Admin.Lines;

/// <summary>How a cashier reads a line and what it may be for.</summary>
public sealed class LineWords(IStringLocalizer<StatementTexts> texts, Wording words)
{
    /// <summary>«2 000 ₸»; with tiyn where there are any.</summary>
    public static string Sum(long tiyn) => tiyn % 100 == 0 ? Wording.Money(tiyn / 100) : $"{Wording.Number(tiyn / 100)},{tiyn % 100:00}\u00A0₸";

    /// <summary>«8 мая, 14:19»</summary>
    public string Moment(DateOnly on, TimeOnly? at) => at is { } time ? texts["DayAndTime", words.Date(on), time.ToString("HH:mm", CultureInfo.InvariantCulture)] : words.Date(on);

    public string Payer(string payer) => payer.Length > 0 ? payer : texts["NoPayer"];

    /// <summary>What came with the money; a number of ours with the name of whose it is.</summary>
    public static string Message(EvidenceRow row) => row.MemberName is { } name ? $"{row.Message} · {name}" : row.Message;

    /// <summary>«оплата 888590 · апр, май»; of who claimed nothing «без заявки, за апрель».</summary>
    public string Target(GuessRow guess) => guess switch
    {
        { Code: { } code } => texts[guess.IsConfirmed ? "GuessConfirmed" : "GuessClaim", code, Months(guess.Periods), Wording.Money(guess.Total.Tenge)],
        { Shown: { Count: > 0 } months } => texts["GuessMonths", Months(months)],
        { Shown: not null } => texts["GuessKept"],
        _ => texts["GuessOldest"],
    };

    public string Months(IReadOnlyList<Period> periods) => MonthsText.InSentence(periods, words, words.Today.Year);

    /// <summary>What a match has paid, and what of it stays with the payer.</summary>
    public string Outcome(MatchRow match) => match switch
    {
        { Periods.Count: 0 } => texts["MatchedLeft", match.Code, Wording.Money(match.Left.Tenge)],
        { Left.IsZero: false } => texts["MatchedWithLeft", match.Code, Months(match.Periods), Wording.Money(match.Left.Tenge)],
        _ => texts["Matched", match.Code, Months(match.Periods)],
    };

    /// <summary>«Лейла Мамедова, сегодня, 14:32»</summary>
    public string By(MatchRow match) => texts["ByAndWhen", match.By ?? texts["ByPortal"].Value, words.Moment(match.At)];

    /// <summary>What would become of the money of a line, before anybody has pressed.</summary>
    public string Forecast(EvidenceForecast forecast) => forecast switch
    {
        { Months.Count: 0 } => texts["ForecastLeft", forecast.FullName, Wording.Money(forecast.Left.Tenge)],
        { Left.IsZero: false } => texts["ForecastWithLeft", Months(forecast.Months), Wording.Money(forecast.Left.Tenge)],
        _ => texts["Forecast", Months(forecast.Months)],
    };

    /// <summary>«Пришло на 2 000 ₸ меньше»; nothing where the sum is right.</summary>
    public string? Difference(EvidenceRow row, Money expected) => row.Sum == expected ? null : texts[row.Sum < expected ? "SumLess" : "SumMore", Wording.Money(row.Sum.Tenge), Wording.Money(expected.Tenge)].Value;

    /// <summary>What this line is, in a sentence about it.</summary>
    public string Whose(EvidenceRow row) => $"{Payer(row.Payer)}, {Sum(row.Tiyn)}";
}
