using System.Linq.Expressions;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Members;

/// <summary>How members are found, filtered and put in order.</summary>
public static class MemberSearch
{
    /// <summary>Members by a part of the name in any spelling, of the phone, or by the beginning of the member number.</summary>
    public static IQueryable<Member> Searched(this IQueryable<Member> members, string? search) =>
        Terms(search) switch
        {
            null => members,
            (null, null) => members.Where(_ => false),
            ({ } digits, _) => members.Where(member => ((string)(object)member.Phone).Contains(PhonePart(digits)) || ((string)(object)member.Number).StartsWith(digits)),
            (_, { Length: < NameSkeleton.WholeWord } part) => members.Where(member => member.NameKey.Contains(part)),
            (_, { } key) => members.Where(member => member.NameKey.Replace(" ", "").Replace("j", "dz").Contains(NameSkeleton.Joined(key))),
        };

    /// <summary>The rows that were computed today and with the current settings.</summary>
    /// <param name="rulesAt">When the settings were stored; missing for those of the configuration.</param>
    public static IQueryable<MemberListing> TrueOn(this IQueryable<MemberListing> members, DateOnly today, DateTime? rulesAt) =>
        members.Where(dues => dues.AsOf == today && (rulesAt == null || dues.RulesAt >= rulesAt));

    /// <summary>All that the filter asks for, but for order and page.</summary>
    /// <param name="current">The last month of the strips.</param>
    public static IQueryable<MemberListing> Matching(this IQueryable<MemberListing> members, MemberFilter filter, Period current)
    {
        members = filter.Segment switch
        {
            MemberSegment.Unpaid => members.In(filter, current, MonthState.Due, MonthState.Overdue),
            MemberSegment.Waiting => members.In(filter, current, MonthState.Pending),
            MemberSegment.Debtors => members.Where(dues => dues.DebtMonths > 0),
            MemberSegment.New => members.Where(dues => dues.IsNew),
            MemberSegment.Blocked => members.Where(dues => dues.Standing == Standing.Blocked),
            _ => members,
        };
        if (filter.DebtFrom is { } months)
        {
            members = members.Where(dues => dues.DebtMonths >= months);
        }

        if (filter.Standing is { } standing)
        {
            members = members.Where(dues => dues.Standing == standing);
        }

        if (filter.City is { } city)
        {
            members = members.Where(dues => dues.City == city);
        }

        return Terms(filter.Search) switch
        {
            null => members,
            (null, null) => members.Where(_ => false),
            ({ } digits, _) => members.Where(dues => ((string)(object)dues.Phone).Contains(PhonePart(digits)) || ((string)(object)dues.Number).StartsWith(digits)),
            (_, { Length: < NameSkeleton.WholeWord } part) => members.Where(dues => dues.NameKey.Contains(part)),
            (_, { } key) => members.Where(dues => dues.NameKey.Replace(" ", "").Replace("j", "dz").Contains(NameSkeleton.Joined(key))),
        };
    }

    /// <summary>Equal rows are sorted by name, so the order of a page is always the same.</summary>
    public static IQueryable<MemberListing> Sorted(this IQueryable<MemberListing> members, MemberFilter filter, bool backwards = false)
    {
        var down = filter.IsDescending != backwards;
        return filter.Sort switch
        {
            MemberSort.City => members.By(dues => dues.City, down, backwards),
            MemberSort.Standing => members.By(dues => dues.Standing, down, backwards),
            MemberSort.Debt => members.By(dues => dues.Debt, down, backwards),
            MemberSort.Months => members.By(dues => dues.PaidMonths, down, backwards),
            MemberSort.LastPaid => members.By(dues => dues.LastPaidAt, down, backwards),
            _ => down ? members.OrderByDescending(dues => dues.SortKey).ThenByDescending(dues => dues.MemberId) : members.OrderBy(dues => dues.SortKey).ThenBy(dues => dues.MemberId),
        };
    }

    private static IQueryable<MemberListing> By<TKey>(this IQueryable<MemberListing> members, Expression<Func<MemberListing, TKey>> key, bool down, bool backwards)
    {
        var sorted = down ? members.OrderByDescending(key) : members.OrderBy(key);
        return backwards ? sorted.ThenByDescending(dues => dues.SortKey).ThenByDescending(dues => dues.MemberId) : sorted.ThenBy(dues => dues.SortKey).ThenBy(dues => dues.MemberId);
    }

    /// <summary>Where in the strip the month of the filter stands.</summary>
    internal static int PlaceOf(MemberFilter filter, Period current)
    {
        var back = filter.Month is { } month ? current.MonthsSince(month) : 0;
        return MemberListing.StripMonths - 1 - (back is >= 0 and < MemberListing.StripMonths ? back : 0);
    }

    private static IQueryable<MemberListing> In(this IQueryable<MemberListing> members, MemberFilter filter, Period current, params MonthState[] states)
    {
        var place = PlaceOf(filter, current);
        string[] letters = [.. states.Select(MemberListing.LetterOf)];
        return members.Where(dues => EF.Constant(letters).Contains(dues.Strip.Substring(place, 1)));
    }

    /// <summary>What is searched for: digits of a phone or a number, or the skeleton of a name. Missing where nothing is searched; two missing values where the search can match nobody.</summary>
    private static (string? Digits, string? Key)? Terms(string? search)
    {
        if (string.IsNullOrWhiteSpace(search))
        {
            return null;
        }

        var digits = string.Concat(search.Where(char.IsAsciiDigit));
        return digits.Length > 0 && !search.Any(char.IsLetter) ? (digits, null)
            : NameSkeleton.Sought(search) is { Length: > 0 } key ? (null, key)
            : (null, null);
    }

    /// <summary>8 701 … is how people at home say +7 701 ….</summary>
    private static string PhonePart(string digits) => digits.Length > 3 && digits[0] == '8' ? digits[1..] : digits;
}
