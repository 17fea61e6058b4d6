using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Merging;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Diaspora.Tests.Members.Duplicates;

public sealed class DuplicatePairsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static int _last;

    [Theory]
    [InlineData("Алиев Рашад", "Алматы", "Рашад Алиев", "алматы ")]
    [InlineData("Алиев Рашад", "Алматы", "Əliyev Rəşad", "Almaty")]
    public void Propose_TheSameNameInAnyOrderAndSpellingInTheSameCity_IsAPair(string name, string city, string other, string otherCity) =>
        Assert.Equal(DuplicateReasons.City, Assert.Single(Pairs(Person(name, city: city), Person(other, city: otherCity))).Reasons);

    [Fact]
    public void Propose_NamesakesBornOnTheSameDay_IsAPairWhereverTheyLive() =>
        Assert.Equal(DuplicateReasons.BirthDate, Assert.Single(Pairs(Person("Алиев Рашад", "Алматы", "900515300018"), Person("Алиев Рашад", "Шымкент", "900515300026"))).Reasons);

    [Theory]
    [InlineData("Алматы", "Шымкент")]
    [InlineData(null, null)]
    [InlineData("Алматы", null)]
    public void Propose_NamesakesInOtherCitiesOrInNone_IsNoPair(string? city, string? otherCity) =>
        Assert.Empty(Pairs(Person("Алиев Рашад", city: city), Person("Алиев Рашад", city: otherCity)));

    [Theory]
    [InlineData("+77015550142", "87015550142", true)]
    [InlineData("+77015550142", "7015550142", true)]
    [InlineData("+77015550142", "+17015550142", false)]
    [InlineData("+77015550142", "+77015550143", false)]
    public void Propose_TheSameNumberWrittenOtherwise_IsAPair(string phone, string other, bool isPair)
    {
        var pairs = Pairs(Person("Алиев Рашад", phone: phone), Person("Мамедова Севда", phone: other));
        Assert.Equal(isPair ? [DuplicateReasons.Phone] : [], pairs.Select(pair => pair.Reasons));
    }

    [Fact]
    public void Propose_ThreeRecords_AreTwoPairsWithTheOldest_AndAnotherWhereOneWasDismissed()
    {
        DuplicateCandidate[] people = [Person("Алиев Рашад", "Алматы"), Person("Алиев Рашад", "Алматы"), Person("Алиев Рашад", "Алматы")];
        Assert.Equal([(people[0].Id, people[1].Id), (people[0].Id, people[2].Id)], Ids(Pairs(people)));

        var dismissed = DuplicatePairs.Of(people, new HashSet<(Guid, Guid)> { DuplicatePairs.KeyOf(people[2].Id, people[0].Id) });
        Assert.Equal([(people[0].Id, people[1].Id), (people[1].Id, people[2].Id)], Ids(dismissed));
    }

    /// <summary>The database finds those who share a key, the rule says who is a pair.</summary>
    [Fact]
    public async Task Propose_FromTheDatabase_FindsThemAmongOthers()
    {
        await database.AddAsync("Никто Другой");
        var first = await database.AddAsync("Гасанов Эльчин");
        var second = await database.AddAsync("Эльчин Гасанов");
        var namesake = await database.AddAsync("Гасанов Эльчин");
        await using var context = database.Context();
        Guid?[] inTheCity = [first.MemberId, second.MemberId];
        await context.Members.Where(member => inTheCity.Contains(member.Id)).ExecuteUpdateAsync(row => row.SetProperty(member => member.City, "Тараз"));
        await context.Database.ExecuteSqlAsync($"UPDATE Members SET Phone = '8' || substr(Phone, 3) || '' WHERE Id = {namesake.MemberId}");
        var twin = await database.AddAsync("Рзаева Гюнель");
        await context.Database.ExecuteSqlAsync($"UPDATE Members SET Phone = (SELECT '+7' || substr(Phone, 2) FROM Members WHERE Id = {namesake.MemberId}) WHERE Id = {twin.MemberId}");

        var list = await database.Get<DuplicateService>().ProposedAsync(await database.AddAdminAsync());

        Assert.Contains(list.Pairs, pair => (pair.First.Id, pair.Second.Id) == (first.MemberId, second.MemberId) && pair.Reasons == DuplicateReasons.City);
        Assert.Contains(list.Pairs, pair => (pair.First.Id, pair.Second.Id) == (namesake.MemberId, twin.MemberId) && pair.Reasons == DuplicateReasons.Phone);
        Assert.Equal(2, list.Total);
    }

    [Fact]
    public async Task Start_WithMembersFromBeforeTheKey_FillsItIn()
    {
        var member = await database.AddAsync("Рашад Алиев");
        await using var context = database.Context();
        await context.Members.Where(row => row.Id == member.MemberId).ExecuteUpdateAsync(row => row.SetProperty(known => known.NameSet, ""));

        await database.Get<Data.DatabaseStartup>().MigrateAsync();

        Assert.Equal("aliev rasad", await context.Members.Where(row => row.Id == member.MemberId).Select(row => row.NameSet).SingleAsync());
    }

    /// <summary>A name without a letter that has a place in the key has an empty one, and that is right.</summary>
    [Fact]
    public async Task Start_WithANameWhoseKeyIsEmpty_WritesNothing()
    {
        var member = await database.AddAsync("Рашад Алиев");
        await using var context = database.Context();
        await context.Members.Where(row => row.Id == member.MemberId).ExecuteUpdateAsync(row => row.SetProperty(known => known.FullName, "—").SetProperty(known => known.NameSet, ""));
        await database.Get<Data.DatabaseStartup>().MigrateAsync();
        await context.Database.ExecuteSqlRawAsync("CREATE TABLE Seen (Id); CREATE TRIGGER Sees AFTER UPDATE ON Members BEGIN INSERT INTO Seen VALUES (new.Id); END;");

        await database.Get<Data.DatabaseStartup>().MigrateAsync();

        Assert.Equal(0, await context.Database.SqlQueryRaw<int>("SELECT COUNT(*) AS Value FROM Seen").SingleAsync());
        await context.Database.ExecuteSqlRawAsync("DROP TRIGGER Sees; DROP TABLE Seen;");
    }

    [Theory]
    [InlineData("2026-04", "2026-06", "2026-07..2026-09")]
    [InlineData("2026-08", null, "2026-01..2026-07")]
    [InlineData("2026-04", "2026-05", "2026-01..2026-03 2026-06..2026-09")]
    [InlineData("2025-01", null, "")]
    [InlineData("2027-01", "2027-02", "2026-01..2026-09")]
    [InlineData("2026-05", "2026-04", "2026-01..2026-09")]
    public void Subtract_AnotherSpan_LeavesTheMonthsItHasNot(string from, string? to, string expected)
    {
        var whole = new PeriodSpan(from == "2026-04" && to == "2026-06" ? Period.Parse("2026-05") : Period.Parse("2026-01"), Period.Parse("2026-09"));
        var left = whole.Without([new PeriodSpan(Period.Parse(from), to is null ? null : Period.Parse(to))]);
        Assert.Equal(expected, string.Join(' ', left.Select(span => $"{span.From}..{span.To}")));
    }

    private static IReadOnlyList<DuplicatePair> Pairs(params DuplicateCandidate[] people) => DuplicatePairs.Of(people, new HashSet<(Guid, Guid)>());

    private static IEnumerable<(Guid, Guid)> Ids(IReadOnlyList<DuplicatePair> pairs) => pairs.Select(pair => (pair.First.Id, pair.Second.Id));

    private static DuplicateCandidate Person(string name, string? city = null, string? iin = null, string? phone = null)
    {
        var index = Interlocked.Increment(ref _last);
        return new DuplicateCandidate(
            Guid.CreateVersion7(), "10482917", name, NameSkeleton.InAnyOrder(NameSkeleton.Of(name)), phone ?? $"+7701{index:0000000}", city, iin, null, DateTime.UnixEpoch.AddDays(index));
    }
}
