using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Diaspora.Tests.Payments.PaymentSetup;

namespace Diaspora.Tests.Payments;

public sealed class ModerationTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private ModerationService Moderation => database.Get<ModerationService>();

    [Fact]
    public async Task Confirm_SameCashierTwice_IsHarmless()
    {
        var (member, cashier, intentId) = await StartedAsync("2026-03");
        await database.ConfirmAsync(cashier, intentId);
        await database.ConfirmAsync(cashier, intentId);
        Assert.Equal(1, await LogAsync(intentId, AuditAction.PaymentConfirmed));
        Assert.Equal(Standing.Active, (await database.Get<CabinetService>().CabinetAsync(member)).Standing);
    }

    [Fact]
    public async Task Confirm_RejectedByAColleague_NamesTheColleagueAndTheTime()
    {
        var (_, cashier, intentId) = await StartedAsync("2026-03");
        await database.RejectAsync(await database.AddCashierAsync("Самир Гасанов"), intentId);
        var refusal = await RefusedAsync(() => database.ConfirmAsync(cashier, intentId));
        Assert.Equal((Problems.AlreadyRejected, "Самир Гасанов"), (refusal.Code, refusal.Args[0]));
        Assert.Equal(database.Clock.GetUtcNow().UtcDateTime, refusal.Args[1]);
    }

    [Fact]
    public async Task Confirm_CancelledByTheMember_SaysSo()
    {
        var (member, cashier, intentId) = await StartedAsync("2026-03");
        await database.Get<PaymentService>().CancelAsync(member, intentId);
        Assert.Equal(Problems.AlreadyCancelled, (await RefusedAsync(() => database.ConfirmAsync(cashier, intentId))).Code);
    }

    [Fact]
    public async Task Reject_WithAReason_IsReadByTheMemberAndFreesTheMonth()
    {
        var (member, cashier, intentId) = await StartedAsync("2026-03");
        await database.RejectAsync(cashier, intentId, "чек от другого платежа");
        var row = Assert.Single(await database.Get<PaymentService>().HistoryAsync(member));
        Assert.Equal((PaymentStatus.Rejected, "чек от другого платежа"), (row.Status, row.Reason));
        Assert.NotEqual(intentId, await database.StartAsync(member, "2026-03"));
    }

    [Fact]
    public async Task Reject_WithoutReason_ChangesNothing()
    {
        var (_, cashier, intentId) = await StartedAsync("2026-03");
        await Assert.ThrowsAsync<FormException>(() => database.RejectAsync(cashier, intentId, "  "));
        Assert.True((await Moderation.IntentAsync(cashier, intentId)).Row.CanDecide);
    }

    [Fact]
    public async Task Reopen_Confirmed_IsPendingAgainAndBothStepsAreInTheLog()
    {
        var (member, cashier, intentId) = await StartedAsync("2026-03", "2026-04");
        await Moderation.ReopenAsync(cashier, intentId, await Moderation.ConfirmAsync(cashier, intentId));
        Assert.All((await database.Get<PaymentService>().HistoryAsync(member)), row => Assert.Equal(PaymentStatus.Pending, row.Status));
        var log = (await Moderation.IntentAsync(cashier, intentId)).Log;
        Assert.Equal([AuditAction.PaymentCreated, AuditAction.PaymentConfirmed, AuditAction.PaymentReopened], log.Select(entry => entry.Action));
        Assert.Contains("Confirmed", log[^1].BeforeJson, StringComparison.Ordinal);
        Assert.Contains("Pending", log[^1].AfterJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reopen_MonthHasAnotherLivePayment_IsRefusedAndNamesTheMonth()
    {
        var (member, cashier, intentId) = await StartedAsync("2026-03", "2026-04");
        var rejectedAt = await Moderation.RejectAsync(cashier, intentId, new RejectPaymentForm { Reason = "wrong receipt" });
        await database.StartAsync(member, "2026-04");
        var refusal = await RefusedAsync(() => Moderation.ReopenAsync(cashier, intentId, rejectedAt));
        Assert.Equal("MonthHasLivePayment(2026-04)", refusal.ToString());
        Assert.Equal(0, await LogAsync(intentId, AuditAction.PaymentReopened));
    }

    [Fact]
    public async Task Reopen_StillPending_IsRefused()
    {
        var (_, cashier, intentId) = await StartedAsync("2026-03");
        Assert.Equal(Problems.AlreadyPending, (await RefusedAsync(() => Moderation.ReopenAsync(cashier, intentId, DateTime.UnixEpoch))).Code);
    }

    [Fact]
    public async Task Reopen_AColleagueDecidedAgainSince_IsRefusedAndNamesThem()
    {
        var (_, cashier, intentId) = await StartedAsync("2026-03");
        var confirmedAt = await Moderation.ConfirmAsync(cashier, intentId);
        var colleague = await database.AddAdminAsync();
        await Moderation.ReopenAsync(colleague, intentId, confirmedAt);
        database.Clock.Advance(TimeSpan.FromMinutes(1));
        await Moderation.RejectAsync(colleague, intentId, new RejectPaymentForm { Reason = "wrong receipt" });

        Assert.Equal(Problems.AlreadyRejected, (await RefusedAsync(() => Moderation.ReopenAsync(cashier, intentId, confirmedAt))).Code);
        Assert.Equal(PaymentStatus.Rejected, (await Moderation.IntentAsync(cashier, intentId)).Row.Status);
    }

    [Fact]
    public async Task Announce_EachStep_NamesIntentAndMemberAfterTheCommit()
    {
        var (member, cashier, intentId) = await StartedAsync("2026-03");
        await database.ConfirmAsync(cashier, intentId);
        var announced = database.Feed.Changes.OfType<PaymentsChanged>().Where(change => change.IntentId == intentId).ToList();
        Assert.Equal(2, announced.Count);
        Assert.All(announced, change => Assert.Equal([member.MemberId!.Value], change.MemberIds));
    }

    [Fact]
    public async Task Queue_ClaimedComeFirstAndTheOldestOfThemOnTop()
    {
        await using var own = new TestDatabase();
        await own.InitializeAsync();
        var cashier = await own.AddCashierAsync();
        var ids = new List<Guid>();
        for (var index = 0; index < 3; index++)
        {
            ids.Add(await own.StartAsync(await own.AddAsync($"Участник Номер{(char)('А' + index)}"), "2026-03"));
            own.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await using (var context = own.Context())
        {
            var payers = await context.Intents.ToDictionaryAsync(intent => intent.Id, intent => intent.PayerId);
            foreach (var id in new[] { ids[2], ids[1] })
            {
                await own.Get<PaymentService>().ClaimAsync(new Actor(payers[id], null, null), id);
                own.Clock.Advance(TimeSpan.FromMinutes(1));
            }
        }

        var queue = await own.Get<ModerationService>().QueueAsync(cashier, new PaymentFilter());
        Assert.Equal([ids[2], ids[1], ids[0]], queue.Page.Items.Select(row => row.IntentId));
        Assert.Equal((2, new Money(4000), 3), (queue.Figures.Waiting, queue.Figures.WaitingSum, queue.Figures.Open));
    }

    private async Task<(Actor Member, Actor Cashier, Guid IntentId)> StartedAsync(params string[] months)
    {
        var member = await database.AddAsync("Алиев Рашад");
        return (member, await database.AddCashierAsync(), await database.StartAsync(member, months));
    }

    private async Task<int> LogAsync(Guid intentId, AuditAction action)
    {
        await using var context = database.Context();
        return await context.AuditEntries.CountAsync(entry => entry.EntityId == intentId && entry.Action == action);
    }
}
