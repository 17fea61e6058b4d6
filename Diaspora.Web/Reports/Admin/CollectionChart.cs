using System.Globalization;
using System.Text;
using Diaspora.Domain.Reports;
using Diaspora.Web.Shared;
using Diaspora.Web.Shared.Look;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Reports.Admin;

/// <summary>
/// Twelve bars: what was collected, inside a frame of what was expected. Drawn here, so that it is there without a script, and on paper. Across, everything is a part of
/// the width: letters keep their size on a phone. A picture: the months of the table below it are what can be pressed.
/// </summary>
public sealed class CollectionChart(IStringLocalizer<ReportsTexts> texts, Wording words)
{
    private const int Height = 190;
    private const int Top = 22;
    private const double Column = 100d / 12;
    private const double Bar = Column * .62;
    private const long Million = 1_000_000;

    public MarkupString Of(YearSummary year, Period chosen)
    {
        var most = Math.Max(1, year.Months.Max(month => Math.Max(month.Expected.Tenge, month.Figures.Collected.Tenge)));
        var unit = most >= Million ? Million : 1000;
        var markup = new StringBuilder(Text($"""<figure class="chart"><figcaption class="cap">{texts[unit == Million ? "ChartTitleMillions" : "ChartTitle"]} · <i class="key is-collected"></i>{texts["LegendCollected"]} <i class="key"></i>{texts["LegendExpected"]}</figcaption><svg width="100%" height="{Height + Top + 26}" role="img" aria-label="{Markup.Text(texts["ChartName", year.Year])}">"""));
        foreach (var month in year.Months)
        {
            var (left, middle) = (Column * (month.Month.Month - 1) + (Column - Bar) / 2, Column * (month.Month.Month - .5));
            var (expected, collected) = (HeightOf(month.Expected.Tenge, most), HeightOf(month.Figures.Collected.Tenge, most));
            // Above the frame too: its line would strike the figure through.
            var above = Top + Height - Math.Max(expected, collected) - 6;
            var name = texts[month.IsTold ? "ChartMonth" : "ChartAhead", words.MonthYear(month.Month.Year, month.Month.Month), Wording.Money(month.Figures.Collected.Tenge), Wording.Money(month.Figures.Expected.Tenge)];
            markup.Append(Text($"""<g{(month.Month == chosen ? " class=\"now\"" : "")}><title>{Markup.Text(name)}</title>"""))
                .Append(Text($"""<rect class="frame" x="{left:0.##}%" y="{Top + Height - expected}" width="{Bar:0.##}%" height="{expected}" rx="4"/><rect class="is-collected" x="{left:0.##}%" y="{Top + Height - collected}" width="{Bar:0.##}%" height="{collected}" rx="4"/>"""))
                .Append(month.Figures.Collected.IsZero ? "" : Text($"""<text x="{middle:0.##}%" y="{above}">{Short(month.Figures.Collected.Tenge, unit)}</text>"""))
                .Append(Text($"""<text x="{middle:0.##}%" y="{Top + Height + 18}">{words.MonthShort(month.Month.Month)}</text></g>"""));
        }

        return new MarkupString(markup.Append("</svg></figure>").ToString());
    }

    private static int HeightOf(long sum, long most) => (int)Math.Round((double)sum * Height / most);

    private static string Short(long sum, long unit) => unit == Million ? (sum / (double)unit).ToString("0.#", CultureInfo.CurrentCulture) : Wording.Number((sum + unit / 2) / unit);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
