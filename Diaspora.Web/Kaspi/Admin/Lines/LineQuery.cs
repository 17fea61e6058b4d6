using System.Globalization;
using Diaspora.Domain.Kaspi;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Http.Extensions;

namespace Diaspora.Web.Kaspi.Admin.Lines;

/// <summary>What the address of a list of lines says. A part that cannot be read is ignored.</summary>
public sealed record LineQuery(EvidenceFilter Filter)
{
    public static LineQuery Parse(Guid? statementId, string? show, string? search, string? number) => new(new EvidenceFilter(statementId, ShowOf(show), Urls.PageOf(number)) { Search = search });

    /// <summary>The address that <see cref="Parse"/> reads back as this. Default values are left out.</summary>
    public string Url
    {
        get
        {
            var query = new QueryBuilder();
            if (Filter.Show != EvidenceShow.All)
            {
                query.Add("show", Filter.Show.ToString().ToLowerInvariant());
            }

            if (Filter.Search is { Length: > 0 } search)
            {
                query.Add("q", search);
            }

            if (Filter.Number > 1)
            {
                query.Add("page", Filter.Number.ToString(CultureInfo.InvariantCulture));
            }

            return (Filter.StatementId is { } id ? Urls.Statement(id) : Urls.AdminLines) + query.ToQueryString();
        }
    }

    public LineQuery With(EvidenceShow show) => this with { Filter = Filter with { Show = show, Number = 1 } };

    public LineQuery WithSearch(string? search) => this with { Filter = Filter with { Search = search, Number = 1 } };

    public LineQuery OnPage(int number) => this with { Filter = Filter with { Number = number } };

    private static EvidenceShow ShowOf(string? text) =>
        Enum.TryParse<EvidenceShow>(text, ignoreCase: true, out var show) && Enum.IsDefined(show) && !int.TryParse(text, out _) ? show : EvidenceShow.All;
}
