using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;

namespace Diaspora.Tests.Members;

/// <summary>Every combination of what one may filter by, in every order, is what the pure functions say. In two halves, which run at once.</summary>
public sealed class MemberListFilterTests(CrowdDatabase crowd)
{
    [Theory]
    [MemberData(nameof(MemberLists.Half), 0, MemberType = typeof(MemberLists))]
    public Task Filter_EveryCombination_EqualsThePureFunction(MemberSegment segment, MemberSort sort) => MemberLists.CompareAsync(crowd, segment, sort);
}

public sealed class MemberListOtherFilterTests(CrowdDatabase crowd)
{
    [Theory]
    [MemberData(nameof(MemberLists.Half), 1, MemberType = typeof(MemberLists))]
    public Task Filter_EveryCombination_EqualsThePureFunction(MemberSegment segment, MemberSort sort) => MemberLists.CompareAsync(crowd, segment, sort);

    [Fact]
    public void Split_TheLists_IntoHalvesThatAreBothLookedAt()
    {
        var halves =
            from type in typeof(MemberLists).Assembly.GetTypes()
            from method in type.GetMethods()
            from data in method.GetCustomAttributes(typeof(MemberDataAttribute), inherit: false).Cast<MemberDataAttribute>()
            where data.MemberType == typeof(MemberLists)
            select (int)data.Arguments[0]!;
        Assert.Equal([0, 1], halves.Order());
        Assert.Equal(Enum.GetValues<MemberSegment>().Length * Enum.GetValues<MemberSort>().Length, MemberLists.Half(0).Concat(MemberLists.Half(1)).Select(row => row.Data).Distinct().Count());
    }
}

internal static class MemberLists
{
    public static TheoryData<MemberSegment, MemberSort> Half(int half) =>
        new((from segment in Enum.GetValues<MemberSegment>() from sort in Enum.GetValues<MemberSort>() select (segment, sort)).Where((_, index) => index % 2 == half));

    public static async Task CompareAsync(CrowdDatabase crowd, MemberSegment segment, MemberSort sort)
    {
        await crowd.FillAsync();
        var service = crowd.Database.Get<MemberService>();
        var (turn, looked, filled) = ((int)segment + (int)sort, 0, 0);
        foreach (var month in (Period?[])[null, new Period(2025, 11)])
            foreach (var debt in (int?[])[null, 1, 3])
                foreach (var standing in (Standing?[])[null, Standing.Overdue, Standing.Active])
                    foreach (var city in (string?[])[null, "Шымкент"])
                        foreach (var search in (string?[])[null, "Əliyev", "+7 701 00", "нет такого"])
                        {
                            // A third of them in each order and segment, another third in the next: all of them in all.
                            if (turn++ % 3 != 0)
                            {
                                continue;
                            }

                            var filter = new MemberFilter(search, segment) { Month = month, DebtFrom = debt, Standing = standing, City = city, Sort = sort, IsDescending = (looked++ & 1) == 1 };
                            var expected = crowd.Expect(filter);
                            filled += expected.Count > 0 ? 1 : 0;
                            foreach (var number in new[] { 1, Math.Max(1, (expected.Count + MemberFilter.Size - 1) / MemberFilter.Size) }.Distinct())
                            {
                                var page = await service.PageAsync(crowd.Cashier, filter with { Number = number });
                                Assert.Equal(expected.Count, page.Total);
                                Assert.Equal(expected.Skip((number - 1) * MemberFilter.Size).Take(MemberFilter.Size), page.Items.Select(row => row.Person.Id));
                            }
                        }

        Assert.Equal(48, looked);
        Assert.InRange(filled, 3, looked);
    }
}
