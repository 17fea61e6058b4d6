using System.Globalization;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Members;
using Diaspora.Web.Payments.Admin.Queue;
using Diaspora.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Kaspi.Admin;

/// <summary>The matcher's reasons in the reader's language: «код 888590 в сообщении», «пришло на 12 мин позже».</summary>
public sealed class MatchWords(IStringLocalizer<MatchTexts> texts, Wording words)
{
    /// <summary>One sentence of all of them, the weightiest first.</summary>
    public string Of(IReadOnlyList<MatchReason> reasons) => Wording.Begin(string.Join(" · ", reasons.Select(Of)));

    public string Of(MatchReason reason) => reason.Code switch
    {
        MatchReasons.History => Wording.Plural(texts, reason.Code, NumberOf(reason, 0)),
        MatchReasons.SumMonths => texts[reason.Code, words.Months(NumberOf(reason, 0))],
        MatchReasons.Before or MatchReasons.After => texts[reason.Code, Span(NumberOf(reason, 0))],
        MatchReasons.Month or MatchReasons.OtherMonth when NumberOf(reason, 0) is >= 1 and <= 12 and var month => texts[reason.Code, words.MonthLower((int)month)],
        MatchReasons.SumClaimed or MatchReasons.SumOwed or MatchReasons.SumLess or MatchReasons.SumMore => texts[reason.Code, [.. reason.Args.Select((_, place) => Wording.Money(NumberOf(reason, place)))]],
        MatchReasons.Number when MemberNumber.TryParse(TextOf(reason, 0), out var number) => texts[reason.Code, number.ToDisplay()],
        MatchReasons.Phone => texts[reason.Code, QueueWords.Phone(TextOf(reason, 0))],
        _ => texts[reason.Code, [.. reason.Args.Select(arg => arg is long or int or Money ? Wording.Number(Number(arg)) : arg)]],
    };

    /// <summary>«12 мин», «3 ч»</summary>
    private string Span(long minutes) => minutes < 60 ? texts["Minutes", minutes] : texts["Hours", minutes / 60];

    private static long NumberOf(MatchReason reason, int place) => reason.Args.Length > place ? Number(reason.Args[place]) : 0;

    private static string TextOf(MatchReason reason, int place) => reason.Args.Length > place ? reason.Args[place].ToString() ?? "" : "";

    private static long Number(object arg) => arg is Money money ? money.Tenge
        : long.TryParse(Convert.ToString(arg, CultureInfo.InvariantCulture), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
