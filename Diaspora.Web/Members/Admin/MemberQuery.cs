using Diaspora.Domain.Members;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Http.Extensions;

namespace Diaspora.Web.Members.Admin;

/// <summary>What the address of the members' list says.</summary>
public static class MemberQuery
{
    public static MemberFilter Parse(string? search, string? segment, string? page) => new(
        string.IsNullOrWhiteSpace(search) ? null : search.Trim(),
        Enum.TryParse<MemberSegment>(segment, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : MemberSegment.All,
        Urls.PageOf(page));

    public static string Url(MemberFilter filter)
    {
        var query = new QueryBuilder();
        if (filter.Segment != MemberSegment.All)
        {
            query.Add("segment", filter.Segment.ToString().ToLowerInvariant());
        }

        if (filter.Search is { Length: > 0 } search)
        {
            query.Add("q", search);
        }

        if (filter.Number > 1)
        {
            query.Add("page", filter.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return Urls.AdminMembers + query.ToQueryString();
    }
}
