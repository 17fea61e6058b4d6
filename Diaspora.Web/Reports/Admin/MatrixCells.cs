using System.Globalization;
using System.Text;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Reports;
using Diaspora.Web.Shared;
using Diaspora.Web.Shared.Look;
using Diaspora.Web.Shared.Status;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Reports.Admin;

/// <summary>The months of a line of the matrix. One piece of markup: six hundred cells of components would be a megabyte of the circuit. css/members.css draws them.</summary>
public static class MatrixCells
{
    public static MarkupString Of(MatrixRow row, IStringLocalizer<StatusTexts> texts, Wording words)
    {
        var markup = new StringBuilder();
        foreach (var tile in row.Tiles)
        {
            var word = texts[tile.State.Look().Key].Value;
            var sum = tile.Amount.IsZero ? "" : $", {Wording.Money(tile.Amount.Tenge)}";
            markup.Append(CultureInfo.InvariantCulture, $"""<td class=relative><span class=strip title="{Markup.Text($"{words.Month(tile.Period.Month)}: {word}{sum}")}">{CellOf(tile)}</span><span class=vh>{Markup.Text(word)}</span></td>""");
        }

        return new MarkupString(markup.ToString());
    }

    public static MarkupString Legend(MonthState state, IStringLocalizer<StatusTexts> texts) =>
        new($"""<span class="d-inline-flex align-center gap-1 mr-3"><i class={MonthStrips.LetterOf(state)}></i>{Markup.Text(texts[state.Look().Key])}</span>""");

    private static string CellOf(MonthTile tile) => tile.IsCurrent ? $"""<i class="{MonthStrips.LetterOf(tile.State)} cur"></i>""" : $"<i class={MonthStrips.LetterOf(tile.State)}></i>";
}
