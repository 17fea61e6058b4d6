using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Shared;

/// <summary>
/// Sums, months, dates and plurals in the reader's language. Month names are ours: ICU spells them differently from one system to the next.
/// </summary>
public sealed class Wording(IStringLocalizer<SharedTexts> texts, TimeProvider clock, TimeZoneInfo zone)
{
    private const char Space = '\u00A0';

    private static readonly NumberFormatInfo Thousands = new() { NumberGroupSeparator = Space.ToString(), NegativeSign = "−" };

    /// <summary>«2 000 ₸», never broken over two lines.</summary>
    public static string Money(long tenge) => $"{Number(tenge)}{Space}₸";

    /// <summary>«18,50 ₸», from hundredths of a tenge; whole sums without them.</summary>
    public static string MoneyOfTiyn(long tiyn) => tiyn % 100 == 0 ? Money(tiyn / 100) : string.Create(CultureInfo.InvariantCulture, $"{Number(tiyn / 100)},{tiyn % 100:00}{Space}₸");

    /// <summary>«2000₸»: only the pay button writes a sum like this.</summary>
    public static string PaySum(long tenge) => string.Create(CultureInfo.InvariantCulture, $"{tenge}₸");

    public static string Number(long value) => value.ToString("#,0", Thousands);

    /// <summary>«Март»</summary>
    public string Month(int month) => texts[$"Month{month}"];

    /// <summary>«марта», as in a date.</summary>
    public string MonthGenitive(int month) => texts[$"MonthGenitive{month}"];

    /// <summary>«Мар», for grids.</summary>
    public string MonthShort(int month) => texts[$"MonthShort{month}"];

    /// <summary>«март», inside a sentence.</summary>
    public string MonthLower(int month) => Month(month).ToLower(CultureInfo.CurrentCulture);

    /// <summary>A sentence that may begin with a month written small.</summary>
    public static string Begin(string sentence) => sentence.Length == 0 ? sentence : char.ToUpper(sentence[0], CultureInfo.CurrentCulture) + sentence[1..];

    /// <summary>«Март 2026»</summary>
    public string MonthYear(int year, int month) => texts["MonthYear", Month(month), year];

    /// <summary>«2026 год»</summary>
    public string Year(int year) => texts["Year", year];

    /// <summary>«8 мая»; with the year when it is not this one.</summary>
    public string Date(DateOnly day) => day.Year == Today.Year
        ? texts["DayMonth", day.Day, MonthGenitive(day.Month)]
        : FullDate(day);

    /// <summary>«8 мая 2026», as papers write it.</summary>
    public string FullDate(DateOnly day) => texts["DayMonthYear", day.Day, MonthGenitive(day.Month), day.Year];

    /// <summary>The local day of an instant, as <see cref="Date(DateOnly)"/>.</summary>
    public string Date(DateTime utc) => Date(DateOnly.FromDateTime(Local(utc)));

    /// <summary>«14:32»</summary>
    public string Time(DateTime utc) => Local(utc).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>«сегодня, 14:32», «вчера, 09:05», «8 мая, 14:32»</summary>
    public string Moment(DateTime utc) => texts["DayAndTime", Day(utc), Time(utc)];

    /// <summary>«сегодня», «вчера», «8 мая»</summary>
    public string Day(DateTime utc)
    {
        var day = DateOnly.FromDateTime(Local(utc));
        return (Today.DayNumber - day.DayNumber) switch
        {
            0 => texts["Today"],
            1 => texts["Yesterday"],
            _ => Date(day),
        };
    }

    /// <summary>
    /// The form that goes with a number: <c>Plural(texts, "Months", 3)</c> reads MonthsOne, MonthsFew or MonthsMany, with {0} the number.
    /// Kazakh has one form, and repeats it under the three keys.
    /// </summary>
    public static string Plural(IStringLocalizer texts, string key, long count) => texts[key + Form(count), Number(count)];

    /// <summary>«3 месяца»</summary>
    public string Months(long count) => Plural(texts, "Months", count);

    /// <summary>«2 дня»</summary>
    public string Days(long count) => Plural(texts, "Days", count);

    /// <summary>The association's day.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Local(clock.GetUtcNow().UtcDateTime));

    private DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone);

    private static string Form(long count)
    {
        var (tens, ones) = (Math.Abs(count) % 100, Math.Abs(count) % 10);
        return tens is >= 11 and <= 14 ? "Many" : ones switch
        {
            1 => "One",
            >= 2 and <= 4 => "Few",
            _ => "Many",
        };
    }
}
