using Diaspora.Domain.Kaspi;
using Diaspora.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Kaspi.Admin;

/// <summary>How a statement is told of: its kind, its days, who handed it in.</summary>
public sealed class StatementWords(IStringLocalizer<StatementTexts> texts, Wording words)
{
    public string Format(StatementFormat format) => texts[$"Format{format}"];

    /// <summary>«1 мая – 31 мая»</summary>
    public string Days(DateOnly from, DateOnly to) => from == to ? words.Date(from) : $"{words.Date(from)} – {words.Date(to)}";

    /// <summary>«Kaspi Gold · 1 мая – 31 мая · Лейла Мамедова, сегодня, 14:32»</summary>
    public string Of(StatementRow row) => string.Join(" · ", new[]
    {
        row.State == StatementState.Unnamed ? null : Format(row.Format),
        row.State == StatementState.Unnamed ? null : Days(row.From, row.To),
        texts["ByAndWhen", row.By ?? "—", words.Moment(row.CreatedAt)].Value,
    }.OfType<string>());

    /// <summary>«41 новая · ждут 12»: what of it there is to do.</summary>
    public string Progress(StatementRow row) => row switch
    {
        { State: StatementState.Booked, Open: > 0 } => texts["RowOpen", Wording.Number(row.NewCount), Wording.Number(row.Open)],
        { State: StatementState.Booked } => texts["RowDone", Wording.Number(row.NewCount)],
        { State: StatementState.Staged } => Wording.Plural(texts, "Lines", row.LineCount),
        _ => "",
    };
}
