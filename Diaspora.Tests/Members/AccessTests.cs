using Diaspora.Domain.Access;
using Diaspora.Domain.Audit;
using Diaspora.Domain.Export;
using Diaspora.Domain.Import;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Merging;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Reports;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Xunit;

namespace Diaspora.Tests.Members;

/// <summary>Who may do what, for every verb there is: the service decides, whatever the page thinks.</summary>
public sealed class AccessTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    public static TheoryData<string> Verbs => [.. AccessTable.Rights.Keys];

    [Fact]
    public void Table_OfRights_NamesEveryVerb()
    {
        Assert.Equal(ServiceCalls.OfActors.Select(ServiceCalls.NameOf).Order(), AccessTable.Rights.Keys.Order());
        Assert.Equal(ServiceCalls.Verbs.Except(ServiceCalls.OfActors).Select(ServiceCalls.NameOf).Order(), AccessTable.WithoutActor.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Call_ByEachRole_IsAllowedOnlyAsTheTableSays(string verb)
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            var actor = await database.AddAsync("Керимов Анар", role);
            var outcome = await Record.ExceptionAsync(() => database.CallAsync(ServiceCalls.Find(verb), actor));
            var refused = outcome is DomainException { Problem.Code: Problems.NotAllowed };
            Assert.True(refused != ActingMember.Allows(role, AccessTable.Rights[verb]), $"{verb} by {role}: {outcome?.Message ?? "done"}");
            Assert.True(outcome is null or DomainException or FormException, $"{verb} by {role}: {outcome}");
        }
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Call_ByABlockedAdmin_IsRefused(string verb)
    {
        var admin = await database.AddAsync("Керимов Анар", Role.Admin);
        await database.Get<MemberService>().BlockAsync(await database.AddAdminAsync(), admin.MemberId!.Value, new BlockMemberForm { Reason = "ушёл" });
        Assert.Equal(Problems.MemberBlocked, (await PaymentSetup.RefusedAsync(() => database.CallAsync(ServiceCalls.Find(verb), admin))).Code);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Call_ByNobody_IsRefused(string verb)
    {
        Assert.Equal(Problems.NotAllowed, (await PaymentSetup.RefusedAsync(() => database.CallAsync(ServiceCalls.Find(verb), new Actor(null, "192.0.2.9", "test")))).Code);
        Assert.Equal(Problems.NotAllowed, (await PaymentSetup.RefusedAsync(() => database.CallAsync(ServiceCalls.Find(verb), Actor.Task("lapse")))).Code);
    }

    public static TheoryData<string> VerbsWithAnId =>
        [.. ServiceCalls.OfActors.Where(verb => verb.DeclaringType == typeof(PaymentService) && AccessTable.Rights[ServiceCalls.NameOf(verb)] == Permission.Member && verb.GetParameters().Any(parameter => parameter.ParameterType == typeof(Guid))).Select(ServiceCalls.NameOf)];

    /// <summary>Another member's id is answered as one that does not exist, and nothing of theirs changes.</summary>
    [Theory]
    [MemberData(nameof(VerbsWithAnId))]
    public async Task Call_WithAnotherMembersId_IsNotFoundAndChangesNothing(string verb)
    {
        var owner = await database.AddAsync("Алиева Айгюн");
        var intentId = await database.StartAsync(owner, "2026-03");
        var receiptId = await database.AttachAsync(owner, intentId, PaymentSetup.Pdf);
        var ids = new Dictionary<string, Guid> { ["intentId"] = intentId, ["receiptId"] = receiptId };
        var before = (await database.Get<PaymentService>().IntentAsync(owner, intentId)).Row;
        var files = database.Files().Length;

        var stranger = await database.AddAsync("Гусейнов Вусал");
        await PaymentSetup.NotFoundAsync(() => database.CallAsync(ServiceCalls.Find(verb), stranger, ids));
        if (verb != "PaymentService.ReceiptAsync")
        {
            // Staff have verbs of their own; these are for one's own payments only.
            await PaymentSetup.NotFoundAsync(async () => await database.CallAsync(ServiceCalls.Find(verb), await database.AddCashierAsync(), ids));
        }

        var after = (await database.Get<PaymentService>().IntentAsync(owner, intentId)).Row;
        Assert.Equal((before.Status, before.ClaimedAt, before.Receipts.Count), (after.Status, after.ClaimedAt, after.Receipts.Count));
        Assert.Equal(files, database.Files().Length);
    }

    [Fact]
    public async Task Block_Oneself_IsRefused()
    {
        var admin = await database.AddAdminAsync();
        var refusal = await PaymentSetup.RefusedAsync(() => database.Get<MemberService>().BlockAsync(admin, admin.MemberId!.Value, new BlockMemberForm { Reason = "устал" }));
        Assert.Equal(Problems.CannotBlockSelf, refusal.Code);
    }

    [Fact]
    public async Task Read_HistoryAndCabinet_HoldOnlyOnesOwn()
    {
        var owner = await database.AddAsync("Алиева Айгюн");
        await database.StartAsync(owner, "2026-03");
        var stranger = await database.AddAsync("Гусейнов Вусал");
        Assert.Empty(await database.Get<PaymentService>().HistoryAsync(stranger));
        Assert.Empty((await database.Get<Diaspora.Domain.Overview.CabinetService>().CabinetAsync(stranger)).Recent);
    }

    [Fact]
    public async Task Read_AReceipt_IsForItsOwnerAndForCashiers()
    {
        var owner = await database.AddAsync("Алиева Айгюн");
        var receiptId = await database.AttachAsync(owner, await database.StartAsync(owner, "2026-03"), PaymentSetup.Pdf);
        var payments = database.Get<PaymentService>();
        Assert.Equal("чек.pdf", (await payments.ReceiptAsync(owner, receiptId)).FileName);
        Assert.Equal("чек.pdf", (await payments.ReceiptAsync(await database.AddCashierAsync(), receiptId)).FileName);
        await PaymentSetup.NotFoundAsync(async () => await payments.ReceiptAsync(await database.AddAsync("Текст Редактор", Role.Editor), receiptId));
    }
}
