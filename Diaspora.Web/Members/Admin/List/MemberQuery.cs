using System.Globalization;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;

namespace Diaspora.Web.Members.Admin.List;

/// <summary>What the address of the members' list says. The export reads the same.</summary>
public static class MemberQuery
{
    /// <summary>What cannot be read is left out: an address may be typed by hand.</summary>
    public static MemberFilter Parse(IReadOnlyDictionary<string, StringValues> query)
    {
        var order = Text(query, "sort") ?? "";
        return new MemberFilter(Text(query, "q"), Named<MemberSegment>(Text(query, "segment")) ?? MemberSegment.All, Urls.PageOf(Text(query, "page")))
        {
            Month = Period.TryParse(Text(query, "month"), out var month) ? month : null,
            DebtFrom = int.TryParse(Text(query, "debt"), NumberStyles.None, CultureInfo.InvariantCulture, out var debt) && debt > 0 ? debt : null,
            Standing = Named<Standing>(Text(query, "standing")),
            City = Text(query, "city"),
            Sort = Named<MemberSort>(order.TrimStart('-')) ?? MemberSort.Name,
            IsDescending = order.StartsWith('-'),
        };
    }

    public static string Url(MemberFilter filter) => Urls.AdminMembers + Query(filter);

    /// <summary>The question mark and all that differs from the whole list.</summary>
    public static QueryString Query(MemberFilter filter)
    {
        var query = new QueryBuilder();
        Add(query, "segment", filter.Segment == MemberSegment.All ? null : Lower(filter.Segment));
        Add(query, "month", filter.Month?.ToString());
        Add(query, "debt", filter.DebtFrom?.ToString(CultureInfo.InvariantCulture));
        Add(query, "standing", filter.Standing is { } standing ? Lower(standing) : null);
        Add(query, "city", filter.City);
        Add(query, "q", filter.Search);
        Add(query, "sort", (filter.Sort, filter.IsDescending) == (MemberSort.Name, false) ? null : $"{(filter.IsDescending ? "-" : "")}{Lower(filter.Sort)}");
        Add(query, "page", filter.Number > 1 ? filter.Number.ToString(CultureInfo.InvariantCulture) : null);
        return query.ToQueryString();
    }

    private static void Add(QueryBuilder query, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            query.Add(name, value);
        }
    }

    private static string? Text(IReadOnlyDictionary<string, StringValues> query, string name) =>
        query.TryGetValue(name, out var values) && values.FirstOrDefault().Visible()?.Trim() is { Length: > 0 } text ? text : null;

    private static TEnum? Named<TEnum>(string? text) where TEnum : struct, Enum =>
        Enum.TryParse<TEnum>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text![0]) ? value : null;

    private static string Lower<TEnum>(TEnum value) where TEnum : struct, Enum => value.ToString().ToLowerInvariant();
}
