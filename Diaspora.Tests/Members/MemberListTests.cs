using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Overview;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using static Diaspora.Tests.Payments.MoneySetup;

namespace Diaspora.Tests.Members;

/// <summary>What the list shows is what the ledgers say, whatever is filtered and however it is sorted.</summary>
public sealed class MemberListTests(CrowdDatabase crowd) : IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await crowd.FillAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Walk_AllPages_MeetsEverybodyOnce()
    {
        List<Guid> met = [];
        for (var number = 1; number <= CrowdDatabase.Size / MemberFilter.Size + 1; number++)
        {
            met.AddRange((await crowd.Database.Get<MemberService>().PageAsync(crowd.Cashier, new MemberFilter(Number: number) { Sort = MemberSort.Debt, IsDescending = true })).Items.Select(row => row.Person.Id));
        }

        // The cashier is in the list as well.
        Assert.Equal((CrowdDatabase.Size + 1, CrowdDatabase.Size + 1), (met.Count, met.Distinct().Count()));
    }

    [Fact]
    public async Task Count_TheSegments_AreWhatTheirListsHold()
    {
        var facts = await crowd.Database.Get<MemberService>().ListFactsAsync(crowd.Cashier);
        foreach (var segment in Enum.GetValues<MemberSegment>())
        {
            Assert.Equal((segment, crowd.Expect(new MemberFilter(null, segment)).Count), (segment, facts.Counts.Of(segment)));
        }

        Assert.Equal(CrowdDatabase.Cities.Order(), facts.Cities.Order());
    }

    [Fact]
    public async Task Count_TheSegmentsOfASearch_AreWhatAPressOnEachWouldShow()
    {
        MemberFilter[] narrow =
        [
            new("Əliyev"), new("+7 701 00", MemberSegment.Debtors), new(null, MemberSegment.New) { City = "Шымкент" }, new("Əliyev", MemberSegment.Unpaid) { Month = new Period(2025, 11) },
            new() { DebtFrom = 1, Standing = Standing.Overdue }, new("нет такого"),
        ];
        foreach (var filter in narrow)
        {
            var counts = (await crowd.Database.Get<WatchService>().MembersAsync(crowd.Cashier, filter)).Counts!;
            Assert.All(Enum.GetValues<MemberSegment>(), segment => Assert.Equal((segment, crowd.Expect(filter with { Segment = segment }).Count), (segment, counts.Of(segment))));
        }

        Assert.Null((await crowd.Database.Get<WatchService>().MembersAsync(crowd.Cashier, new MemberFilter(null, MemberSegment.Debtors))).Counts);
    }

    [Fact]
    public async Task Change_APaymentAMemberOrAnInterval_IsInTheListWithItsCommit()
    {
        await using var database = new TestDatabase();
        await database.InitializeAsync();
        var (admin, member) = (await database.AddAdminAsync(), await database.AddAsync("Алиев Рашад", joinedOn: "2026-01-01"));
        var service = database.Get<MemberService>();
        async Task<int> CountAsync(MemberSegment segment) => (await service.ListFactsAsync(admin)).Counts.Of(segment);

        Assert.Equal((1, 1, 1), (await CountAsync(MemberSegment.Unpaid), await CountAsync(MemberSegment.Debtors), await CountAsync(MemberSegment.New)));
        await database.RecordAsync(admin, Cash(member, 6000, member.Of("2026-01", "2026-02", "2026-03")));
        Assert.Equal((0, 0, 0), (await CountAsync(MemberSegment.Unpaid), await CountAsync(MemberSegment.Debtors), await CountAsync(MemberSegment.New)));
        await database.RefundAsync(admin, (await database.HistoryAsync(member))[0]);
        Assert.Equal((0, 1), (await CountAsync(MemberSegment.Unpaid), await CountAsync(MemberSegment.Debtors)));
        await database.Get<OwedMonthsService>().ExemptAsync(admin, member.MemberId!.Value, new MonthIntervalForm { From = new Period(2026, 1), To = new Period(2026, 1), Reason = "решение совета" });
        Assert.Equal(0, await CountAsync(MemberSegment.Debtors));
        await service.BlockAsync(admin, member.MemberId.Value, new BlockMemberForm { Reason = "спам" });
        Assert.Equal(1, await CountAsync(MemberSegment.Blocked));
    }

    /// <summary>Fifty lines are read again for one that changed; the others are equal to what they were, and are not drawn.</summary>
    [Fact]
    public async Task Page_ReadAgain_HasTheSameLinesButForTheOneThatChanged()
    {
        await using var database = new TestDatabase();
        await database.InitializeAsync();
        var (admin, member) = (await database.AddAdminAsync(), await database.AddAsync("Алиев Рашад", joinedOn: "2026-01-01"));
        await database.AddAsync("Керимов Анар", joinedOn: "2026-01-01");
        var before = (await database.Get<MemberService>().PageAsync(admin, new MemberFilter())).Items;
        Assert.Equal(before, (await database.Get<MemberService>().PageAsync(admin, new MemberFilter())).Items);

        await database.RecordAsync(admin, Cash(member, 2000, member.Of("2026-01")));

        var after = (await database.Get<MemberService>().PageAsync(admin, new MemberFilter())).Items;
        Assert.Equal(member.MemberId, Assert.Single(after.Except(before)).Person.Id);
    }

    [Fact]
    public async Task Refresh_OnAnotherDayOrWithOtherSettings_BringsEverybodyUpToIt()
    {
        await using var database = new TestDatabase();
        await database.InitializeAsync();
        var (admin, member) = (await database.AddAdminAsync(), await database.AddAsync("Алиев Рашад", joinedOn: "2026-03-01"));
        var service = database.Get<MemberService>();
        Assert.Equal(0, await service.RefreshListingsAsync());
        Assert.Equal(0, (await service.ListFactsAsync(admin)).Counts.Debtors);

        // Midnight after the deadline.
        database.Clock.SetUtcNow(TestDatabase.Noon(2026, 3, 11));
        Assert.Equal(2, await service.RefreshListingsAsync());
        Assert.Equal(1, (await service.ListFactsAsync(admin)).Counts.Debtors);
        Assert.Contains(new ListingsRefreshed(), database.Feed.Changes);

        database.Settings.Use(new Domain.Settings.SettingsSnapshot(database.Rules with { DeadlineDay = 20 }) { StoredAt = database.Clock.GetUtcNow().UtcDateTime });
        Assert.Equal(2, await service.RefreshListingsAsync());
        Assert.Equal(0, (await service.ListFactsAsync(admin)).Counts.Debtors);
        Assert.Equal(0, await service.RefreshListingsAsync());
        Assert.Equal(Standing.Pending, (await service.PageAsync(admin, new MemberFilter("алиев"))).Items[0].Standing);
        Assert.NotNull(member.MemberId);
    }

    [Theory]
    [InlineData("aliyev")]
    [InlineData("Əliyev")]
    [InlineData("Әлиев")]
    [InlineData("Алиев")]
    public async Task Search_InFourSpellings_FindsTheSameMembers(string typed)
    {
        var page = await crowd.Database.Get<MemberService>().PageAsync(crowd.Cashier, new MemberFilter(typed));
        Assert.Equal(crowd.Expect(new MemberFilter("Алиев")).Count, page.Total);
        Assert.NotEmpty(page.Items);
    }

    [Fact]
    public void Ask_SqlServer_IsRightInItsGrammar()
    {
        using var context = new Data.SqlServerDesignTimeFactory().CreateDbContext([]);
        var queries =
            from segment in Enum.GetValues<MemberSegment>()
            from sort in Enum.GetValues<MemberSort>()
            from search in (string?[])[null, "Əliyev", "701 50"]
            let filter = new MemberFilter(search, segment) { Sort = sort, DebtFrom = 2, Standing = Standing.Overdue, City = "Шымкент" }
            select Data.Members.MemberSearch.Sorted(Data.Members.MemberSearch.Matching(context.Listings, filter, new Period(2026, 3)), filter).Skip(50).Take(50).Select(dues => dues.MemberId).ToQueryString();
        var parser = new Microsoft.SqlServer.TransactSql.ScriptDom.TSql160Parser(initialQuotedIdentifiers: true);
        var count = 0;
        foreach (var query in queries)
        {
            parser.Parse(new StringReader(query), out var errors);
            Assert.True(errors.Count == 0, query);
            Assert.Contains("FROM [MemberDues]", query, StringComparison.Ordinal);
            count++;
        }

        Assert.Equal(108, count);
    }
}
