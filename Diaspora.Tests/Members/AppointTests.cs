using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;

namespace Diaspora.Tests.Members;

public sealed class AppointTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private MemberService Members => database.Get<MemberService>();

    [Fact]
    public async Task Appoint_MemberAsCashierAndBack_MayModerateOnlyMeanwhile()
    {
        var admin = await database.AddAdminAsync();
        var helper = await database.AddAsync("Исмаилова Лейла");
        var queue = database.Get<ModerationService>();
        Assert.Equal(Problems.NotAllowed, (await PaymentSetup.RefusedAsync(() => queue.QueueAsync(helper, new PaymentFilter()))).Code);

        await Members.AppointAsync(admin, helper.MemberId!.Value, new AppointMemberForm { Role = Role.Cashier });
        await queue.QueueAsync(helper, new PaymentFilter());

        await Members.AppointAsync(admin, helper.MemberId.Value, new AppointMemberForm { Seen = Role.Cashier, Role = Role.Member });
        Assert.Equal(Problems.NotAllowed, (await PaymentSetup.RefusedAsync(() => queue.QueueAsync(helper, new PaymentFilter()))).Code);
    }

    [Fact]
    public async Task Appoint_Oneself_IsRefusedSoThatAnAdminIsLeft()
    {
        var admin = await database.AddAdminAsync();
        var refusal = await PaymentSetup.RefusedAsync(() => Members.AppointAsync(admin, admin.MemberId!.Value, new AppointMemberForm { Role = Role.Member }));
        Assert.Equal(Problems.CannotAppointSelf, refusal.Code);
    }
}
