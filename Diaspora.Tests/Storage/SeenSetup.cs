using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Tests.Storage;

/// <summary>Forms as a page opens them: with what is there now as seen.</summary>
internal static class SeenSetup
{
    public static async Task<ProfileForm> ProfileFormAsync(this TestDatabase database, Actor member) => ProfileForm.Of(await database.Get<MemberService>().ProfileAsync(member));

    /// <summary>What a member does on the page: reads, changes, saves.</summary>
    public static async Task EditProfileAsync(this TestDatabase database, Actor member, Action<ProfileForm> change)
    {
        var form = await database.ProfileFormAsync(member);
        change(form);
        await database.Get<MemberService>().EditProfileAsync(member, form);
    }

    public static async Task<MoveJoiningForm> JoiningFormAsync(this TestDatabase database, Actor member, Period month)
    {
        var joined = (await StoredAsync(database, member.MemberId!.Value))?.JoinedOn;
        return new MoveJoiningForm { Seen = joined is { } day ? Period.Of(day) : null, Month = month, Reason = " так и было " };
    }

    public static async Task<EndIntervalForm> EndFormAsync(this TestDatabase database, Guid memberId, Guid intervalId, Period last)
    {
        var member = await StoredAsync(database, memberId);
        return new EndIntervalForm { Seen = member?.Exemptions.Concat<MonthInterval>(member.Suspensions).FirstOrDefault(interval => interval.Id == intervalId)?.To, Last = last };
    }

    public static async Task<AppointMemberForm> AppointFormAsync(this TestDatabase database, Guid memberId, Role role) => new() { Seen = (await StoredAsync(database, memberId))!.Role, Role = role };

    private static async Task<Member?> StoredAsync(TestDatabase database, Guid memberId)
    {
        await using var context = database.Context();
        return await context.Members.Include(member => member.Exemptions).Include(member => member.Suspensions).FirstOrDefaultAsync(member => member.Id == memberId);
    }
}
