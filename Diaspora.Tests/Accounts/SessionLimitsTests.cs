using Diaspora.Data.Accounts;
using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Diaspora.Tests.Accounts;

/// <summary>How long a session lasts, and what is left of it.</summary>
public sealed class SessionLimitsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly SessionLimits Limits = new SessionOptions().Limits;
    private static readonly DateTime Now = new(2026, 3, 8, 7, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(Role.Member, 0, 30 * 24)]
    [InlineData(Role.Member, 100 * 24, 130 * 24)]
    [InlineData(Role.Member, 170 * 24, 180 * 24)]
    [InlineData(Role.Cashier, 0, 12)]
    [InlineData(Role.Admin, 100, 112)]
    [InlineData(Role.Editor, 160, 168)]
    public void Visit_ASession_MovesItsEndButNotBeyondTheMost(Role role, int visitedAfterHours, int endsAfterHours) =>
        Assert.Equal(Now.AddHours(endsAfterHours), Session.EndOf(Now, role, Limits, Now.AddHours(visitedAfterHours)));

    [Fact]
    public async Task Find_ASessionThatEnded_IsNothingAndTheTaskRemovesIt()
    {
        var (staff, member) = (await database.AddCashierAsync(), await database.AddAsync("Алиев Рашад"));
        await StartAsync("a", staff, Role.Cashier);
        await StartAsync("b", member, Role.Member);
        Assert.NotNull(await FindAsync("a"));

        database.Clock.Advance(TimeSpan.FromHours(12));

        Assert.Null(await FindAsync("a"));
        Assert.NotNull(await FindAsync("b"));
        await database.Get<AccountService>().ForgetTriesAsync();
        await using var context = database.Context();
        Assert.Equal([member.MemberId!.Value], await context.Sessions.Where(session => session.MemberId == staff.MemberId || session.MemberId == member.MemberId).Select(session => session.MemberId).ToListAsync());
    }

    [Fact]
    public async Task Visit_EveryFiveMinutesAtMost_MovesTheEndUpToTheMost()
    {
        var staff = await database.AddCashierAsync();
        await StartAsync("d", staff, Role.Cashier);
        var began = (await FindAsync("d"))!;
        database.Clock.Advance(TimeSpan.FromMinutes(4));
        await database.Get<SessionVisits>().WriteAsync(began);
        Assert.Equal((began.SeenAt, began.EndsAt), ((await FindAsync("d"))!.SeenAt, (await FindAsync("d"))!.EndsAt));

        for (var hours = 0; hours < 165; hours += 11)
        {
            database.Clock.Advance(TimeSpan.FromHours(11));
            await database.Get<SessionVisits>().WriteAsync((await FindAsync("d"))!);
        }

        // A week is over soon, whatever is visited.
        Assert.Equal(began.CreatedAt.AddDays(7), (await FindAsync("d"))!.EndsAt);
    }

    [Fact]
    public async Task End_EverySessionOfAMember_IsAnnouncedOnceItIsCommitted()
    {
        var member = await database.AddAsync("Алиев Рашад");
        await StartAsync("c", member, Role.Member);
        await database.Get<MemberService>().BlockAsync(await database.AddAdminAsync(), member.MemberId!.Value, new BlockMemberForm { Reason = "спам" });
        Assert.Null(await FindAsync("c"));
        Assert.Contains(new SessionsEnded(member.MemberId!.Value), database.Feed.Changes);
    }

    [Theory]
    [InlineData("Sessions:MemberIdleDays", "0", "Sessions:MemberIdleDays must be 1 to 400.")]
    [InlineData("Sessions:StaffMostDays", "1000", "Sessions:StaffMostDays must be 1 to 400.")]
    [InlineData("Sessions:MemberMostDays", "10", "Sessions:MemberIdleDays is longer than Sessions:MemberMostDays.")]
    [InlineData("Sessions:StaffIdleHours", "200", "Sessions:StaffIdleHours is longer than Sessions:StaffMostDays.")]
    public async Task Configure_AWrongLimit_IsRefusedByItsKey(string key, string value, string sentence)
    {
        var other = await database.AnotherAsync((key, value));
        var refusal = Assert.Throws<OptionsValidationException>(() => other.Get<IOptions<SessionOptions>>().Value);
        Assert.Contains(sentence, refusal.Failures);
    }

    private Task<bool> StartAsync(string id, Actor actor, Role role) => database.Get<IStore>().WriteAsync(async work =>
    {
        await work.Sessions.AddAsync(new Session(Id(id), actor.MemberId!.Value, role, "test", Limits, database.Clock.GetUtcNow().UtcDateTime));
        return true;
    });

    private Task<SessionFacts?> FindAsync(string id) => database.Get<IStore>().ReadAsync(work => work.Sessions.FindAsync(Id(id), database.Clock.GetUtcNow().UtcDateTime));

    private static string Id(string letter) => letter.PadRight(Session.IdLength, '0');
}
