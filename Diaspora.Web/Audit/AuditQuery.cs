using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Http.Extensions;

namespace Diaspora.Web.Audit;

/// <summary>What the log's address says.</summary>
public static class AuditQuery
{
    private const string Oldest = "oldest";

    public static AuditFilter Parse(string? action, string? search, string? page, string? order = null) => new(
        Enum.TryParse<AuditAction>(action, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : null,
        search,
        Urls.PageOf(page),
        order == Oldest);

    public static string Url(AuditFilter filter)
    {
        var query = new QueryBuilder();
        if (filter.Action is { } action)
        {
            query.Add("action", action.ToString());
        }

        if (filter.Search is { Length: > 0 } search)
        {
            query.Add("q", search);
        }

        if (filter.IsOldestFirst)
        {
            query.Add("order", Oldest);
        }

        if (filter.Number > 1)
        {
            query.Add("page", filter.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return Urls.AdminAudit + query.ToQueryString();
    }
}
