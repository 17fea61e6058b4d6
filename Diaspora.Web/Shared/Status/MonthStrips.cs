using System.Globalization;
using System.Text;
using Diaspora.Domain.Dues;
using Diaspora.Web.Shared.Look;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Shared.Status;

/// <summary>Twelve small cells that are read out as one sentence. css/members.css draws them: no cell has an icon of its own.</summary>
public static class MonthStrips
{
    /// <returns>Markup, as short as it can be: a list has hundreds of cells. Nothing without a month.</returns>
    public static string Of(IReadOnlyList<MonthTile> tiles, IStringLocalizer<StatusTexts> texts, Wording words)
    {
        if (tiles.Count == 0)
        {
            return "";
        }

        var years = tiles[0].Period.Year == tiles[^1].Period.Year ? $"{tiles[0].Period.Year}" : $"{tiles[0].Period.Year}–{tiles[^1].Period.Year}";
        var markup = new StringBuilder($"""<span class=strip role=img title="{Markup.Text(texts["StripName", years, string.Join(", ", Spans(tiles, texts, words))])}">""");
        foreach (var tile in tiles)
        {
            markup.Append(tile.IsCurrent ? $"""<i class="{LetterOf(tile.State)} cur"></i>""" : $"<i class={LetterOf(tile.State)}></i>");
        }

        return markup.Append("</span>").ToString();
    }

    /// <summary>«Янв–Мар — оплачено»: what is the same month after month is said once.</summary>
    private static IEnumerable<string> Spans(IReadOnlyList<MonthTile> tiles, IStringLocalizer<StatusTexts> texts, Wording words)
    {
        for (int first = 0, next; first < tiles.Count; first = next)
        {
            for (next = first + 1; next < tiles.Count && tiles[next].State == tiles[first].State; next++)
            {
            }

            var (from, to) = (words.MonthShort(tiles[first].Period.Month), words.MonthShort(tiles[next - 1].Period.Month));
            yield return texts["StripMonth", next - first == 1 ? from : $"{from}–{to}", texts[tiles[first].State.Look().Key].Value.ToLower(CultureInfo.CurrentCulture)];
        }
    }

    internal static char LetterOf(MonthState state) => state switch
    {
        MonthState.Paid => 'p',
        MonthState.Prepaid => 'f',
        MonthState.Pending => 'w',
        MonthState.Exempt => 'e',
        MonthState.Suspended => 's',
        MonthState.Due => 'd',
        MonthState.Overdue => 'o',
        MonthState.Ahead => 'a',
        _ => 'b',
    };
}
